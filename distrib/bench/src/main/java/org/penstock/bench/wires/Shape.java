package org.penstock.bench.wires;

/**
 * What messages go through.
 *
 * @param sources each with a thousand messages a second
 * @param length filters one after the other; of a whole chain an asset, filters and a logger
 * @param width chains side by side at each source
 * @param whole begins with an asset and ends with a logger
 */
record Shape(String name, int sources, int length, int width, boolean whole) {

  /** Filters alone. */
  Shape(String name, int sources, int length, int width) {
    this(name, sources, length, width, false);
  }

  /** What stands at that place of a chain. */
  Step step(int place) {
    if (whole && place == 0) {
      return Step.ASSET;
    }
    return whole && place == length - 1 ? Step.LOGGER : Step.FILTER;
  }

  /** What a message goes through. */
  enum Step {
    /** Adds what a channel reads. */
    ASSET,
    /** Keeps the values whose keys match. */
    FILTER,
    /** Writes a line. */
    LOGGER
  }
}
