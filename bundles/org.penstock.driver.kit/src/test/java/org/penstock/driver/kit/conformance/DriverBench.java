package org.penstock.driver.kit.conformance;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.driver.Driver;
import org.eclipse.kura.type.TypedValue;

/**
 * A driver on the test bench: its instances, each with a simulated device of its own. One bench is
 * made for each test and closed after it.
 */
public interface DriverBench extends AutoCloseable {

  /** Starts an instance against its own healthy device; does what the component's activation does. */
  Driver start(String instance) throws Exception;

  /** Does what the component's deactivation does. */
  void stop(Driver driver) throws Exception;

  /** Does what a changed configuration does; gives the driver that is valid from then on. */
  Driver reconfigure(String instance, Driver driver) throws Exception;

  /** Makes the instance's device behave so from now on. */
  void device(String instance, Fault fault) throws Exception;

  /** Whether the fault makes sense for this protocol. */
  default boolean supports(Fault fault) {
    return true;
  }

  /** Fresh records of at least two channels that the device answers, configured as an asset does it. */
  List<ChannelRecord> goodRecords();

  /** The values that the device gives for {@link #goodRecords}, by channel. */
  Map<String, TypedValue<?>> goodValues();

  /** A fresh record that the device or the driver refuses, each time. */
  ChannelRecord badRecord();

  /**
   * A fresh write whose effect shows when the channel of the same name and configuration is read;
   * empty when the protocol cannot write.
   */
  Optional<ChannelRecord> write();

  /**
   * Connections and bound ports that the instance holds, as its device or the operating system sees
   * them; a driver without any says 0.
   */
  default int openConnections(String instance) {
    return 0;
  }

  /** How long a read may take at most when the device never answers. */
  Duration timeLimit();

  /** How long it may take at most until values come again after the device has returned. */
  Duration recoveryLimit();

  @Override
  void close() throws Exception;
}
