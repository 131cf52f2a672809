package org.eclipse.kura.gpio;

/** Directions of a pin. */
public enum KuraGPIODirection {
  INPUT,
  OUTPUT;
}
