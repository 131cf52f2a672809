package org.penstock.driver.modbus.link;

import java.time.Duration;

/**
 * How a link treats its units.
 *
 * @param connectTimeout for making the connection
 * @param window requests that may be outstanding at a time; 0: as many as turn out well
 * @param repeats how often a read that got no usable answer is asked again within its timeout
 * @param broadcasts whether unit id 0 means all units, of which none answers
 * @param trace frames kept for the maintenance page, 0 for none
 */
public record LinkOptions(
    Duration connectTimeout, int window, int repeats, boolean broadcasts, int trace) {

  /** What a link without transaction ids can do: one request at a time. */
  LinkOptions oneAtATime() {
    return new LinkOptions(connectTimeout, 1, repeats, broadcasts, trace);
  }
}
