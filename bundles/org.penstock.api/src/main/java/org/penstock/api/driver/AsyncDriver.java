package org.penstock.api.driver;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.driver.Driver;
import org.eclipse.kura.driver.PreparedRead;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A driver that reads without holding a thread while the device thinks. An asset prefers {@link
 * #readAsync} to {@link PreparedRead#execute()}; on Kura the blocking methods are used.
 */
@ConsumerType
public interface AsyncDriver extends Driver {

  /**
   * Begins one read of all records of a prepared read of this driver and returns at once, from any
   * thread. The asset does not begin the next read of the same prepared read before this one ended.
   *
   * <p>The stage completes within the driver's own time limit: with the records (failed channels
   * carry their status), or exceptionally with {@link Driver.ConnectionException} or {@link
   * DriverException} when nothing could be read. It is completed exceptionally when the driver is
   * stopped or the prepared read is closed. The thread that completes it is the driver's; the asset
   * hands over to its own strand at once.
   *
   * @param prepared made by this driver's {@code prepareRead}
   */
  CompletionStage<List<ChannelRecord>> readAsync(PreparedRead prepared);
}
