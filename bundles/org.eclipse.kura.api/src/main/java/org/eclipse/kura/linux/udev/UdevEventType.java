package org.eclipse.kura.linux.udev;

/** Whether a device has come or gone. */
public enum UdevEventType {
  ATTACHED,
  DETACHED
}
