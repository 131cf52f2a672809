package org.penstock.driver.modbus;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.eclipse.kura.channel.ChannelFlag;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.type.DataType;
import org.penstock.api.driver.DriverException;
import org.penstock.driver.modbus.codec.Table;

/** Whole drivers for the load program: channels, plan, typed records. */
public final class LoadDrivers implements AutoCloseable {

  private final ModbusLinks links;
  private final List<ModbusDriver> drivers = new ArrayList<>();

  /** One prepared read. */
  public final class Poll {
    private final ModbusPreparedRead prepared;

    private Poll(ModbusPreparedRead prepared) {
      this.prepared = prepared;
    }

    /** Reads once. */
    public CompletionStage<List<ChannelRecord>> read() {
      return prepared.read();
    }
  }

  /** None at first. */
  public LoadDrivers() throws IOException {
    links = new ModbusLinks();
  }

  /**
   * A driver that reads INTEGER channels of one unit.
   *
   * @param set configuration by method name
   */
  public Poll add(Map<String, Object> set, int unit, int tags, int step) throws DriverException {
    Map<String, Object> all = new HashMap<>(set);
    all.putIfAbsent("host", "127.0.0.1");
    String pid = "load-" + drivers.size();
    ModbusDriver driver = new ModbusDriver(pid, links, null, Configs.of(all), health -> () -> {});
    drivers.add(driver);
    List<ChannelRecord> records = new ArrayList<>(tags);
    for (int i = 0; i < tags; i++) {
      String address = Integer.toString(i * step % 49_000);
      records.add(
          Channels.read(
              address, DataType.INTEGER, unit, Table.HOLDING_REGISTERS, address, "UINT16"));
    }
    return new Poll(driver.prepareRead(records));
  }

  /** Whether it carries a value. */
  public static boolean good(ChannelRecord record) {
    return record.getChannelStatus().getChannelFlag() == ChannelFlag.SUCCESS;
  }

  @Override
  public void close() {
    drivers.forEach(ModbusDriver::stop);
    links.close();
  }
}
