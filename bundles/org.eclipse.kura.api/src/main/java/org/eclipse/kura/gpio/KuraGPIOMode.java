package org.eclipse.kura.gpio;

/** Electrical modes of a pin. */
public enum KuraGPIOMode {
  OUTPUT_OPEN_DRAIN,
  OUTPUT_PUSH_PULL,
  INPUT_PULL_UP,
  INPUT_PULL_DOWN;
}
