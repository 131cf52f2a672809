package org.penstock.driver.lorawan;

import java.util.List;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.driver.PreparedRead;

/** Records that are filled with what their devices have said last. */
record LorawanPreparedRead(LorawanDriver driver, List<ChannelRecord> records)
    implements PreparedRead {

  @Override
  public List<ChannelRecord> execute() {
    driver.read(records);
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
