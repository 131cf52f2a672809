package org.penstock.driver.lorawan;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.driver.Driver;
import org.eclipse.kura.security.keystore.KeystoreService;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.penstock.core.storage.CrashPoints;
import org.penstock.driver.kit.conformance.DriverBench;
import org.penstock.driver.kit.conformance.Fault;
import org.penstock.driver.lorawan.codec.Eui;
import org.penstock.driver.lorawan.simulator.VirtualDevice;
import org.penstock.driver.lorawan.simulator.VirtualGateway;
import org.penstock.flow.script.SandboxService;

/** The driver on the test bench, with one gateway and one device for each instance. */
final class LorawanBench implements DriverBench {

  static final Eui DEVICE = Eui.parse("00000000000000b1");
  static final Eui GATEWAY = Eui.parse("aa555a0000000101");
  private static final String KEY = "44024241ed4ce9a68c6a8bc055233fd3";
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Path folder;
  private final List<LorawanDriver> drivers = new ArrayList<>();
  private final Map<String, VirtualDevice> devices = new HashMap<>();

  LorawanBench(Path folder) {
    this.folder = folder;
  }

  LorawanDriver driver(String instance, Map<String, Object> overrides) throws Exception {
    return driver(instance, overrides, null);
  }

  /** With a key store, which may be null. */
  LorawanDriver driver(String instance, Map<String, Object> overrides, KeystoreService keystore)
      throws Exception {
    Map<String, Object> settings = new HashMap<>();
    settings.put("port", 0);
    settings.put(
        "devices",
        DEVICE + " tank abp=49be7df1 codec=lpp\n00000000000000a1 pump codec=limit class=C");
    settings.put(
        "keys", DEVICE + " " + KEY + " " + KEY + "\n00000000000000a1 " + VirtualDevice.APP_KEY);
    settings.put("codecs", "== limit fields\nlimit uint16 0\n");
    settings.putAll(overrides);
    LorawanDriver driver =
        new LorawanDriver(
            instance,
            folder.resolve(instance),
            new LorawanDriver.Services(CrashPoints.quick(), new SandboxService(), null, keystore),
            config(settings),
            health -> () -> {});
    drivers.add(driver);
    return driver;
  }

  private static LorawanDriverConfig config(Map<String, Object> set) {
    return (LorawanDriverConfig)
        Proxy.newProxyInstance(
            LorawanBench.class.getClassLoader(),
            new Class<?>[] {LorawanDriverConfig.class},
            (proxy, method, arguments) ->
                set.getOrDefault(method.getName(), method.getDefaultValue()));
  }

  @Override
  public Driver start(String instance) throws Exception {
    LorawanDriver driver = driver(instance, Map.of());
    VirtualDevice device =
        devices.computeIfAbsent(instance, i -> new VirtualDevice(DEVICE, 0x49be7df1, KEY, KEY));
    try (VirtualGateway gateway = new VirtualGateway(GATEWAY, driver.station().port().get())) {
      gateway.pull();
      gateway.hears(device.up(1, new byte[] {3, 0x67, 1, 0x10}), 6);
      awaitValue(driver);
    }
    return driver;
  }

  private void awaitValue(LorawanDriver driver) throws IOException {
    long end = System.nanoTime() + LIMIT.toNanos();
    List<ChannelRecord> records = goodRecords();
    do {
      if (System.nanoTime() > end) {
        throw new IOException("no uplink within " + LIMIT + ": " + driver.station().figures());
      }
      Thread.onSpinWait();
      driver.read(records);
    } while (records.get(0).getValue() == null);
  }

  @Override
  public void stop(Driver driver) {
    ((LorawanDriver) driver).stop();
  }

  @Override
  public Driver reconfigure(String instance, Driver driver) throws Exception {
    stop(driver);
    return start(instance);
  }

  @Override
  public void device(String instance, Fault fault) {
    throw new IllegalStateException("a read does not ask the device");
  }

  /** A read gives what was said last, so that no fault shows in it. */
  @Override
  public boolean supports(Fault fault) {
    return false;
  }

  @Override
  public List<ChannelRecord> goodRecords() {
    return List.of(
        record("temperature", DataType.DOUBLE, "temperature_3"),
        record("snr", DataType.DOUBLE, "@snr"),
        record("port", DataType.INTEGER, "@fport"));
  }

  @Override
  public Map<String, TypedValue<?>> goodValues() {
    return Map.of(
        "temperature", TypedValues.newDoubleValue(27.2),
        "snr", TypedValues.newDoubleValue(6.0),
        "port", TypedValues.newIntegerValue(1));
  }

  @Override
  public ChannelRecord badRecord() {
    return record("bad", DataType.DOUBLE, "@nonsense");
  }

  @Override
  public Optional<ChannelRecord> write() {
    return Optional.empty(); // what is written does not come back as a value
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
    drivers.forEach(LorawanDriver::stop);
  }

  static ChannelRecord record(String name, DataType type, String field) {
    ChannelRecord record = ChannelRecord.createReadRecord(name, type);
    record.setChannelConfig(config(name, type, DEVICE, field));
    return record;
  }

  static Map<String, Object> config(String name, DataType type, Eui device, String field) {
    return Map.of(
        "+name", name, "+value.type", type.name(), "dev.eui", device.toString(), "field", field);
  }
}
