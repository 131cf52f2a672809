package org.penstock.driver.lorawan.link;

import java.util.LinkedHashMap;
import java.util.Map;

/** How many datagrams one source may send a second. One thread calls. */
public final class RateLimit {

  private static final int MOST_SOURCES = 4_096;
  private static final long SECOND = 1_000_000_000L;

  private final int perSecond;
  private final Map<Object, long[]> sources =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, long[]> eldest) {
          return size() > MOST_SOURCES;
        }
      };

  /** With the most that is let through a second, 1 or more. */
  public RateLimit(int perSecond) {
    this.perSecond = perSecond;
  }

  /** One more of this source; false when it is too much. */
  public boolean allows(Object source, long nanos) {
    long[] state = sources.computeIfAbsent(source, s -> new long[] {nanos, 0});
    if (nanos - state[0] >= SECOND) {
      state[0] = nanos;
      state[1] = 0;
    }
    return ++state[1] <= perSecond;
  }
}
