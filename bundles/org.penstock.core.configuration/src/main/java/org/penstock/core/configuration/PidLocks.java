package org.penstock.core.configuration;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.kura.KuraException;

/**
 * Keeps two changes of one component from overwriting each other. Inside, only Configuration Admin
 * is called (its call-backs come later in its own threads), never a component.
 */
final class PidLocks {

  private final ReentrantLock[] locks = new ReentrantLock[64];

  /** A change under a lock. */
  @FunctionalInterface
  interface Change {
    /** Does it. */
    void run() throws KuraException, IOException;
  }

  PidLocks() {
    for (int i = 0; i < locks.length; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  void run(String pid, Change change) throws KuraException, IOException {
    ReentrantLock lock = locks[Math.floorMod(pid.hashCode(), locks.length)];
    lock.lock();
    try {
      change.run();
    } finally {
      lock.unlock();
    }
  }
}
