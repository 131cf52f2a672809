package org.penstock.driver.lorawan.server;

import java.util.ArrayDeque;
import java.util.Deque;
import org.penstock.driver.lorawan.region.Region;

/**
 * The data rate and power that would do for a device, by the best of its last 20 frames: what is left
 * above the floor and a margin of 10 dB is turned into steps of 3 dB, first of rate, then of power. One
 * thread calls.
 */
final class Adr {

  static final int HISTORY = 20;
  private static final double MARGIN = 10;
  private static final int STEP = 3;
  private static final int LOWEST_POWER = 7;

  private final Deque<Double> history = new ArrayDeque<>();

  /** What a device should use. */
  record Setting(int rate, int power) {}

  void heard(double snr) {
    history.addLast(snr);
    if (history.size() > HISTORY) {
      history.removeFirst();
    }
  }

  /** After a change, what was heard before tells nothing. */
  void forget() {
    history.clear();
  }

  /**
   * What it should use now.
   *
   * @return the present setting as long as too little is known
   */
  Setting advise(Region region, Setting now) {
    if (history.size() < HISTORY || !region.rates().get(now.rate()).isLora()) {
      return now;
    }
    double best = history.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    int steps = (int) ((best - region.rates().get(now.rate()).floor() - MARGIN) / STEP);
    int rate = now.rate();
    int power = now.power();
    for (; steps > 0 && rate < region.adrRate(); steps--) {
      rate++;
    }
    for (; steps > 0 && power < LOWEST_POWER; steps--) {
      power++;
    }
    for (; steps < 0 && power > 0; steps++) {
      power--;
    }
    return new Setting(rate, power);
  }
}
