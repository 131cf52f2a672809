package org.penstock.core.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.configuration.Password;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.penstock.api.configuration.TimedApply.Pending;
import org.penstock.api.storage.DurableStorage;
import org.penstock.core.security.KeyRotator;
import org.penstock.core.storage.CrashPoints;
import org.penstock.core.storage.FileStorage;
import org.penstock.core.storage.RecordingDisk;

/**
 * Every prefix of what is written. Without it a power cut during a change could leave half a
 * configuration, or none.
 */
class CrashPointTest {

  private static final int MIXTURES = 12;

  @TempDir Path folder;
  private final DeviceCrypto crypto = new DeviceCrypto("0123456789abcdef");
  private Path live;

  @BeforeEach
  void live() throws IOException {
    live = Files.createDirectories(folder.resolve("live"));
  }

  /** All values of a configuration carry the same version: a mix would show. */
  private static Map<String, Object> version(int i) {
    return Map.of("speed", i, "note", "version " + i + " " + "x".repeat(600));
  }

  private Box box(Path home, DurableStorage storage, long now) {
    return new Box(home.resolve("snapshots"), storage, crypto, new long[] {now}, 4);
  }

  private Box running(DurableStorage storage, long now) {
    Box box = box(live, storage, now).start(null).define();
    box.activate(Box.SINGLETON);
    return box;
  }

  /** The version that a start from this state gives; 50 is the default. */
  private int started(Path state) {
    Box box = box(state, CrashPoints.quick(), 50_000).start(null).define();
    Map<String, Object> given = box.given(Box.SINGLETON);
    int speed = (Integer) given.get("speed");
    if (speed != 50) {
      assertEquals(version(speed).get("note"), given.get("note"), "one whole configuration");
    }
    return speed;
  }

  private static int last(List<Object> known) {
    return known.isEmpty() ? 0 : (Integer) known.get(known.size() - 1);
  }

  @Test
  void everyPrefixOfSnapshotWriteAndRollbackStartsWithOneCompleteConfigurationOldOrNew()
      throws Exception {
    RecordingDisk disk = new RecordingDisk(live);
    Box box = running(RecordingDisk.storage(disk), 1000);
    for (int i = 1; i <= 6; i++) {
      box.service.updateConfiguration(Box.SINGLETON, version(i));
      disk.mark(i);
    }
    box.service.rollback(1004);
    disk.mark(5);
    int points =
        CrashPoints.each(
            disk,
            folder.resolve("after"),
            MIXTURES,
            (state, known) -> {
              int found = started(state);
              boolean rollingBack = last(known) == 6 && found == 5;
              boolean first = last(known) == 0 && found == 50;
              assertTrue(
                  found == last(known) || found == last(known) + 1 || rollingBack || first,
                  "known " + last(known) + ", found " + found);
            });
    assertTrue(points > 500, "crash points: " + points);
  }

  @Test
  void everyPrefixOfATimedApplyStartsWithTheOldOneUntilItIsConfirmed() throws Exception {
    running(new FileStorage(), 1000).service.updateConfiguration(Box.SINGLETON, version(1));
    RecordingDisk disk = new RecordingDisk(live);
    Box box = running(RecordingDisk.storage(disk), 2000);
    Pending reverted = apply(box, 2);
    disk.mark("applied");
    box.timed.revert(reverted.token());
    Pending confirmed = apply(box, 3);
    box.timed.confirm(confirmed.token());
    disk.mark("confirmed");
    Pending late = apply(box, 4);
    box.service.snapshot(); // somebody else's, with the unconfirmed values in it
    assertEquals(late.token(), box.timed.pending().orElseThrow().token());
    box.strand.elapse();
    int points =
        CrashPoints.each(
            disk,
            folder.resolve("after"),
            MIXTURES,
            (state, known) -> {
              int found = started(state);
              boolean isConfirmed = known.contains("confirmed");
              assertTrue(
                  found == 3 || !isConfirmed && found == 1, known + " and then found " + found);
              assertEquals(found, started(state), "a second start finds the same");
            });
    assertTrue(points > 500, "crash points: " + points);
  }

  /** What is changed under a hold takes its own snapshot, which counts once it is confirmed. */
  @Test
  void everyPrefixOfAHoldStartsWithTheOldOneUntilItIsConfirmed() throws Exception {
    running(new FileStorage(), 1000).service.updateConfiguration(Box.SINGLETON, version(1));
    RecordingDisk disk = new RecordingDisk(live);
    Box box = running(RecordingDisk.storage(disk), 2000);
    Pending held = box.timed.hold(Duration.ofSeconds(60));
    disk.mark("held");
    box.service.updateConfiguration(Box.SINGLETON, version(2), true);
    box.timed.confirm(held.token());
    disk.mark("confirmed");
    int points =
        CrashPoints.each(
            disk,
            folder.resolve("after"),
            MIXTURES,
            (state, known) -> {
              int found = started(state);
              boolean isConfirmed = known.contains("confirmed");
              assertTrue(
                  found == 2 || !isConfirmed && found == 1, known + " and then found " + found);
              assertEquals(found, started(state), "a second start finds the same");
            });
    assertTrue(points > 50, "crash points: " + points);
  }

