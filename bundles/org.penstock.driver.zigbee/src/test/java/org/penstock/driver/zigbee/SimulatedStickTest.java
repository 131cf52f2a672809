package org.penstock.driver.zigbee;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;
import org.penstock.driver.zigbee.device.Device;
import org.penstock.simulator.zigbee.Protocol;
import org.penstock.simulator.zigbee.ZigBeeSimulator;
import org.penstock.simulator.zigbee.network.DeviceKind;
import org.penstock.simulator.zigbee.network.NetworkParameters;
import org.penstock.simulator.zigbee.network.VirtualNode;

/** The driver with the simulated sticks that zigbee-herdsman has tried. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SimulatedStickTest {

  private static final long PLUG = 0x00124B0001020301L;
  private static final byte[] KEY = {1, 3, 5, 7, 9, 11, 13, 15, 0, 2, 4, 6, 8, 10, 12, 13};

  @TempDir private Path home;
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (int i = open.size(); i-- > 0; ) {
      open.get(i).close();
    }
  }

  private record Started(ZigbeeDriver driver, HealthSource health) {}

  private Started start(String pid, ZigBeeSimulator stick, int channel, byte... key)
      throws Exception {
    List<HealthSource> shown = new ArrayList<>();
    ZigbeeDriver driver =
        new ZigbeeDriver(
            pid,
            home,
            new PlainStorage(),
            ZigbeeBench.config(stick.port(), channel),
            key,
            health -> {
              shown.add(health);
              return () -> {};
            });
    open.add(driver::stop);
    return new Started(driver, shown.get(0));
  }

  private ZigBeeSimulator stick(Protocol protocol) throws Exception {
    ZigBeeSimulator stick = ZigBeeSimulator.start(protocol);
    open.add(stick);
    return stick;
  }

  private static void until(Supplier<String> what, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, what);
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  private static void online(Started started) {
    until(
        () -> "not online: " + started.driver().linkState().reason(),
        () -> started.driver().linkState().online());
  }

  private static void join(Started started, ZigBeeSimulator stick, VirtualNode node)
      throws Exception {
    started
        .driver()
        .coordinator()
        .radioNow()
        .orElseThrow()
        .permitJoin(60)
        .get(10, TimeUnit.SECONDS);
    until(() -> "it is not open", () -> stick.network().isPermitted());
    assertTrue(stick.network().join(node));
    until(
        () -> "not interviewed: " + started.driver().setup().problem(node.ieee()),
        () ->
            started
                .driver()
                .coordinator()
                .devices()
                .device(node.ieee())
                .filter(Device::interviewed)
                .isPresent());
  }

  /** If deleted: a stick with ZNP could be taken for another, or not work at all. */
  @Test
  void stickWithZnpIsFoundOutDevicesJoinAndTheNetworkIsResumed() throws Exception {
    foundOutJoinedAndResumed(Protocol.ZNP_3_X_0);
  }

  /** If deleted: a stick with EZSP could be taken for another, or not work at all. */
  @Test
  @EnabledIfSystemProperty(named = "penstock.all", matches = "true") // the library starts in 6 s
  void stickWithEzspIsFoundOutDevicesJoinAndTheNetworkIsResumed() throws Exception {
    foundOutJoinedAndResumed(Protocol.EZSP_13);
  }

  private void foundOutJoinedAndResumed(Protocol protocol) throws Exception {
    ZigBeeSimulator stick = stick(protocol);
    VirtualNode plug = stick.network().add(DeviceKind.PLUG, PLUG);
    Started first = start("one", stick, 20, KEY);
    online(first);
    assertFalse(stick.network().isPermitted(), "the network is open by itself");
    assertEquals(20, stick.network().parameters().channel());
    assertArrayEquals(KEY, stick.network().parameters().key());
    join(first, stick, plug);
    first.driver().write(List.of(new ZigbeeBench(home).write().orElseThrow()));
    assertEquals(1, plug.endpoint(1).get(6, 0));
    NetworkParameters network = stick.network().parameters();
    long counter = stick.network().frameCounter();
    first.driver().stop();
    Started again = start("one", stick, 20, KEY);
    online(again);
    assertEquals(1, stick.network().forms());
    assertEquals(network.panId(), stick.network().parameters().panId());
    assertTrue(stick.network().frameCounter() >= counter);
    assertEquals(HealthState.Level.OK, again.health().health().level());
  }

  /** If deleted: somebody could change the key, think the network safe, and it would be the old one. */
  @ParameterizedTest
  @EnumSource(names = {"ZNP_3_X_0", "ZNP_1_2"})
  void settingsWithoutEffectOnANetworkThatIsThereAreTold(Protocol protocol) throws Exception {
    settingsAreTold(protocol);
  }

  /** If deleted: the same with EZSP, whose key the library can't tell. */
  @Test
  @EnabledIfSystemProperty(named = "penstock.all", matches = "true")
  void settingsWithoutEffectAreToldWithEzspToo() throws Exception {
    settingsAreTold(Protocol.EZSP_13);
  }

  private void settingsAreTold(Protocol protocol) throws Exception {
    ZigBeeSimulator stick = stick(protocol);
    Started first = start("one", stick, 15, KEY);
    online(first);
    assertEquals("", first.health().health().reason());
    first.driver().stop();
    byte[] other = KEY.clone();
    other[0] = 99;
    Started changed = start("one", stick, 25, other);
    online(changed);
    HealthState state = changed.health().health();
    assertEquals(HealthState.Level.DEGRADED, state.level());
    assertTrue(state.reason().contains("channel 25 has no effect"), state.reason());
    assertTrue(state.reason().contains("network.key has no effect"), state.reason());
    assertEquals(15, stick.network().parameters().channel());
    assertEquals(1, stick.network().forms());
  }

  /** If deleted: a broken stick could cost all devices their network. */
  @ParameterizedTest
  @EnumSource(names = {"ZNP_3_X_0", "ZNP_3_0_X", "ZNP_1_2"})
  void backupMakesABlankStickTheSameCoordinator(Protocol protocol) throws Exception {
    aBlankStickGoesOn(protocol);
  }

  /** If deleted: the same with EZSP, whose keys the library cannot read. */
  @Test
  @EnabledIfSystemProperty(named = "penstock.all", matches = "true")
  void backupMakesABlankStickWithEzspTheSameCoordinator() throws Exception {
    aBlankStickGoesOn(Protocol.EZSP_13);
  }

  private void aBlankStickGoesOn(Protocol protocol) throws Exception {
    ZigBeeSimulator old = stick(protocol);
    Started first = start("one", old, 20, KEY);
    online(first);
    Coordinator coordinator = first.driver().coordinator();
    coordinator
        .backup()
        .write(coordinator.stickNow().orElseThrow().backup(), coordinator.devices().all());
    Path file = home.resolve("zigbee/one.backup.json");
    assertTrue(Files.readString(file).contains("zigpy/open-coordinator-backup"));
    long counter = old.network().frameCounter();
    first.driver().stop();
    ZigBeeSimulator blank = stick(protocol);
    Started second = start("one", blank, 11, new byte[0]);
    online(second);
    NetworkParameters restored = blank.network().parameters();
    assertEquals(old.network().parameters().panId(), restored.panId());
    assertEquals(old.network().parameters().extendedPanId(), restored.extendedPanId());
    assertEquals(20, restored.channel());
    assertArrayEquals(KEY, restored.key());
    assertTrue(blank.network().frameCounter() > counter, "devices would not hear it");
  }

  /** If deleted: an add-on for sticks of another firmware could break those that run. */
  @Test
  @EnabledIfSystemProperty(named = "penstock.all", matches = "true")
  void sticksWithEzspDoNotShareTheLibrarysState() throws Exception {
    Started one = start("one", stick(Protocol.EZSP_13), 15);
    Started two = start("two", stick(Protocol.EZSP_13), 15);
    online(one);
    online(two);
    one.driver().stop();
    assertTrue(
        two.driver()
            .coordinator()
            .stickNow()
            .orElseThrow()
            .ping()
            .handle((r, e) -> e == null)
            .get(20, TimeUnit.SECONDS));
  }
}
