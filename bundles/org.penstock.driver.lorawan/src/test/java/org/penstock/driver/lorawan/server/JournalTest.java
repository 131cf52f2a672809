package org.penstock.driver.lorawan.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.storage.SegmentedLog;
import org.penstock.core.storage.CrashPoints;
import org.penstock.core.storage.RecordingDisk;
import org.penstock.driver.lorawan.codec.Eui;
import org.penstock.driver.lorawan.simulator.VirtualDevice;

/**
 * Counters and DevNonces through every crash. If deleted: a recorded frame could be believed after a
 * power cut, or a device be locked out by it.
 */
class JournalTest {

  private static final byte[] DATA = {1};

  @TempDir Path folder;

  /** What the outside world knew: the counter of an uplink that was given on, or -1 for the join. */
  @Test
  void afterAnyCrashNoFrameIsTakenTwiceAndTheNextOneIsTaken() throws Exception {
    Path live = Files.createDirectories(folder.resolve("live"));
    RecordingDisk disk = new RecordingDisk(live);
    VirtualDevice device = new VirtualDevice(Eui.parse("00000000000000a1"));
    List<DeviceConfig> devices = List.of(Rig.otaa(device, false));
    List<byte[]> frames = new ArrayList<>();
    byte[] join;
    try (Rig rig = new Rig(RecordingDisk.storage(disk), live, devices)) {
      rig.gateway(Rig.ONE);
      join = device.joinRequest();
      rig.hears(join);
      device.joined(rig.nextSent().bytes());
      disk.mark(-1L);
      for (int i = 0; i < 12; i++) {
        frames.add(device.up(1, DATA));
        rig.hears(frames.get(i));
        disk.mark(rig.nextUplink().counter());
      }
    }
    byte[] next = device.up(1, DATA);
    int points =
        CrashPoints.each(
            disk,
            folder.resolve("after"),
            1,
            (state, known) -> check(state, known, devices, join, frames, next));
    assertTrue(points > 60, "crash points: " + points);
  }

  private static void check(
      Path state,
      List<Object> known,
      List<DeviceConfig> devices,
      byte[] join,
      List<byte[]> frames,
      byte[] next)
      throws Exception {
    if (known.isEmpty()) {
      return; // nobody had heard of the join
    }
    try (Rig rig = new Rig(CrashPoints.quick(), state, devices)) {
      rig.gateway(Rig.ONE);
      rig.hears(join);
      for (int i = 0; i < known.size() - 1; i++) {
        rig.hears(frames.get(i)); // all that were given on, recorded by somebody
      }
      rig.settle();
      assertEquals(0, rig.counters.of("joins.accepted"), "a DevNonce was good twice");
      assertEquals(0, rig.counters.of("uplinks.accepted"), "a frame was believed twice");
      rig.hears(next);
      assertEquals(12, rig.nextUplink().counter());
    }
  }

  @Test
  void whatCountsIsKeptWhenTheJournalIsShortened() throws Exception {
    Eui device = new Eui(7);
    try (Journal journal = new Journal(CrashPoints.quick(), folder.resolve("j"))) {
      journal.use(device, 4711);
      for (int i = 0; i < 500_000; i++) {
        journal.keep(device, new Session(1, 2, 3, i, i, 1, 0, 0));
      }
      journal
          .keep(device, new Session(1, 2, 3, 500_000, 7, 5, 1, 3))
          .toCompletableFuture()
          .get(20, java.util.concurrent.TimeUnit.SECONDS);
      assertEquals(0, journal.failedTruncations());
    }
    long bytes;
    try (var files = Files.walk(folder.resolve("j"))) {
      bytes = files.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum();
    }
    assertTrue(bytes < 20 << 20, "the journal has " + bytes + " bytes");
    try (Journal journal = new Journal(CrashPoints.quick(), folder.resolve("j"))) {
      assertEquals(new Session(1, 2, 3, 500_000, 7, 5, 1, 3), journal.session(device));
      assertTrue(journal.isUsed(device, 4711));
    }
  }

  /** A log of one device, 17 MiB long until it is shortened, whose copies can fail. */
  private static final class FailingLog implements SegmentedLog {
    private final List<CompletableFuture<Void>> forces = new ArrayList<>();
    private final List<Long> truncations = new ArrayList<>();
    private int failAppend = -1;
    private long bytes = 17 << 20;

    @Override
    public Appended append(byte[] content) throws IOException {
      if (forces.size() == failAppend) {
        failAppend = -1;
        throw new IOException("No space left on device");
      }
      bytes += content.length;
      forces.add(new CompletableFuture<>());
      return new Appended(forces.size() - 1, forces.get(forces.size() - 1));
    }

    @Override
    public void truncateBefore(long position) {
      truncations.add(position);
      bytes = 1000;
    }

    @Override
    public long bytes() {
      return bytes;
    }

    @Override
    public void hurry() {
      throw new IllegalStateException("nothing is in a hurry");
    }

    @Override
    public byte[] read(long position) {
      throw new IllegalStateException("nothing is read");
    }

    @Override
    public void replay(Reader reader) {
      // it is new
    }

    @Override
    public long damaged() {
      return 0;
    }

    @Override
    public void close() {
      // nothing is open
    }

    DurableStorage storage() {
      return (DurableStorage)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {DurableStorage.class},
              (proxy, method, arguments) -> this);
    }
  }

  private static Session session(int up) {
    return new Session(1, 2, 3, up, up, 1, 0, 0);
  }

  @Test
  void aShorteningWhoseForceFailedIsTriedAgain() throws Exception {
    FailingLog log = new FailingLog();
    Journal journal = new Journal(log.storage(), folder);
    journal.keep(new Eui(7), session(1));
    assertEquals(2, log.forces.size(), "the record and its copy");
    log.forces.get(1).completeExceptionally(new IOException("the disk failed"));
    assertEquals(List.of(), log.truncations);
    journal.keep(new Eui(7), session(2));
    assertEquals(3, log.forces.size(), "not with each record anew");
    log.bytes += 1 << 20;
    journal.keep(new Eui(7), session(3));
    log.forces.get(4).complete(null);
    assertEquals(List.of(4L), log.truncations);
  }

  @Test
  void aShorteningThatFindsTheDiskFullIsTriedAgainAndFailsNoRecord() throws Exception {
    FailingLog log = new FailingLog();
    Journal journal = new Journal(log.storage(), folder);
    log.failAppend = 1;
    CompletableFuture<Void> kept = journal.keep(new Eui(7), session(1)).toCompletableFuture();
    assertFalse(kept.isDone(), "the record itself is in the log");
    log.bytes += 1 << 20;
    journal.keep(new Eui(7), session(2));
    log.forces.get(2).complete(null);
    assertEquals(List.of(2L), log.truncations);
  }

  @Test
  void nothingIsDroppedUntilEveryCopyIsOnDisk() throws Exception {
    FailingLog log = new FailingLog();
    Journal journal = new Journal(log.storage(), folder);
    log.bytes = 0;
    journal.use(new Eui(7), 4711);
    log.bytes = 17 << 20;
    journal.keep(new Eui(7), session(1));
    log.forces.get(3).complete(null); // the session's, the last one
    assertEquals(List.of(), log.truncations, "the DevNonce's copy is not on disk");
    log.forces.get(2).complete(null);
    assertEquals(List.of(2L), log.truncations);
  }
}
