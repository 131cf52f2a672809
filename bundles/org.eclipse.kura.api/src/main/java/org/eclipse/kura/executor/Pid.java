package org.eclipse.kura.executor;

/** A process id. */
public interface Pid {

  int getPid();
}
