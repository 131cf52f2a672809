package org.penstock.driver.lorawan.server;

import org.penstock.driver.lorawan.codec.Eui;
import org.penstock.driver.lorawan.codec.Reception;

/**
 * A frame as one gateway heard it.
 *
 * @param nanos when its datagram came, by {@link System#nanoTime}
 */
public record Heard(Eui gateway, Reception reception, long nanos) {}
