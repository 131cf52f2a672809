package org.penstock.driver.modbus;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.channel.ChannelFlag;
import org.eclipse.kura.channel.ChannelRecord;
import org.penstock.api.driver.DriverException;
import org.penstock.driver.modbus.simulator.ModbusSimulator;

/** A simulator and drivers that talk to it. */
final class Plant implements AutoCloseable {

  final ModbusSimulator simulator;
  private final ModbusLinks links;
  private final List<ModbusDriver> drivers = new ArrayList<>();

  Plant() throws IOException {
    simulator = ModbusSimulator.open(0);
    links = new ModbusLinks();
  }

  /**
   * A driver of this plant.
   *
   * @param set configuration by method name, beside host and port
   */
  ModbusDriver driver(Map<String, Object> set) throws DriverException {
    Map<String, Object> all = new HashMap<>(Map.of("port", simulator.port()));
    all.putAll(set);
    ModbusDriver driver =
        new ModbusDriver("test", links, null, Configs.of(all), health -> () -> {});
    drivers.add(driver);
    return driver;
  }

  Map<String, ModbusSession> sessions() {
    return links.sessions();
  }

  static boolean good(ChannelRecord record) {
    return record.getChannelStatus() != null
        && record.getChannelStatus().getChannelFlag() == ChannelFlag.SUCCESS;
  }

  @Override
  public void close() {
    drivers.forEach(ModbusDriver::stop);
    links.close();
    simulator.close();
  }
}
