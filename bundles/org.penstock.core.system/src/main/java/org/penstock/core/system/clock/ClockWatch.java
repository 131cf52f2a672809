package org.penstock.core.system.clock;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.penstock.api.storage.DurableStorage;

/** Compares the wall clock with what is known to be past, and with the time that goes by. */
final class ClockWatch {

  static final Duration JUMP = Duration.ofSeconds(2);
  private static final Duration NOTE = Duration.ofMinutes(10);

  private final Path file;
  private final DurableStorage storage;
  private final LongSupplier wall;
  private final LongSupplier nanos;
  private final AtomicLong past;
  private final AtomicLong jumps = new AtomicLong();
  private final AtomicReference<Instant> lastSet = new AtomicReference<>();
  private final AtomicReference<Look> last;
  private final AtomicLong noted;

  private record Look(long wall, long nanos) {}

  /**
   * @param built no box can be older than its software
   * @param wall milliseconds since 1970
   */
  ClockWatch(
      Path file, Instant built, DurableStorage storage, LongSupplier wall, LongSupplier nanos) {
    this.file = file;
    this.storage = storage;
    this.wall = wall;
    this.nanos = nanos;
    this.past = new AtomicLong(Math.max(built.toEpochMilli(), read(file)));
    this.last = new AtomicReference<>(new Look(wall.getAsLong(), nanos.getAsLong()));
    this.noted = new AtomicLong(wall.getAsLong());
  }

  private static long read(Path file) {
    try {
      return Files.exists(file) ? Long.parseLong(Files.readString(file).trim()) : 0;
    } catch (IOException | NumberFormatException e) {
      return 0; // damaged: the software's age still counts
    }
  }

  /** What is known to be past. */
  Instant past() {
    return Instant.ofEpochMilli(past.get());
  }

  boolean trusted() {
    return wall.getAsLong() >= past.get();
  }

  long jumps() {
    return jumps.get();
  }

  /** When the clock was last set, as far as it was seen. */
  Optional<Instant> lastSet() {
    return Optional.ofNullable(lastSet.get());
  }

  /**
   * Looks at the clock; notes a trusted time that has run for ten minutes without a jump. A time that
   * was wrongly far ahead for a moment would make the right one wrong for ever.
   *
   * @return by how much the clock jumped since the last look; zero when it did not
   */
  Duration look() throws IOException {
    Look now = new Look(wall.getAsLong(), nanos.getAsLong());
    Look before = last.getAndSet(now);
    Duration gone = Duration.ofNanos(now.nanos() - before.nanos());
    Duration jump = Duration.ofMillis(now.wall() - before.wall()).minus(gone);
    boolean jumped = jump.abs().compareTo(JUMP) > 0;
    if (jumped) {
      jumps.incrementAndGet();
      lastSet.set(Instant.ofEpochMilli(now.wall()));
      noted.set(now.wall());
    }
    if (now.wall() >= past.get() && now.wall() - noted.get() >= NOTE.toMillis()) {
      noted.set(now.wall());
      storage.replace(file, Long.toString(now.wall()).getBytes(StandardCharsets.US_ASCII));
    }
    return jumped ? jump : Duration.ZERO;
  }
}
