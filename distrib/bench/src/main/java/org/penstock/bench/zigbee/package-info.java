/** The ZigBee driver beside zigbee-herdsman, each on a simulated stick of its own. */
package org.penstock.bench.zigbee;
