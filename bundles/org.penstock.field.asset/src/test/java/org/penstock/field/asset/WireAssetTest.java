package org.penstock.field.asset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.channel.ChannelFlag;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.ChannelStatus;
import org.eclipse.kura.driver.Driver;
import org.eclipse.kura.driver.Driver.ConnectionException;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.ServiceRegistration;
import org.penstock.api.driver.ChannelState;
import org.penstock.api.driver.Quality;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;

/** The walk of values through a wire asset, with a driver that blocks as Kura's do. */
class WireAssetTest {

  @TempDir File cache;
  private Rig rig;

  @BeforeEach
  void start() throws Exception {
    rig = new Rig(cache);
  }

  @AfterEach
  void stop() throws Exception {
    rig.close();
  }

  /** If deleted: a timer could get several records or none for one tick. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anyEnvelopeReadsAllEnabledReadChannelsAndEmitsOneRecord(boolean prepares) throws Exception {
    WireAsset asset =
        rig.asset(Rig.tank().channel("off", "READ", "LONG").set("off#+enabled", false));
    rig.attach(asset, Rig.tankDriver(prepares));
    Rig.trigger(asset);
    assertEquals("assetName=asset level=42 valve=true", rig.next());
    Rig.trigger(asset);
    assertEquals("assetName=asset level=42 valve=true", rig.next());
    assertTrue(rig.emitted.isEmpty());
  }

  /** If deleted: commands on wires could go to the wrong channel, or before the read. */
  @Test
  void receivedRecordWritesWritableChannelsOfTheSameTypeAfterTheRead() throws Exception {
    WireAsset asset = rig.asset(Rig.tank());
    FakeDriver driver = Rig.tankDriver(true);
    rig.attach(asset, driver);
    Rig.trigger(
        asset,
        Map.of(
            "valve", TypedValues.newBooleanValue(false),
            "speed", TypedValues.newIntegerValue(3), // mismatch: silently ignored
            "level", TypedValues.newIntegerValue(1), // cannot be written
            "other", TypedValues.newIntegerValue(1)));
    assertEquals("assetName=asset level=42 valve=true", rig.next());
    Rig.await(() -> driver.written.size() == 1);
    assertEquals("valve", driver.written.get(0).getChannelName());
    assertEquals(TypedValues.newBooleanValue(false), driver.written.get(0).getValue());
    assertEquals("valve", driver.written.get(0).getChannelConfig().get("+name"));
  }

  /** If deleted: a write that fails could end the flow of values, or be noticed by nobody. */
  @Test
  void writeErrorsAreLoggedAndCountedOnly() throws Exception {
    WireAsset asset = rig.asset(Rig.tank());
    FakeDriver driver = Rig.tankDriver(true);
    rig.attach(asset, driver);
    driver.hold();
    Rig.trigger(asset, Map.of("speed", TypedValues.newDoubleValue(1.5)));
    assertTrue(driver.held.await(10, TimeUnit.SECONDS));
    driver.gate.release(); // the read passes, the write hangs
    rig.next();
    Rig.await(() -> driver.atOnce.get() == 1);
    driver.broken.set(new ConnectionException("wire cut"));
    driver.release();
    Rig.await(() -> health().figures().get("writes.failed").equals(1L));
    assertTrue(rig.emitted.isEmpty());
    driver.broken.set(null);
    Rig.trigger(asset);
    assertEquals("assetName=asset level=42 valve=true", rig.next());
  }

  /** If deleted: commands for an asset without driver could vanish without a trace. */
  @Test
  void commandWithoutDriverIsCountedAsFailedWrite() throws Exception {
    WireAsset asset = rig.asset(Rig.tank());
    Rig.trigger(asset, Map.of("speed", TypedValues.newDoubleValue(1.5)));
    Rig.await(() -> health().figures().get("writes.failed").equals(1L));
    assertEquals(1L, health().figures().get("polls.failed"));
  }

