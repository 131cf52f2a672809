package org.penstock.field.asset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  private static Props tank() {
    return Props.asset()
        .set("timestamp.mode", "NO_TIMESTAMPS")
        .channel("level", "READ", "INTEGER")
        .channel("valve", "READ_WRITE", "BOOLEAN")
        .channel("speed", "WRITE", "DOUBLE");
  }

  private static FakeDriver tankDriver(boolean prepares) {
    FakeDriver driver = new FakeDriver(prepares);
    driver.device.put("level", 42);
    driver.device.put("valve", true);
    return driver;
  }

  /** If deleted: a value that is reported while a read runs could go out with the next report only. */
  @Test
  void anEventWhileAReadRunsIsFollowedByAnotherRead() throws Exception {
    WireAsset asset = rig.asset(tank().set("level#+listen", true).set("emit.all.channels", true));
    FakeDriver driver = tankDriver(true);
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
    WireAsset asset = rig.asset(tank());
    FakeDriver driver = tankDriver(true);
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
    WireAsset asset = rig.asset(tank());
    rig.attach(asset, tankDriver(true));
    Rig.trigger(asset);
    assertEquals("assetName=asset level=42 valve=true", rig.next());
    assertEquals(1, told.size());
  }
}
