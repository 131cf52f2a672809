package org.penstock.core.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.penstock.api.storage.SegmentedLog;

/**
 * One file of a log: a header, then records. The position of a record is the segment's base plus
 * the record's offset in the file, so a position names one place for ever.
 *
 * <p>Record: magic (4), length of the content (4), position (8), CRC-32C of length, position and
 * content (4), content; big endian.
 *
 * @param path the file
 * @param base position of the file's first byte
 * @param generation a segment that was written again after a failed force has the same base or a
 *     lower one than what it stands for, and a higher generation
 */
record Segment(Path path, long base, int generation) {

  static final int HEADER = 16;
  static final int RECORD_HEADER = 20;
  static final int MAX_CONTENT = 64 << 20;

  private static final long FILE_MAGIC = 0x50454E5354304C31L;
  private static final int RECORD_MAGIC = 0xA55A1CE5;
  private static final int WINDOW = 256 << 10;
  private static final Pattern NAME = Pattern.compile("([0-9a-f]{16})-([0-9]{1,6})\\.log");

  static Segment of(Path folder, long base, int generation) {
    String name = String.format(Locale.ROOT, "%016x-%d.log", base, generation);
    return new Segment(folder.resolve(name), base, generation);
  }

  static Optional<Segment> parse(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    return name.matches()
        ? Optional.of(
            new Segment(
                file, Long.parseUnsignedLong(name.group(1), 16), Integer.parseInt(name.group(2))))
        : Optional.empty();
  }

  ByteBuffer header() {
    return ByteBuffer.allocate(HEADER).putLong(FILE_MAGIC).putLong(base).flip();
  }

  /** Puts the record into the buffer. */
  static void encode(ByteBuffer into, long position, byte[] content, CRC32C crc) {
    int at = into.position();
    into.putInt(RECORD_MAGIC).putInt(content.length).putLong(position);
    crc.reset();
    crc.update(into.duplicate().flip().position(at + 4));
    crc.update(content);
    into.putInt((int) crc.getValue()).put(content);
  }

  /** The content of the record that stands there in the buffer. */
  static byte[] content(ByteBuffer from, int at) {
    byte[] content = new byte[from.getInt(at + 4)];
    from.get(at + RECORD_HEADER, content);
    return content;
  }

  private static int crc(ByteBuffer head, int at, ByteBuffer content) {
    CRC32C crc = new CRC32C();
    crc.update(head.slice(at + 4, 12));
    crc.update(content);
    return (int) crc.getValue();
  }

  /** The content of the record at a position when it lies undamaged in the window; or null. */
  byte[] find(ByteBuffer window, long windowAt, long position) {
    long at = position - windowAt;
    if (at < 0 || at >= window.limit()) {
      return null;
    }
    int length = lengthAt(window, (int) at, position);
    return length >= 0
            && length <= window.limit() - at - RECORD_HEADER
            && sound(window, (int) at, length)
        ? content(window, (int) at)
        : null;
  }

  /** Reads the record at a position. */
  byte[] read(Disk.Handle file, long position) throws IOException {
    ByteBuffer head = file.read(position - base, ByteBuffer.allocate(RECORD_HEADER));
    if (head.remaining() == RECORD_HEADER
        && head.getInt(0) == RECORD_MAGIC
        && head.getLong(8) == position
        && head.getInt(4) >= 0
        && head.getInt(4) <= MAX_CONTENT) {
      int length = head.getInt(4);
      ByteBuffer content = file.read(position - base + RECORD_HEADER, ByteBuffer.allocate(length));
      if (content.remaining() == length && crc(head, 0, content.duplicate()) == head.getInt(16)) {
        return content.array();
      }
    }
    throw new SegmentedLog.Damaged("no undamaged record at position " + position + " of " + path);
  }

  /**
   * Gives all undamaged records before the end; after a damaged place it searches for the next one.
   *
   * @return how many damaged places were passed
   */
  long scan(Disk.Handle file, long end, SegmentedLog.Reader reader) throws IOException {
    long size = Math.min(file.size(), end - base);
    long offset = HEADER;
    long damaged = 0;
    boolean inDamage = false;
    ByteBuffer window = ByteBuffer.allocate(0);
    long windowAt = 0;
    while (offset < size) {
      int at = (int) (offset - windowAt);
      if (windowAt == 0
          || window.limit() - at < RECORD_HEADER && windowAt + window.limit() < size) {
        window = file.read(offset, ByteBuffer.allocate(WINDOW));
        windowAt = offset;
        at = 0;
      }
      int length = lengthAt(window, at, base + offset);
      if (length > window.limit() - at - RECORD_HEADER && windowAt + window.limit() < size) {
        window = file.read(offset, ByteBuffer.allocate(Math.max(WINDOW, RECORD_HEADER + length)));
        windowAt = offset;
        at = 0;
      }
      if (length >= 0
          && length <= window.limit() - at - RECORD_HEADER
          && offset + RECORD_HEADER + length <= size
          && sound(window, at, length)) {
        byte[] content = new byte[length];
        window.get(at + RECORD_HEADER, content);
        reader.record(base + offset, content);
        offset += RECORD_HEADER + length;
        inDamage = false;
      } else {
        damaged += inDamage ? 0 : 1;
        inDamage = true;
        offset++;
      }
    }
    return damaged;
  }

  /** The length that the header at this place states, or -1 when there is no header of ours. */
  private static int lengthAt(ByteBuffer window, int at, long position) {
    if (window.limit() - at < RECORD_HEADER
        || window.getInt(at) != RECORD_MAGIC
        || window.getLong(at + 8) != position) {
      return -1;
    }
    int length = window.getInt(at + 4);
    return length <= MAX_CONTENT ? length : -1;
  }

  private static boolean sound(ByteBuffer window, int at, int length) {
    return crc(window, at, window.slice(at + RECORD_HEADER, length)) == window.getInt(at + 16);
  }
}