  /** If deleted: a dead device would hold up the wire graph and fill the memory with triggers. */
  @Test
  void triggersDuringAReadAreCountedAsMissedAndNotQueuedAndTheStrandStaysFree() throws Exception {
    WireAsset asset = rig.asset(Rig.tank());
    FakeDriver driver = Rig.tankDriver(true);
    rig.attach(asset, driver);
    driver.hold();
    Rig.trigger(asset);
    assertTrue(driver.held.await(10, TimeUnit.SECONDS));
    for (int i = 0; i < 50; i++) {
      Rig.trigger(asset);
    }
    rig.settleValues(); // returns although the device hangs
    driver.release();
    assertEquals("assetName=asset level=42 valve=true", rig.next());
    rig.settleValues();
    assertTrue(rig.emitted.isEmpty());
    assertEquals(1, driver.reads.get());
    Map<String, Object> figures = health().figures();
    assertEquals(51L, figures.get("polls.asked"));
    assertEquals(1L, figures.get("polls.achieved"));
    assertEquals(50L, figures.get("polls.missed"));
    assertEquals(2L, figures.get("values.read"));
  }

  /** If deleted: a command that comes while a read hangs could be lost. */
  @Test
  void commandsThatArriveDuringAReadAreWrittenAfterIt() throws Exception {
    WireAsset asset = rig.asset(Rig.tank());
    FakeDriver driver = Rig.tankDriver(true);
    rig.attach(asset, driver);
    driver.hold();
    Rig.trigger(asset);
    assertTrue(driver.held.await(10, TimeUnit.SECONDS));
    Rig.trigger(asset, Map.of("speed", TypedValues.newDoubleValue(1.5)));
    driver.release();
    rig.next();
    Rig.await(() -> driver.written.size() == 1);
    assertEquals(TypedValues.newDoubleValue(1.5), driver.written.get(0).getValue());
  }

  /** If deleted: values could stop after a driver was replaced, or a read could hang for ever. */
  @Test
  void driverMayBeReplacedAtRunTimeAndTheReadInFlightEndsWithAnError() throws Exception {
    WireAsset asset =
        rig.asset(Rig.tank().set("emit.errors", true).set("emit.connection.errors", true));
    FakeDriver first = Rig.tankDriver(true);
    ServiceRegistration<Driver> registration = rig.attach(asset, first);
    first.hold();
    Rig.trigger(asset);
    assertTrue(first.held.await(10, TimeUnit.SECONDS));
    registration.unregister();
    assertEquals("assetError=the driver of asset asset has gone assetName=asset", rig.next());
    assertEquals(HealthState.Level.DEGRADED, health().level());
    assertTrue(health().reason().contains("driver driver is not there"), health().reason());
    rig.settle();
    assertEquals(0, first.preparedOpen.get());
    FakeDriver second = Rig.tankDriver(true);
    second.device.put("level", 43);
    rig.attach(asset, second);
    Rig.trigger(asset);
    assertEquals("assetName=asset level=43 level_error= valve=true valve_error=", rig.next());
    assertEquals(HealthState.Level.OK, health().level());
    assertEquals(1, rig.threads.lanes().size());
  }

  /** If deleted: each instance that is deleted could leave threads and registrations. */
  @Test
  void nothingIsLeftAfterTheAssetHasGone() throws Exception {
    WireAsset asset = rig.asset(Rig.tank().set("level#+listen", true).set("poll.interval.ms", 10L));
    FakeDriver driver = Rig.tankDriver(true);
    rig.attach(asset, driver);
    rig.next();
    asset.deactivate();
    Rig.await(() -> rig.strands.open().equals(Set.of("field/asset/lanes")));
    assertEquals(0, driver.preparedOpen.get());
    assertEquals(0, driver.listeners.size());
    assertEquals(0, rig.threads.lanes().size());
    assertNull(rig.context.getServiceReference(HealthSource.class));
  }

  /** If deleted: the asset would read only when somebody triggers it. */
  @Test
  void ownPollReadsWithoutTrigger() throws Exception {
    WireAsset asset = rig.asset(Rig.tank().set("poll.interval.ms", 20L));
    rig.attach(asset, Rig.tankDriver(true));
    Rig.await(() -> rig.emitted.size() >= 3);
    assertTrue((Long) health().figures().get("polls.achieved") >= 3);
    asset.deactivate();
  }

  /** If deleted: all assets of one interval could ask at the same moment. */
  @Test
  void pollsOfManyAssetsAreSpreadOverTheInterval() {
    var second = java.time.Duration.ofSeconds(1);
    long early =
        java.util.stream.IntStream.range(0, 1000)
            .filter(i -> AssetPoller.phase("asset-" + i, second).toMillis() < 500)
            .count();
    assertTrue(early > 400 && early < 600, early + " of 1000 in the first half");
  }

