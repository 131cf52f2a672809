package org.penstock.core.system.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.storage.LogOptions;
import org.penstock.api.storage.SegmentedLog;

/** Without it a box that wakes up in 1970 would stamp its data with confidence. */
class ClockWatchTest {

  private static final Instant BUILT = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path folder;
  private final AtomicLong wall =
      new AtomicLong(Instant.parse("2026-06-01T00:00:00Z").toEpochMilli());
  private final AtomicLong nanos = new AtomicLong();

  private ClockWatch watch() {
    DurableStorage storage =
        new DurableStorage() {
          @Override
          public void replace(Path file, Content content) throws IOException {
            try (OutputStream out = Files.newOutputStream(file)) {
              content.writeTo(out);
            }
          }

          @Override
          public void delete(Path file) {
            throw new IllegalStateException("not used here");
          }

          @Override
          public SegmentedLog openLog(Path path, LogOptions options) {
            throw new IllegalStateException("not used here");
          }
        };
    return new ClockWatch(folder.resolve("clock"), BUILT, storage, wall::get, nanos::get);
  }

  private void pass(Duration time) {
    wall.addAndGet(time.toMillis());
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void aClockBeforeTheSoftwareWasBuiltIsNotTrustedUntilItIsSet() throws IOException {
    wall.set(0);
    ClockWatch watch = watch();
    assertFalse(watch.trusted());
    pass(Duration.ofSeconds(1));
    assertEquals(Duration.ZERO, watch.look());
    wall.set(BUILT.toEpochMilli() + 5);
    assertTrue(watch.look().toDays() > 10_000);
    assertTrue(watch.trusted());
    assertEquals(1, watch.jumps());
  }

  @Test
  void aClockBeforeTheLastRunIsNotTrusted() throws IOException {
    ClockWatch first = watch();
    pass(Duration.ofMinutes(10));
    first.look();
    wall.addAndGet(-Duration.ofDays(1).toMillis());
    ClockWatch again = watch();
    assertFalse(again.trusted());
    wall.addAndGet(Duration.ofDays(2).toMillis());
    assertTrue(again.trusted());
  }

  @Test
  void anUntrustedTimeIsNeverNoted() throws IOException {
    wall.set(1000);
    ClockWatch watch = watch();
    pass(Duration.ofMinutes(11));
    watch.look();
    assertFalse(Files.exists(folder.resolve("clock")));
  }

  @Test
  void aClockThatWasFarAheadForAMomentMadeTheRightTimeWrongForEver() throws IOException {
    ClockWatch watch = watch();
    wall.addAndGet(Duration.ofDays(3000).toMillis());
    pass(Duration.ofMinutes(9));
    watch.look();
    pass(Duration.ofMinutes(9));
    watch.look();
    wall.addAndGet(-Duration.ofDays(3000).toMillis());
    watch.look();
    pass(Duration.ofMinutes(10));
    watch.look();
    assertTrue(watch().trusted());
    assertTrue(Files.exists(folder.resolve("clock")), "the right time is noted");
  }

  @Test
  void timeThatGoesByIsNoJumpAndSmallCorrectionsAreNone() throws IOException {
    ClockWatch watch = watch();
    pass(Duration.ofHours(5));
    assertEquals(Duration.ZERO, watch.look());
    wall.addAndGet(900);
    assertEquals(Duration.ZERO, watch.look());
    wall.addAndGet(-Duration.ofHours(1).toMillis());
    assertEquals(Duration.ofHours(-1), watch.look());
    assertEquals(1, watch.jumps());
    assertEquals(wall.get(), watch.lastSet().orElseThrow().toEpochMilli());
  }

  @Test
  void theBuildTimeComesFromTheVersionsQualifier() {
    assertEquals(Instant.parse("2026-05-04T03:02:00Z"), KuraClock.built("202605050302"));
    assertEquals(Instant.parse("2025-01-01T00:00:00Z"), KuraClock.built(""));
  }
}
