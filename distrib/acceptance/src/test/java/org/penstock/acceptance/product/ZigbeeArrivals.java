package org.penstock.acceptance.product;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;

/** Which reports of the simulator's storm have come to the broker; each message is looked at once. */
final class ZigbeeArrivals {

  private static final int FIRST_VALUE = 1000; // the simulator's storm

  private final Inbox inbox;
  private final String asset;
  private final Set<String> arrived = new HashSet<>();
  private int seen;

  /** Of channels {@code t0, t1, ...} of that asset, from now on. */
  ZigbeeArrivals(Inbox inbox, String asset) {
    this.inbox = inbox;
    this.asset = "acme/gw1/A1/" + asset;
    this.seen = inbox.messages().size();
  }

  /** How many different pairs of device and value have come. */
  int count() {
    for (int end = inbox.messages().size(); seen < end; seen++) {
      Inbox.Message message = inbox.messages().get(seen);
      if (message.topic().equals(asset)) {
        Payloads.metrics(message.payload()).forEach(this::add);
      }
    }
    return arrived.size();
  }

  private void add(String name, Object value) {
    if (name.matches("t\\d+") && value instanceof Double number) {
      assertTrue(number >= FIRST_VALUE, name + " = " + number);
      arrived.add(name + '=' + number);
    }
  }
}
