package org.penstock.driver.zigbee;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.file.Path;
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
import org.penstock.driver.zigbee.device.Ieee;

/** The driver on the test bench. */
final class ZigbeeBench implements DriverBench {

  private final Path home;
  private final Map<String, FakeStick> sticks = new HashMap<>();
  private final List<ZigbeeDriver> drivers = new ArrayList<>();

  ZigbeeBench(Path home) {
    this.home = home;
  }

  FakeStick stick(String instance) {
    return sticks.computeIfAbsent(instance, name -> new FakeStick());
  }

  @Override
  public Driver start(String instance) throws IOException {
    ZigbeeDriver driver =
        new ZigbeeDriver(
            instance,
            home,
            new PlainStorage(),
            config(stick(instance).port()),
            new byte[0],
            health -> () -> {});
    drivers.add(driver);
    return driver;
  }

  @Override
  public void stop(Driver driver) {
    ((ZigbeeDriver) driver).stop();
  }

  @Override
  public Driver reconfigure(String instance, Driver driver) throws IOException {
    stop(driver);
    return start(instance);
  }

  @Override
  public void device(String instance, Fault fault) {
    stick(instance).set(fault);
  }

  @Override
  public List<ChannelRecord> goodRecords() {
    return List.of(
        record("power", DataType.INTEGER, 0x0B04, 0x050B, 1),
        record("voltage", DataType.DOUBLE, 0x0B04, 0x0505, 0.1),
        record("on", DataType.BOOLEAN, 6, 0, 1));
  }

  @Override
  public Map<String, TypedValue<?>> goodValues() {
    return Map.of(
        "power", TypedValues.newIntegerValue(123),
        "voltage", TypedValues.newDoubleValue(230.5),
        "on", TypedValues.newBooleanValue(false));
  }

  @Override
  public ChannelRecord badRecord() {
    return record("bad", DataType.INTEGER, 0x0B04, 0x7777, 1);
  }

  @Override
  public Optional<ChannelRecord> write() {
    ChannelRecord write = ChannelRecord.createWriteRecord("on", TypedValues.newBooleanValue(true));
    write.setChannelConfig(config("on", DataType.BOOLEAN, 6, 0, 1));
    return Optional.of(write);
  }

  @Override
  public int openConnections(String instance) {
    return stick(instance).connections();
  }

  @Override
  public Duration timeLimit() {
    return Duration.ofSeconds(8);
  }

  @Override
  public Duration recoveryLimit() {
    return Duration.ofSeconds(30);
  }

  @Override
  public void close() throws IOException {
    drivers.forEach(ZigbeeDriver::stop);
    for (FakeStick stick : sticks.values()) {
      stick.close();
    }
  }

  static ChannelRecord record(
      String name, DataType type, int cluster, int attribute, double scale) {
    ChannelRecord record = ChannelRecord.createReadRecord(name, type);
    record.setChannelConfig(config(name, type, cluster, attribute, scale));
    return record;
  }

  static Map<String, Object> config(
      String name, DataType type, int cluster, int attribute, double scale) {
    return Map.of(
        "+name",
        name,
        "+value.type",
        type.name(),
        ZigbeeChannel.DEVICE,
        Ieee.text(FakeStick.PLUG),
        ZigbeeChannel.ENDPOINT,
        "1",
        ZigbeeChannel.CLUSTER,
        Integer.toString(cluster),
        ZigbeeChannel.ATTRIBUTE,
        Integer.toString(attribute),
        ZigbeeChannel.SCALE,
        Double.toString(scale));
  }

  /** A stick on loopback; short time limits. */
  static ZigbeeDriverConfig config(int port) {
    return config(port, 15);
  }

  static ZigbeeDriverConfig config(int port, int channel) {
    return new ZigbeeDriverConfig() {
      @Override
      public String port() {
        return "tcp://127.0.0.1:" + port;
      }

      @Override
      public int baud_rate() {
        return 115200;
      }

      @Override
      public String stick() {
        return "auto";
      }

      @Override
      public int channel() {
        return channel;
      }

      @Override
      public int pan_id() {
        return 0;
      }

      @Override
      public String extended_pan_id() {
        return "";
      }

      @Override
      public String network_key() {
        return "";
      }

      @Override
      public int timeout_ms() {
        return 2000;
      }

      @Override
      public int age_max_s() {
        return 0;
      }

      @Override
      public int ping_interval_s() {
        return 1;
      }

      @Override
      public Class<? extends Annotation> annotationType() {
        return ZigbeeDriverConfig.class;
      }
    };
  }
}
