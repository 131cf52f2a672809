package org.penstock.driver.zigbee2mqtt;

import java.lang.annotation.Annotation;
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
final class Zigbee2MqttBench implements DriverBench {

  private final Map<String, FakeBridge> bridges = new HashMap<>();
  private final List<Zigbee2MqttDriver> drivers = new ArrayList<>();

  @Override
  public Driver start(String instance) {
    Zigbee2MqttDriver driver =
        new Zigbee2MqttDriver(
            instance, config(0), new char[0], bridge(instance), health -> () -> {});
    drivers.add(driver);
    return driver;
  }

  FakeBridge bridge(String instance) {
    return bridges.computeIfAbsent(instance, name -> new FakeBridge());
  }

  @Override
  public void stop(Driver driver) {
    ((Zigbee2MqttDriver) driver).stop();
  }

  @Override
  public Driver reconfigure(String instance, Driver driver) {
    stop(driver);
    return start(instance);
  }

  @Override
  public void device(String instance, Fault fault) {
    bridge(instance).set(fault);
  }

  /** Damaged messages do not take values away that were told before: Zigbee2MqttDriverTest. */
  @Override
  public boolean supports(Fault fault) {
    return fault != Fault.GARBAGE && fault != Fault.TRUNCATED;
  }

  @Override
  public List<ChannelRecord> goodRecords() {
    return List.of(
        record("cold", DataType.DOUBLE, "0x00158d0001dc126a", "temperature"),
        record("bright", DataType.INTEGER, "lamp", "brightness"),
        record("on", DataType.BOOLEAN, "lamp", "state"));
  }

  @Override
  public Map<String, TypedValue<?>> goodValues() {
    return Map.of(
        "cold", TypedValues.newDoubleValue(-18.5),
        "bright", TypedValues.newIntegerValue(20),
        "on", TypedValues.newBooleanValue(false));
  }

  @Override
  public ChannelRecord badRecord() {
    return record("bad", DataType.INTEGER, "lamp", "nothing");
  }

  @Override
  public Optional<ChannelRecord> write() {
    ChannelRecord write = ChannelRecord.createWriteRecord("x", TypedValues.newDoubleValue(0.125));
    write.setChannelConfig(config("x", DataType.DOUBLE, "lamp", "color.x"));
    return Optional.of(write);
  }

  @Override
  public int openConnections(String instance) {
    return bridge(instance).open();
  }

  @Override
  public Duration timeLimit() {
    return Duration.ofSeconds(3);
  }

  @Override
  public Duration recoveryLimit() {
    return Duration.ofSeconds(5);
  }

  @Override
  public void close() {
    drivers.forEach(Zigbee2MqttDriver::stop);
  }

  static ChannelRecord record(String name, DataType type, String device, String property) {
    ChannelRecord record = ChannelRecord.createReadRecord(name, type);
    record.setChannelConfig(config(name, type, device, property));
    return record;
  }

  static Map<String, Object> config(String name, DataType type, String device, String property) {
    return Map.of(
        "+name",
        name,
        "+value.type",
        type.name(),
        ZigbeeChannel.DEVICE,
        device,
        ZigbeeChannel.PROPERTY,
        property);
  }

  /** The defaults, with a short timeout. */
  static Zigbee2MqttDriverConfig config(int greatestAgeSeconds) {
    return new Zigbee2MqttDriverConfig() {
      @Override
      public String broker_url() {
        return "mqtt://localhost:1883";
      }

      @Override
      public String username() {
        return "";
      }

      @Override
      public String password() {
        return "";
      }

      @Override
      public String client_id() {
        return "";
      }

      @Override
      public String base_topic() {
        return "zigbee2mqtt/";
      }

      @Override
      public int timeout_ms() {
        return 500;
      }

      @Override
      public int age_max_s() {
        return greatestAgeSeconds;
      }

      @Override
      public int keep_alive_s() {
        return 20;
      }

      @Override
      public Class<? extends Annotation> annotationType() {
        return Zigbee2MqttDriverConfig.class;
      }
    };
  }
}
