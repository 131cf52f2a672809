package org.penstock.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * What rules have done without a person, as it was seen where it took effect.
 *
 * @param dry a pump without water was stopped
 * @param hot an alarm was raised, a pump slowed and a work order received
 * @param stock an order was received
 */
record Stories(boolean dry, boolean hot, boolean stock) {

  static final Stories NONE = new Stories(false, false, false);

  boolean all() {
    return dry && hot && stock;
  }

  /** A line each for what is new since then. */
  List<String> since(Stories before) {
    List<String> lines = new ArrayList<>();
    if (dry && !before.dry) {
      lines.add("pump 2 had no water: it was stopped, and starts again when there is some");
    }
    if (stock && !before.stock) {
      lines.add("fewer than 5 cartridges of grease were left: the subscriber has an order for 20");
    }
    if (hot && !before.hot) {
      lines.add(
          "pump 1 had a hot bearing for 5 s: alarm raised, pump slowed, the subscriber has a work order");
    }
    return lines;
  }
}
