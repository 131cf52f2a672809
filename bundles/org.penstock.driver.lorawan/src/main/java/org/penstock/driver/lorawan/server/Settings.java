package org.penstock.driver.lorawan.server;

import java.time.Duration;
import org.penstock.driver.lorawan.region.Region;

/**
 * What is the same for all devices of a server.
 *
 * @param netId 24 bits; its low seven bits begin each address that is given to a device
 * @param group of eight channels, 1 to 8, of a region that has such; 0 for all
 * @param window how long copies of other gateways are waited for
 * @param rxDelay seconds to RX1, 1 to 15
 * @param rx1Offset RX1DROffset
 * @param statusInterval how often a device is asked for battery and margin; zero for never
 */
public record Settings(
    Region region,
    int netId,
    int group,
    Duration window,
    int rxDelay,
    int rx1Offset,
    Duration statusInterval) {}
