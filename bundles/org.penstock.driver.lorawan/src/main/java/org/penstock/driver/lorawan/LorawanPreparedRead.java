package org.penstock.driver.lorawan;

import java.util.List;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.driver.Driver;
import org.eclipse.kura.driver.PreparedRead;

/** Records that are filled with what their devices have said last. */
record LorawanPreparedRead(Driver driver, List<ChannelRecord> records) implements PreparedRead {

  @Override
  public List<ChannelRecord> execute() {
    try {
      driver.read(records);
    } catch (Driver.ConnectionException never) {
      throw new IllegalStateException(never);
    }
    return records;
  }

  @Override
  public List<ChannelRecord> getChannelRecords() {
    return records;
  }

  @Override
  public void close() {
    // nothing is held
  }
}