  /** If deleted: devices that speak first would stay unheard. */
  @Test
  void listenEmitsTheSingleChannelScaled() throws Exception {
    WireAsset asset =
        rig.asset(
            Rig.tank().set("level#+listen", true).set("level#+scale", "2").set("level#a", "b"));
    FakeDriver driver = Rig.tankDriver(true);
    rig.attach(asset, driver);
    assertEquals(1, driver.listeners.size());
    assertEquals("b", driver.listeners.values().iterator().next().get("a"));
    driver.report("level", 5);
    assertEquals("assetName=asset level=10", rig.next());
  }

  /** If deleted: emit.all.channels could emit single channels on events. */
  @Test
  void listenWithEmitAllChannelsTriggersAFullRead() throws Exception {
    WireAsset asset =
        rig.asset(Rig.tank().set("level#+listen", true).set("emit.all.channels", true));
    FakeDriver driver = Rig.tankDriver(true);
    rig.attach(asset, driver);
    driver.report("level", 5);
    assertEquals("assetName=asset level=42 valve=true", rig.next());
  }

  /** If deleted: two assets of one driver could call a driver that bears one call at a time. */
  @Test
  void driverIsCalledOnceAtATimeUnlessItDeclaresMore() throws Exception {
    FakeDriver driver = Rig.tankDriver(false);
    WireAsset one = rig.asset(Rig.tank());
    WireAsset two = rig.asset(Rig.tank().set("kura.service.pid", "two"));
    rig.attach(one, driver);
    for (int i = 0; i < 20; i++) {
      Rig.trigger(one);
      Rig.trigger(two);
      rig.next();
      rig.settleValues();
    }
    assertEquals(1, driver.mostAtOnce.get());
  }

  /** If deleted: a driver could be connected by two parties at once. */
  @Test
  void assetNeverCallsConnect() throws Exception {
    WireAsset asset = rig.asset(Rig.tank());
    FakeDriver driver = Rig.tankDriver(true);
    rig.attach(asset, driver);
    Rig.trigger(asset);
    rig.next();
    assertEquals(0, driver.connects.get());
  }

  /** If deleted: one broken channel or a general failure could look like health. */
  @Test
  void healthNamesFailingChannelsAndGeneralFailures() throws Exception {
    WireAsset asset = rig.asset(Rig.tank());
    FakeDriver driver = Rig.tankDriver(true);
    driver.device.put("level", new ChannelStatus(ChannelFlag.FAILURE, "no such register", null));
    rig.attach(asset, driver);
    Rig.trigger(asset);
    rig.next();
    assertEquals("1 of 2 channels fail; level: no such register", health().reason());
    driver.broken.set(new ConnectionException("wire cut"));
    Rig.trigger(asset);
    Rig.await(() -> health().reason().equals("cannot read: wire cut"));
    assertEquals(HealthState.Level.DEGRADED, health().level());
    assertEquals(3L, health().figures().get("values.failed"));
  }

  /** If deleted: an operator could take an old value for a fresh one. */
  @Test
  void statesOfChannelsKeepTheLastGoodValueWithItsTime() throws Exception {
    WireAsset asset = rig.asset(Rig.tank());
    FakeDriver driver = Rig.tankDriver(true);
    ServiceRegistration<Driver> registration = rig.attach(asset, driver);
    Rig.trigger(asset);
    rig.next();
    ChannelState level = asset.channelStates().get("level");
    assertEquals(Quality.GOOD, level.quality());
    driver.device.put("level", new ChannelStatus(ChannelFlag.FAILURE, "no such register", null));
    Rig.trigger(asset);
    rig.next();
    level = asset.channelStates().get("level");
    assertEquals(Quality.bad("no such register"), level.quality());
    assertEquals(Optional.of(TypedValues.newIntegerValue(42)), level.lastGood());
    assertEquals(Optional.of(Instant.ofEpochMilli(1_000)), level.lastGoodAt());
    assertEquals(
        Optional.of(java.time.Duration.ofSeconds(4)), level.age(Instant.ofEpochMilli(5_000)));
    assertEquals(Quality.GOOD, asset.channelStates().get("valve").quality());
    registration.unregister();
    Rig.trigger(asset);
    Rig.await(() -> asset.channelStates().get("valve").quality().level() == Quality.Level.BAD);
    assertEquals(Set.of("level", "valve"), asset.channelStates().keySet());
  }

