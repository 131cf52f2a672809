package org.penstock.driver.modbus;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.driver.Driver;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.penstock.api.driver.DriverException;
import org.penstock.driver.kit.conformance.DriverBench;
import org.penstock.driver.kit.conformance.Fault;
import org.penstock.driver.modbus.codec.Table;
import org.penstock.driver.modbus.simulator.Behaviour;
import org.penstock.driver.modbus.simulator.ModbusSimulator;
import org.penstock.driver.modbus.simulator.SimulatedUnit;

/** The driver on the kit's test bench, over Modbus TCP. */
final class ModbusBench implements DriverBench {

  private static final int TIMEOUT_MS = 300;

  private final ModbusLinks links;
  private final Map<String, ModbusSimulator> devices = new HashMap<>();
  private final List<ModbusDriver> drivers = new ArrayList<>();

  ModbusBench() throws IOException {
    links = new ModbusLinks();
  }

  @Override
  public Driver start(String instance) throws IOException, DriverException {
    ModbusSimulator device = devices.get(instance);
    if (device == null) {
      device = ModbusSimulator.open(0);
      fill(device.unit(1));
      devices.put(instance, device);
    }
    ModbusDriverConfig config = Configs.of(Map.of("port", device.port(), "timeout_ms", TIMEOUT_MS));
    ModbusDriver driver = new ModbusDriver(instance, links, null, config, health -> () -> {});
    drivers.add(driver);
    return driver;
  }

  private static void fill(SimulatedUnit unit) {
    unit.holdingRegisters().only(0, 99);
    unit.holdingRegisters().set(10, 42);
    unit.holdingRegisters().setFloat(20, 1.5f);
    unit.coils().set(3, 1);
  }

  @Override
  public void stop(Driver driver) {
    if (drivers.remove((ModbusDriver) driver)) {
      ((ModbusDriver) driver).stop();
    }
  }

  @Override
  public Driver reconfigure(String instance, Driver driver) throws IOException, DriverException {
    stop(driver);
    return start(instance);
  }

  @Override
  public void device(String instance, Fault fault) {
    ModbusSimulator device = devices.get(instance);
    device.absent(fault == Fault.ABSENT);
    device.script(
        Behaviour.always(
            Behaviour.of(
                switch (fault) {
                  case SILENT -> Behaviour.Kind.SILENT;
                  case GARBAGE -> Behaviour.Kind.GARBAGE;
                  case TRUNCATED -> Behaviour.Kind.TRUNCATED;
                  default -> Behaviour.Kind.NORMAL;
                })));
  }

  @Override
  public List<ChannelRecord> goodRecords() {
    return List.of(
        Channels.holding("level", DataType.INTEGER, 10, "INT16"),
        Channels.holding("flow", DataType.FLOAT, 20, "FLOAT32"),
        Channels.read("pump", DataType.BOOLEAN, 1, Table.COILS, "3", "BOOL"));
  }

  @Override
  public Map<String, TypedValue<?>> goodValues() {
    return Map.of(
        "level", TypedValues.newIntegerValue(42),
        "flow", TypedValues.newFloatValue(1.5f),
        "pump", TypedValues.newBooleanValue(true));
  }

  @Override
  public ChannelRecord badRecord() {
    return Channels.holding("bad", DataType.INTEGER, 200, "INT16");
  }

  @Override
  public Optional<ChannelRecord> write() {
    return Optional.of(
        Channels.write(
            "setpoint",
            TypedValues.newDoubleValue(4.5),
            1,
            Table.HOLDING_REGISTERS,
            "30",
            "FLOAT32"));
  }

  @Override
  public Duration timeLimit() {
    return Duration.ofSeconds(2);
  }

  @Override
  public Duration recoveryLimit() {
    return Duration.ofSeconds(5);
  }

  @Override
  public void close() {
    List.copyOf(drivers).forEach(this::stop);
    links.close();
    devices.values().forEach(ModbusSimulator::close);
  }
}
