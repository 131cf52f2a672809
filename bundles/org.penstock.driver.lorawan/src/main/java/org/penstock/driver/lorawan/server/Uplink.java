package org.penstock.driver.lorawan.server;

import java.util.List;
import org.penstock.driver.lorawan.codec.Eui;

/**
 * Data of a device, verified, deciphered and never given before.
 *
 * @param counter the frame's, 32 bits
 * @param port FPort, or -1 when there is none
 * @param bytes may be empty
 * @param rate data rate of the region
 * @param heard by each gateway, the best first
 * @param millis when it came, epoch
 */
public record Uplink(
    Eui device, long counter, int port, byte[] bytes, int rate, List<Heard> heard, long millis) {}
