package org.penstock.driver.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.type.DataType;
import org.penstock.driver.modbus.simulator.RegisterBank;

/**
 * Registers in pairs: the first holds its own address, the second a counter. A value that belongs to
 * another address gives itself away.
 */
final class Pairs {

  private Pairs() {}

  static void serve(RegisterBank bank) {
    AtomicInteger counter = new AtomicInteger();
    bank.compute(address -> address % 2 == 0 ? address : counter.incrementAndGet() & 0xffff);
  }

  /** Channels for so many pairs, spread over several requests. */
  static List<ChannelRecord> records(int count) {
    List<ChannelRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(Channels.holding("p" + i, DataType.LONG, 100 * (i / 10) + 2 * i, "UINT32"));
    }
    return records;
  }

  /** Gives how many are good, and fails when a good one is wrong. */
  static int good(List<ChannelRecord> records) {
    int good = 0;
    for (ChannelRecord record : records) {
      if (Plant.good(record)) {
        good++;
        int i = Integer.parseInt(record.getChannelName().substring(1));
        long address = 100L * (i / 10) + 2 * i;
        assertEquals(address, (Long) record.getValue().getValue() >> 16, record.getChannelName());
      }
    }
    return good;
  }
}
