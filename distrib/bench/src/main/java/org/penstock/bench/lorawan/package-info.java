/** The LoRaWAN driver's way of an uplink, beside lora-packet on the same frames. */
package org.penstock.bench.lorawan;
