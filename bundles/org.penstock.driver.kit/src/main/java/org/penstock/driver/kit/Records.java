package org.penstock.driver.kit;

import java.util.Collection;
import org.eclipse.kura.channel.ChannelFlag;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.ChannelStatus;
import org.eclipse.kura.type.TypedValue;
import org.penstock.api.driver.DriverException;
import org.penstock.api.driver.ErrorKind;

/** Fills the answer into channel records. A record belongs to one thread at a time. */
public final class Records {

  private static final ChannelStatus SUCCESS = new ChannelStatus(ChannelFlag.SUCCESS);

  private Records() {}

  /**
   * The channel was read.
   *
   * @param timestamp epoch milliseconds at the source
   */
  public static void read(ChannelRecord record, TypedValue<?> value, long timestamp) {
    record.setValue(value);
    record.setChannelStatus(SUCCESS);
    record.setTimestamp(timestamp);
  }

  /** The channel was written. */
  public static void written(ChannelRecord record, long timestamp) {
    record.setChannelStatus(SUCCESS);
    record.setTimestamp(timestamp);
  }

  /** This channel failed; the others are not touched. */
  public static void failed(ChannelRecord record, DriverException error, long timestamp) {
    record.setChannelStatus(new ChannelStatus(ChannelFlag.FAILURE, error.getMessage(), error));
    record.setTimestamp(timestamp);
  }

  /** All these channels failed for the same reason. */
  public static void failed(
      Collection<ChannelRecord> records, DriverException error, long timestamp) {
    records.forEach(record -> failed(record, error, timestamp));
  }

  /** The channel failed because the value cannot be had in the type that the channel asks for. */
  public static void misfit(
      ChannelRecord record, IllegalArgumentException problem, long timestamp) {
    DriverException error =
        new DriverException(
            ErrorKind.CONFIGURATION,
            "channel " + record.getChannelName(),
            problem.getMessage() + "; choose another value type",
            problem);
    failed(record, error, timestamp);
  }
}
