package org.penstock.driver.modbus.link;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many requests a unit, or all units of a link together, bear before the first is answered: set, or
 * found out. Found out means one more after a while in which all went well, and fewer when one of
 * several is left out. Used by the line's thread; only {@link #size} may be called by others.
 */
final class Window {

  /** The most that is ever tried. */
  static final int MOST = 16;

  private static final int GOOD_BEFORE_ONE_MORE = 32;
  private static final int GOOD_BEFORE_THE_NEXT_TRIAL = 10_000;

  private final AtomicInteger size;
  private boolean found;
  private int ceiling = MOST;
  private int good;

  /**
   * A window.
   *
   * @param set 1 to 16, or 0 to be found out
   */
  Window(int set) {
    found = set == 0;
    size = new AtomicInteger(Math.max(1, set));
  }

  /** A unit's: who asks it says how many, or 0. */
  void set(int asked) {
    found = asked == 0;
    if (!found) {
      size.set(asked);
    }
  }

  /** A link's: as many as the most that one of those who share it sets; found out when one sets 0. */
  void widen(int asked) {
    if (asked == 0) {
      found = true;
    } else if (!found && asked > size.get()) {
      size.set(asked);
    }
  }

  /** Requests that may be outstanding now. */
  int size() {
    return size.get();
  }

  /** Requests that may ever be outstanding. */
  int largest() {
    return found ? MOST : size.get();
  }

  /** A good answer came to a request that so many were outstanding with. */
  void good(int outstanding) {
    if (!found || outstanding < size.get()) {
      return;
    }
    good++;
    if (good >= GOOD_BEFORE_THE_NEXT_TRIAL && ceiling < MOST) {
      ceiling++;
    }
    if (good >= GOOD_BEFORE_ONE_MORE && size.get() < ceiling) {
      size.incrementAndGet();
      good = 0;
    }
  }

  /** Of so many outstanding requests one was left out, or refused because there were too many. */
  void tooMany(int outstanding) {
    if (found && outstanding > 1) {
      ceiling = Math.min(ceiling, outstanding - 1);
      size.updateAndGet(now -> Math.min(now, ceiling));
      good = 0;
    }
  }

  /** How it stands. */
  Mark mark() {
    return new Mark(size.get(), ceiling);
  }

  /** Takes back what was concluded since, but for what was found to be possible. */
  void restore(Mark mark) {
    if (found) {
      ceiling = Math.max(ceiling, mark.ceiling());
      size.updateAndGet(now -> Math.max(now, mark.size()));
    }
  }

  /** What a window has found out. */
  record Mark(int size, int ceiling) {}
}
