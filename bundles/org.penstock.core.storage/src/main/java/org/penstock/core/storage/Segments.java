package org.penstock.core.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.penstock.api.storage.SegmentedLog;

/** The segments of one log, by position; all but the active one are only read. One thread at a time. */
final class Segments {

  private final Disk disk;
  private final Path folder;
  private final NavigableMap<Long, Segment> all = new TreeMap<>();
  private final Map<Segment, Long> sizes = new HashMap<>(); // of all but the active one
  private final AtomicLong bytes = new AtomicLong(); // their sum
  private Reading reading; // the last one that was read from, kept open; or null

  /** Orders what is in the folder; of two segments with one base the later generation stands. */
  Segments(Disk disk, Path folder) throws IOException {
    this.disk = disk;
    this.folder = folder;
    for (Path path : disk.list(folder)) {
      Segment segment = Segment.parse(path).orElse(null);
      if (segment == null) {
        continue;
      }
      Segment before = all.get(segment.base());
      if (before == null || before.generation() < segment.generation()) {
        all.put(segment.base(), segment);
      }
    }
    for (Segment segment : all.values()) {
      try (Disk.Handle handle = disk.openToRead(segment.path())) {
        retire(segment, handle.size());
      }
    }
  }

  /** Where the last one ends. */
  long end() {
    long end = 0;
    for (Map.Entry<Segment, Long> entry : sizes.entrySet()) {
      end = Math.max(end, entry.getKey().base() + Math.max(Segment.HEADER, entry.getValue()));
    }
    return end;
  }

  void add(Segment segment) {
    all.put(segment.base(), segment);
  }

  /** Nothing is appended to it any more. */
  void retire(Segment segment, long size) {
    sizes.put(segment, size);
    bytes.addAndGet(size);
  }

  /** Bytes of all that are retired. */
  long bytes() {
    return bytes.get();
  }

  List<Segment> list() {
    return List.copyOf(all.values());
  }

  /** A segment ends where the next one's records begin: they may stand for its unforced rest. */
  long endOf(Segment segment) {
    Long next = all.higherKey(segment.base());
    return next == null ? Long.MAX_VALUE : next + Segment.HEADER;
  }

  /** The one that the position lies in. */
  Segment at(long position) throws IOException {
    Map.Entry<Long, Segment> entry = all.floorEntry(position);
    if (entry == null) {
      throw new SegmentedLog.Damaged("no record at position " + position + " of " + folder);
    }
    return entry.getValue();
  }

  /** Reads a record of a retired one. */
  byte[] read(Segment segment, long position) throws IOException {
    if (reading == null || !segment.equals(reading.segment())) {
      closeReader();
      reading = new Reading(segment, disk.openToRead(segment.path()));
    }
    return reading.read(position);
  }

  void closeReader() throws IOException {
    if (reading != null) {
      reading.close();
      reading = null;
    }
  }

  /** Deletes the oldest ones as long as they lie before the position and are not active. */
  void truncateBefore(long position, Segment active) throws IOException {
    boolean deleted = false;
    while (all.size() > 1) {
      Segment oldest = all.firstEntry().getValue();
      if (oldest.equals(active) || endOf(oldest) > position) {
        break;
      }
      if (reading != null && oldest.equals(reading.segment())) {
        closeReader();
      }
      disk.delete(oldest.path());
      all.remove(oldest.base());
      bytes.addAndGet(-sizes.remove(oldest));
      deleted = true;
    }
    if (deleted) {
      disk.forceFolder(folder);
    }
  }
}
