package org.eclipse.kura.gpio;

/** Edges and levels that a pin listens to. */
public enum KuraGPIOTrigger {
  RAISING_EDGE,
  FALLING_EDGE,
  BOTH_EDGES,
  HIGH_LEVEL,
  LOW_LEVEL,
  BOTH_LEVELS,
  NONE;
}
