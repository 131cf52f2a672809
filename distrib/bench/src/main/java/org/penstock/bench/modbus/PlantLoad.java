package org.penstock.bench.modbus;

import java.util.List;

/**
 * What both sides read and deliver. Device d listens on the port d above the first and answers as unit
 * d + 1; its registers are numbered from 0.
 *
 * @param name for the rows
 * @param devices how many
 * @param tags of each device
 * @param periodMs between two reads of a tag
 * @param single a message for each tag, else for all that was read at once
 * @param simulator its further arguments
 */
record PlantLoad(
    String name, int devices, int tags, int periodMs, boolean single, List<String> simulator) {

  /** The first port; apart from those of the other rows. */
  static final int PORT = 18_000;

  PlantLoad(String name, int devices, int periodMs, String... simulator) {
    this(name, devices, 1_000, periodMs, false, List.of(simulator));
  }

  /** Tags asked for each second. */
  double asked() {
    return 1e3 * devices * tags / periodMs;
  }
}
