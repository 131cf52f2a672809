package org.eclipse.kura.message;

/** Whether an alert stands. */
public enum KuraAlertStatus {
  ACTIVE,
  INACTIVE,
  RESET;
}
