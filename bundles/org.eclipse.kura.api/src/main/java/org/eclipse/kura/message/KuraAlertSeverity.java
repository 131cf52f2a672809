package org.eclipse.kura.message;

/** How severe an alert is. */
public enum KuraAlertSeverity {
  WARNING,
  CRITICAL;
}
