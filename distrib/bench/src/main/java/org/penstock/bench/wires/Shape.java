package org.penstock.bench.wires;

/**
 * What messages go through.
 *
 * @param sources each with a thousand messages a second
 * @param length filters one after the other
 * @param width filters side by side
 */
record Shape(String name, int sources, int length, int width) {

  /** Deliveries for one message of each source. */
  int deliveries() {
    return sources * length * width;
  }
}