  /** If deleted: a bad edit could take a running asset down, or be noticed by nobody. */
  @Test
  void unusableConfigurationKeepsTheOneBeforeAndShows() throws Exception {
    WireAsset asset = rig.asset(Rig.tank());
    rig.attach(asset, Rig.tankDriver(true));
    asset.reconfigure(Rig.tank().set("level#+scale", "much").map());
    assertEquals(HealthState.Level.FAILED, health().level());
    assertTrue(health().reason().contains("channel level: property +scale"), health().reason());
    Rig.trigger(asset);
    assertEquals("assetName=asset level=42 valve=true", rig.next());
    asset.reconfigure(Rig.tank().set("level#+scale", "2").map());
    rig.settle();
    assertEquals(HealthState.Level.OK, health().level());
    Rig.trigger(asset);
    assertEquals("assetName=asset level=84 valve=true", rig.next());
  }

  @Test
  void missingDriverPidIsANullPointerExceptionInUpdated() throws Exception {
    WireAsset asset = rig.asset(Rig.tank());
    assertThrows(NullPointerException.class, () -> asset.reconfigure(Map.of()));
    WireAsset other =
        rig.asset(new Props().set("kura.service.pid", "two").channel("a", "READ", "LONG"));
    assertEquals(
        "LONG", other.getConfiguration().getConfigurationProperties().get("a#+value.type"));
  }

  /** If deleted: a change of configuration during a read could lose that read. */
  @Test
  void configurationChangedDuringAReadLetsItEnd() throws Exception {
    WireAsset asset = rig.asset(Rig.tank());
    FakeDriver driver = Rig.tankDriver(true);
    rig.attach(asset, driver);
    driver.hold();
    Rig.trigger(asset);
    assertTrue(driver.held.await(10, TimeUnit.SECONDS));
    asset.reconfigure(Rig.tank().set("level#+scale", "2").map());
    rig.settle();
    driver.release();
    assertEquals("assetName=asset level=42 valve=true", rig.next());
    Rig.trigger(asset);
    assertEquals("assetName=asset level=84 valve=true", rig.next());
    Rig.await(() -> driver.preparedOpen.get() == 1);
  }

  /** If deleted: look-ups by pid, which consoles and add-ons use, could fail. */
  @Test
  @SuppressWarnings("deprecation")
  void servicesFindAssetsAndDriversByPid() {
    Driver driver = Rig.tankDriver(true);
    rig.register("driver", driver);
    Drivers drivers = new Drivers(rig.context);
    assertSame(driver, drivers.getDriver("driver"));
    assertEquals("driver", drivers.getDriverPid(driver));
    assertEquals(List.of(driver), drivers.listDrivers());
    assertNull(drivers.getDriver("other"));
    var descriptor = drivers.getDriverDescriptor("driver").orElseThrow();
    assertEquals("driver", descriptor.getPid());
    assertEquals("factory.driver", descriptor.getFactoryPid());
    assertEquals(1, ((List<?>) descriptor.getChannelDescriptor()).size());
    assertEquals(1, drivers.listDriverDescriptors().size());
    drivers.close();
    Assets assets = new Assets(rig.context);
    assertEquals(List.of(), assets.listAssets());
    assertNull(assets.getAsset("asset"));
    WireAsset asset = rig.asset(Rig.tank());
    var properties = new java.util.Hashtable<>(Map.of("kura.service.pid", "asset"));
    rig.context.registerService(org.eclipse.kura.asset.Asset.class, asset, properties);
    assertSame(asset, assets.getAsset("asset"));
    assertEquals("asset", assets.getAssetPid(asset));
    assertEquals(List.of(asset), assets.listAssets());
    assets.close();
  }

  /** If deleted: a caller of the API could wait for ever for a device that hangs. */
  @Test
  void callsOfTheApiDoNotNeedTheStrandAndEndWhenTheDriverGoes() throws Exception {
    WireAsset asset = rig.asset(Rig.tank());
    FakeDriver driver = Rig.tankDriver(true);
    ServiceRegistration<Driver> registration = rig.attach(asset, driver);
    driver.hold();
    CompletableFuture<List<ChannelRecord>> read =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return asset.readAllChannels();
              } catch (org.eclipse.kura.KuraException failure) {
                throw new IllegalStateException(failure);
              }
            });
    assertTrue(driver.held.await(10, TimeUnit.SECONDS));
    assertFalse(read.isDone());
    registration.unregister();
    assertThrows(Exception.class, () -> read.get(10, TimeUnit.SECONDS));
  }

  private HealthState health() {
    return rig.context.getService(rig.context.getServiceReference(HealthSource.class)).health();
  }
}
