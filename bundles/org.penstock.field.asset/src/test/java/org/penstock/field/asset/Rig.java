package org.penstock.field.asset;

import java.io.File;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.felix.framework.FrameworkFactory;
import org.eclipse.kura.driver.Driver;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.eclipse.kura.wire.WireEnvelope;
import org.eclipse.kura.wire.WireHelperService;
import org.eclipse.kura.wire.WireRecord;
import org.eclipse.kura.wire.WireSupport;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.wireadmin.Wire;
import org.penstock.api.driver.DriverProperties;

/** Wire assets over a real service registry, with what they emit in a queue. */
final class Rig implements AutoCloseable {

  final TestStrands strands = new TestStrands();
  final AssetThreads threads =
      new AssetThreads(strands, new HandSwitches(Path.of("no-such-file"), new TestStorage()));
  final BlockingQueue<WireRecord> emitted = new LinkedBlockingQueue<>();
  final BundleContext context;
  private final Framework framework;

  Rig(File cache) throws BundleException {
    framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(
                    "org.osgi.framework.storage",
                    cache.getPath(),
                    "org.osgi.framework.storage.clean",
                    "onFirstInit"));
    framework.start();
    context = framework.getBundleContext();
  }

  /** An asset with a channel of each direction, whose records hold values only. */
  static Props tank() {
    return Props.asset()
        .set("timestamp.mode", "NO_TIMESTAMPS")
        .channel("level", "READ", "INTEGER")
        .channel("valve", "READ_WRITE", "BOOLEAN")
        .channel("speed", "WRITE", "DOUBLE");
  }

  /** A driver to which the level is 42 and the valve open. */
  static FakeDriver tankDriver(boolean prepares) {
    FakeDriver driver = new FakeDriver(prepares);
    driver.device.put("level", 42);
    driver.device.put("valve", true);
    return driver;
  }

  WireAsset asset(Props props) {
    return new WireAsset(threads, helper(), componentContext(), props.map());
  }

  ServiceRegistration<Driver> register(String pid, Driver driver) {
    return register(pid, driver, 1);
  }

  ServiceRegistration<Driver> register(String pid, Driver driver, int parallelism) {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put("kura.service.pid", pid);
    properties.put("service.factoryPid", "factory." + pid);
    properties.put(DriverProperties.PARALLELISM, parallelism);
    return context.registerService(Driver.class, driver, properties);
  }

  /** Registers the driver and waits until the asset has taken it. */
  ServiceRegistration<Driver> attach(WireAsset asset, Driver driver) {
    ServiceRegistration<Driver> registration = register("driver", driver);
    settle();
    return registration;
  }

  /** Waits until the configuration strand of the asset has nothing left to do. */
  void settle() {
    strands.drain("field/asset/asset/driver");
  }

  void settleValues() {
    strands.drain("field/asset/asset");
  }

  static void trigger(WireAsset asset) {
    trigger(asset, Map.of("TIMER", TypedValues.newLongValue(1)));
  }

  static void trigger(WireAsset asset, Map<String, TypedValue<?>> record) {
    asset.onWireReceive(new WireEnvelope("timer", List.of(new WireRecord(record))));
  }

  /** The next record that was emitted, as sorted text. */
  String next() throws InterruptedException {
    WireRecord record = emitted.poll(10, TimeUnit.SECONDS);
    if (record == null) {
      throw new AssertionError("nothing emitted within 10 s");
    }
    StringBuilder text = new StringBuilder();
    new TreeMap<>(record.getProperties())
        .forEach((key, value) -> text.append(key).append('=').append(value.getValue()).append(' '));
    return text.toString().strip();
  }

  static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within 10 s");
      }
      Thread.onSpinWait();
    }
  }

  ComponentContext componentContext() {
    return (ComponentContext)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ComponentContext.class},
            (proxy, method, args) -> method.getName().equals("getBundleContext") ? context : null);
  }

  WireHelperService helper() {
    return (WireHelperService)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {WireHelperService.class},
            (proxy, method, args) -> new Support());
  }

  /** Puts what is emitted into the queue. */
  private final class Support implements WireSupport {

    @Override
    public void emit(List<WireRecord> records) {
      emitted.addAll(records);
    }

    @Override
    public void producersConnected(Wire[] wires) {}

    @Override
    public void updated(Wire wire, Object value) {}

    @Override
    public Object polled(Wire wire) {
      return null;
    }

    @Override
    public void consumersConnected(Wire[] wires) {}
  }

  @Override
  public void close() throws Exception {
    framework.stop();
    framework.waitForStop(5_000);
    strands.close();
  }
}
