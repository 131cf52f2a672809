package org.eclipse.kura.gpio;

import org.osgi.annotation.versioning.ConsumerType;

/** Is told of changes of a pin. */
@ConsumerType
public interface PinStatusListener {

  void pinStatusChange(boolean flag);
}