  private static Pending apply(Box box, int version) throws Exception {
    return box.timed.apply(
        List.of(Box.configuration(Box.SINGLETON, version(version))), Duration.ofSeconds(60));
  }

  @Test
  void everyPrefixOfProvisioningStartsWithTheOldOneOrAllOfTheFragments() throws Exception {
    running(new FileStorage(), 1000).service.updateConfiguration(Box.SINGLETON, version(1));
    Path fragments = Files.createDirectories(live.resolve("provision"));
    Files.writeString(fragments.resolve("10-a.xml"), fragment("speed", "Integer", "2"));
    Files.writeString(
        fragments.resolve("20-b.xml"), fragment("note", "String", (String) version(2).get("note")));
    RecordingDisk disk = new RecordingDisk(live);
    running(RecordingDisk.storage(disk), 2000);
    disk.mark(2);
    int points =
        CrashPoints.each(
            disk,
            folder.resolve("after"),
            40,
            (state, known) -> assertEquals(2, started(state), "provisioned at the next start"));
    assertTrue(points > 200, "crash points: " + points);
    // and without the folder: what is there is the old one or the new one
    CrashPoints.each(
        disk,
        folder.resolve("without"),
        40,
        (state, known) -> {
          for (String name : List.of("10-a.xml", "20-b.xml")) {
            Files.delete(state.resolve("provision").resolve(name));
          }
          int found = started(state);
          assertTrue(found == 2 || found == 1 && known.isEmpty(), known + ", found " + found);
        });
  }

  private static String fragment(String key, String type, String value) {
    return "<esf:configurations xmlns:esf=\"http://eurotech.com/esf/2.0\"><esf:configuration pid=\""
        + Box.SINGLETON
        + "\"><esf:properties><esf:property name=\""
        + key
        + "\" type=\""
        + type
        + "\"><esf:value>"
        + value
        + "</esf:value></esf:property></esf:properties></esf:configuration></esf:configurations>";
  }

  private static BundleContext context(Path home) {
    return (BundleContext)
        Proxy.newProxyInstance(
            BundleContext.class.getClassLoader(),
            new Class<?>[] {BundleContext.class},
            (proxy, method, arguments) ->
                arguments != null && "penstock.home".equals(arguments[0]) ? home.toString() : null);
  }

  @Test
  void everyPrefixOfAKeyRotationStartsWithEverySecretReadable() throws Exception {
    RecordingDisk disk = new RecordingDisk(live);
    DurableStorage storage = RecordingDisk.storage(disk);
    var device = new org.penstock.core.security.DeviceCrypto(context(live), storage);
    device.setKeyStorePassword("/a.p12", "store".toCharArray());
    Box box =
        new Box(live.resolve("snapshots"), storage, device, new long[] {1000}, 4)
            .start(null)
            .define();
    box.service.createFactoryConfiguration(
        Box.FACTORY, "d1", Map.of("host", "h", "key", new Password("s3cret")), true);
    disk.mark("there");
    KeyRotator rotator = new KeyRotator(context(live), device, storage);
    rotator.bind(box.sealed);
    byte[] before = Files.readAllBytes(live.resolve("keys/device.key"));
    for (int i = 0; i < 2; i++) {
      rotator.rotate();
    }
    byte[] after = Files.readAllBytes(live.resolve("keys/device.key"));
    assertEquals(16, after.length);
    assertTrue(!java.util.Arrays.equals(before, after), "another key");
    int points =
        CrashPoints.each(
            disk,
            folder.resolve("after"),
            6,
            (state, known) -> {
              if (known.isEmpty()) {
                return;
              }
              var crypto =
                  new org.penstock.core.security.DeviceCrypto(context(state), CrashPoints.quick());
              assertEquals("store", new String(crypto.getKeyStorePassword("/a.p12")));
              Box again =
                  new Box(
                          state.resolve("snapshots"),
                          CrashPoints.quick(),
                          crypto,
                          new long[] {90_000},
                          4)
                      .start(null)
                      .define();
              String sealed = (String) again.given("d1").get("key");
              assertEquals("s3cret", new String(crypto.decryptAes(sealed.toCharArray())));
            });
    assertTrue(points > 300, "crash points: " + points);
  }
}
