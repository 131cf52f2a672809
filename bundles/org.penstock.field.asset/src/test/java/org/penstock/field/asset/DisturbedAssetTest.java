package org.penstock.field.asset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;

/** What comes between while an asset is read. */
class DisturbedAssetTest {

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

  /** If deleted: a value that is reported while a read runs could go out with the next report only. */
  @Test
  void anEventWhileAReadRunsIsFollowedByAnotherRead() throws Exception {
    WireAsset asset =
        rig.asset(Rig.tank().set("level#+listen", true).set("emit.all.channels", true));
    FakeDriver driver = Rig.tankDriver(true);
    rig.attach(asset, driver);
    driver.hold();
    driver.report("level", 5);
    assertTrue(driver.held.await(10, TimeUnit.SECONDS));
    driver.report("level", 6);
    rig.settleValues();
    driver.release();
    assertEquals("assetName=asset level=42 valve=true", rig.next());
    assertEquals("assetName=asset level=42 valve=true", rig.next());
    rig.settleValues();
    assertEquals(2, driver.reads.get());
  }

  /** If deleted: a channel that is no more could be shown with its last value for ever. */
  @Test
  void aChannelThatIsTakenAwayWhileItIsReadIsForgotten() throws Exception {
    WireAsset asset = rig.asset(Rig.tank());
    FakeDriver driver = Rig.tankDriver(true);
    rig.attach(asset, driver);
    driver.hold();
    Rig.trigger(asset);
    assertTrue(driver.held.await(10, TimeUnit.SECONDS));
    asset.reconfigure(
        Props.asset()
            .set("timestamp.mode", "NO_TIMESTAMPS")
            .channel("valve", "READ_WRITE", "BOOLEAN")
            .map());
    rig.settle();
    driver.release();
    assertEquals("assetName=asset valve=true", rig.next());
    rig.settleValues();
    assertEquals(Set.of("valve"), asset.channelStates().keySet());
  }

  /** If deleted: whoever is told of values could stop all of them by an error of his own. */
  @Test
  void aWatchThatThrowsKeepsNoValueFromTheOthers() throws Exception {
    Queue<String> told = new ConcurrentLinkedQueue<>();
    rig.threads.watch(
        (pid, states) -> {
          throw new IllegalStateException("a bug");
        });
    rig.threads.watch((pid, states) -> told.add(pid + states.keySet()));
    WireAsset asset = rig.asset(Rig.tank());
    rig.attach(asset, Rig.tankDriver(true));
    Rig.trigger(asset);
    assertEquals("assetName=asset level=42 valve=true", rig.next());
    assertEquals(1, told.size());
  }

  /** If deleted: after a burst the gateway could show an old value until the device speaks again. */
  @Test
  void theLatestEventOfEachChannelIsKeptWhenTooManyWait() throws Exception {
    Props props = Rig.tank().channel("flow", "READ", "INTEGER");
    WireAsset asset = rig.asset(props.set("level#+listen", true).set("flow#+listen", true));
    FakeDriver driver = Rig.tankDriver(true);
    rig.attach(asset, driver);
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    rig.strands
        .named("field/asset/asset")
        .execute(
            () -> {
              held.countDown();
              awaitQuietly(go);
            });
    assertTrue(held.await(10, TimeUnit.SECONDS));
    for (int i = 1; i <= 3_000; i++) {
      driver.report("level", i);
    }
    driver.report("flow", 7);
    assertTrue(rig.strands.named("field/asset/asset").waiting() <= 1_025);
    go.countDown();
    rig.settleValues();
    rig.settleValues();
    assertEquals(
        Optional.of(TypedValues.newIntegerValue(3_000)),
        asset.channelStates().get("level").lastGood());
    assertEquals(
        Optional.of(TypedValues.newIntegerValue(7)), asset.channelStates().get("flow").lastGood());
    assertEquals(1_026, rig.emitted.size(), "1024 in order, then the latest of two channels");
    assertEquals(3_000L - 1_024 - 1, health().figures().get("inputs.dropped"));
    driver.report("level", 1);
    rig.settleValues();
    assertEquals(1_027, rig.emitted.size(), "afterwards all as before");
    asset.deactivate();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private HealthState health() throws Exception {
    var reference = rig.context.getServiceReferences(HealthSource.class, null).iterator().next();
    return rig.context.getService(reference).health();
  }

  /** A channel with a space in its name was passed over, as on Kura, and nobody was told. */
  @Test
  void aChannelThatIsPassedOverForItsNameIsTold() throws Exception {
    WireAsset asset = rig.asset(Rig.tank().channel("water level", "READ", "INTEGER"));
    rig.attach(asset, Rig.tankDriver(true));
    Rig.trigger(asset);
    assertEquals("assetName=asset level=42 valve=true", rig.next());
    assertEquals(HealthState.Level.DEGRADED, health().level());
    assertTrue(health().reason().contains("'water level'"), health().reason());
    asset.reconfigure(Rig.tank().map());
    assertEquals(HealthState.Level.OK, health().level());
    asset.deactivate();
  }
}
