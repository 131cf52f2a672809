package org.penstock.driver.modbus.link;

import java.io.IOException;
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

  /** Ends it; the next one begins anew. */
  void drop(LinkCounters counters) {
    Wire gone = wire;
    wire = null;
    key = null;
    usable = false;
    resolving = false;
    if (gone != null) {
      try {
        gone.close();
      } catch (IOException alreadyGone) {
        counters.damaged();
      }
    }
  }
}
