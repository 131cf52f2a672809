package org.penstock.driver.template;

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
import org.penstock.driver.kit.conformance.DriverBench;
import org.penstock.driver.kit.conformance.Fault;

/** The driver on the test bench. */
final class TemplateBench implements DriverBench {

  static final Duration TIMEOUT = Duration.ofMillis(300);

  private final Map<String, FaultyDevice> devices = new HashMap<>();
  private final List<TemplateDriver> drivers = new ArrayList<>();

  @Override
  public Driver start(String instance) {
    FaultyDevice device = devices.computeIfAbsent(instance, name -> new FaultyDevice());
    TemplateDriver driver =
        new TemplateDriver(instance, device, TIMEOUT, Duration.ofMillis(20), health -> () -> {});
    drivers.add(driver);
    return driver;
  }

  @Override
  public void stop(Driver driver) {
    ((TemplateDriver) driver).stop();
  }

  @Override
  public Driver reconfigure(String instance, Driver driver) {
    stop(driver);
    return start(instance);
  }

  @Override
  public void device(String instance, Fault fault) {
    devices.get(instance).set(fault);
  }

  @Override
  public List<ChannelRecord> goodRecords() {
    return List.of(
        record("sine", DataType.DOUBLE, "sine/1000/10"),
        record("version", DataType.STRING, "version"),
        record("set", DataType.INTEGER, "setpoint/untouched"));
  }

  @Override
  public Map<String, TypedValue<?>> goodValues() {
    return Map.of(
        "sine", TypedValues.newDoubleValue(10.0), // a quarter of the period
        "version", TypedValues.newStringValue("1.2.3"),
        "set", TypedValues.newIntegerValue(0));
  }

  @Override
  public ChannelRecord badRecord() {
    return record("bad", DataType.INTEGER, "version"); // a text where a number is asked for
  }

  @Override
  public Optional<ChannelRecord> write() {
    ChannelRecord write = ChannelRecord.createWriteRecord("level", TypedValues.newDoubleValue(4.5));
    write.setChannelConfig(config("level", DataType.DOUBLE, "setpoint/level"));
    return Optional.of(write);
  }

  @Override
  public Duration timeLimit() {
    return Duration.ofSeconds(1);
  }

  @Override
  public Duration recoveryLimit() {
    return Duration.ofSeconds(5);
  }

  @Override
  public void close() {
    drivers.forEach(TemplateDriver::stop);
  }

  static ChannelRecord record(String name, DataType type, String address) {
    ChannelRecord record = ChannelRecord.createReadRecord(name, type);
    record.setChannelConfig(config(name, type, address));
    return record;
  }

  static Map<String, Object> config(String name, DataType type, String address) {
    return Map.of("+name", name, "+value.type", type.name(), TemplateChannel.ADDRESS, address);
  }
}
