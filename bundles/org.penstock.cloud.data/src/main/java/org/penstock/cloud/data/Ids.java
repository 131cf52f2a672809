package org.penstock.cloud.data;

import java.util.Comparator;

/**
 * Message ids, 1 to 2,147,483,647, then 1 again: a thousand messages a second go round in 25 days. Of
 * two ids the later one is that which lies less than half a round ahead.
 */
final class Ids {

  /** Earlier ones first. */
  static final Comparator<Integer> ORDER = (one, other) -> Integer.signum(ahead(one, other));

  private Ids() {}

  static int after(int id) {
    return id == Integer.MAX_VALUE ? 1 : id + 1;
  }

  static boolean isLater(int one, int other) {
    return ahead(one, other) > 0;
  }

  /** The later one; 0 is before all. */
  static int later(int one, int other) {
    return other == 0 || one != 0 && isLater(one, other) ? one : other;
  }

  /** Shifted, 31 bits go round as an int does. */
  private static int ahead(int one, int other) {
    return one - other << 1;
  }
}
