package org.penstock.driver.lorawan.server;

import org.penstock.driver.lorawan.codec.Eui;
import org.penstock.driver.lorawan.codec.Reception;
import org.penstock.driver.lorawan.codec.StationTime;

/**
 * A frame as one gateway heard it.
 *
 * @param nanos when it came here, by {@link System#nanoTime}
 * @param time as a Basics Station tells it; null when another gateway has heard it
 */
public record Heard(Eui gateway, Reception reception, long nanos, StationTime time) {

  /** By a gateway with Semtech's protocol. */
  public Heard(Eui gateway, Reception reception, long nanos) {
    this(gateway, reception, nanos, null);
  }
}
