package org.penstock.api.storage;

import java.time.Duration;

/**
 * How a segmented log is kept.
 *
 * @param segmentBytes size at which a new segment file is begun, 4 KiB or more
 * @param groupCommit longest time that an appended record waits for its force; zero forces each
 *     append by itself
 */
public record LogOptions(int segmentBytes, Duration groupCommit) {

  /** Segments of 8 MiB, one force for all appends of 10 ms. */
  public static final LogOptions DEFAULT = new LogOptions(8 << 20, Duration.ofMillis(10));
}
