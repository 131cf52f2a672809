package org.penstock.driver.modbus.link;

import java.nio.channels.SelectionKey;

/** What belongs to a link's present connection; the loop's thread only. */
final class Connection {
  Wire wire;
  SelectionKey key;
  boolean usable;
  int useless; // connections in a row without a good answer
  boolean resolving;
  int silences;
  int transaction;
  long connectBy;
  long timerAt = Long.MAX_VALUE;
}
