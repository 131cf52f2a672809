package org.penstock.core.deployment;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a zip file holds, by its directory and by the header before each entry (APPNOTE 4.3). One in
 * which the two differ, or that holds a byte that neither accounts for, is refused: who reads it as a
 * stream would see something else than who reads its directory, as the framework does.
 */
final class ZipLayout {

  /** One entry; both headers say the same of it. */
  record Entry(String name, int flags, int method, long crc, long packed, long size, long offset) {

    boolean isFolder() {
      return name.endsWith("/");
    }
  }

  private static final int LOCAL = 0x04034b50;
  private static final int LISTED = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final int LOCATOR_64 = 0x07064b50;
  private static final int DESCRIPTOR = 0x08074b50;
  private static final int LOCAL_BYTES = 30;
  private static final int LISTED_BYTES = 46;
  private static final int END_BYTES = 22;
  private static final int MAX_COMMENT = 0xFFFF;
  private static final int LOCATOR_BYTES = 20;
  private static final long MAX_DIRECTORY = 16L << 20;
  private static final long ALL_ONES = 0xFFFF_FFFFL;
  private static final int STREAMED = 1 << 3;
  private static final int ENCRYPTED = 1 | 1 << 6 | 1 << 13;
  private static final int MEANINGFUL = ENCRYPTED | STREAMED | 1 << 11;

  private final String file;
  private final FileChannel in;

  private ZipLayout(String file, FileChannel in) {
    this.file = file;
    this.in = in;
  }

  /** The entries, in the order in which they lie in the file. */
  static List<Entry> read(String file, Path zip) throws IOException, Refusal {
    try (FileChannel in = FileChannel.open(zip, StandardOpenOption.READ)) {
      return new ZipLayout(file, in).entries();
    }
  }

  private List<Entry> entries() throws IOException, Refusal {
    long endAt = endAt();
    ByteBuffer end = at(endAt, END_BYTES);
    int count = u16(end, 10);
    long size = u32(end, 12);
    long begin = u32(end, 16);
    boolean is64 = endAt >= LOCATOR_BYTES && at(endAt - LOCATOR_BYTES, 4).getInt(0) == LOCATOR_64;
    boolean parts = end.getInt(4) != 0 || u16(end, 8) != count;
    if (parts || is64 || count == 0xFFFF || size > MAX_DIRECTORY || begin == ALL_ONES) {
      throw new Refusal(
          file
              + " is in parts, in the format zip64 or has too many entries; build it as one plain zip");
    }
    if (begin + size != endAt) {
      throw differs("bytes stand before its first entry, or around its directory");
    }
    List<Entry> entries = listed(at(begin, (int) size), count);
    entries.sort(Comparator.comparingLong(Entry::offset));
    long next = 0;
    for (Entry entry : entries) {
      if (entry.offset() != next) {
        throw differs("before " + entry.name() + " is something that the directory does not name");
      }
      next = checkLocal(entry, begin);
    }
    if (next != begin) {
      throw differs("before the directory is something that it does not name");
    }
    return entries;
  }

  /** Any reader takes the last end that there is: a comment behind it must not hold another. */
  private long endAt() throws IOException {
    long from = Math.max(0, in.size() - END_BYTES - MAX_COMMENT);
    ByteBuffer tail = at(from, (int) (in.size() - from));
    int at = tail.limit() - END_BYTES;
    while (at >= 0 && tail.getInt(at) != END) {
      at--;
    }
    if (at < 0 || at + END_BYTES + u16(tail, at + 20) != tail.limit()) {
      throw new IOException("its directory is missing at the end, or something stands behind it");
    }
    return from + at;
  }

  private List<Entry> listed(ByteBuffer directory, int count) throws IOException, Refusal {
    List<Entry> entries = new ArrayList<>();
    int at = 0;
    while (at + LISTED_BYTES <= directory.limit() && directory.getInt(at) == LISTED) {
      int name = u16(directory, at + 28);
      int next = at + LISTED_BYTES + name + u16(directory, at + 30) + u16(directory, at + 32);
      if (next > directory.limit()) {
        throw new IOException("its directory breaks off");
      }
      entries.add(
          new Entry(
              text(directory.slice(at + LISTED_BYTES, name)),
              u16(directory, at + 8),
              u16(directory, at + 10),
              u32(directory, at + 16),
              u32(directory, at + 20),
              u32(directory, at + 24),
              u32(directory, at + 42)));
      at = next;
    }
    if (at != directory.limit() || entries.size() != count) {
      throw differs(
          "its directory has " + entries.size() + " entries and not the " + count + " it tells");
    }
    return entries;
  }

  /** Compares the two headers of one entry; gives where the next one must begin. */
  private long checkLocal(Entry e, long directory) throws IOException, Refusal {
    ByteBuffer head = at(e.offset(), LOCAL_BYTES);
    int name = u16(head, 26);
    boolean same =
        head.getInt(0) == LOCAL
            && e.name().equals(text(at(e.offset() + LOCAL_BYTES, name)))
            && (u16(head, 6) & MEANINGFUL) == (e.flags() & MEANINGFUL)
            && u16(head, 8) == e.method();
    if (!same) {
      throw differs("the header before " + e.name() + " and the directory differ");
    }
    if ((e.flags() & ENCRYPTED) != 0) {
      throw new Refusal(file + ": " + e.name() + " is encrypted; build it again without");
    }
    long next = e.offset() + LOCAL_BYTES + name + u16(head, 28) + e.packed();
    if (next > directory) {
      throw differs(e.name() + " reaches into the directory");
    }
    boolean streamed = (e.flags() & STREAMED) != 0;
    if (!streamed && !sizes(head, 14, e)) {
      throw differs("checksum or sizes of " + e.name() + " differ between header and directory");
    }
    return streamed ? next + descriptor(e, next) : next;
  }

  /** The length of what stands behind an entry whose sizes were not known before. */
  private int descriptor(Entry e, long at) throws IOException, Refusal {
    ByteBuffer marked = at(at, 16);
    if (marked.getInt(0) == DESCRIPTOR && sizes(marked, 4, e)) {
      return 16;
    }
    if (sizes(marked, 0, e)) {
      return 12;
    }
    throw differs("checksum or sizes behind " + e.name() + " differ from those in the directory");
  }

  private static boolean sizes(ByteBuffer in, int at, Entry e) {
    return u32(in, at) == e.crc() && u32(in, at + 4) == e.packed() && u32(in, at + 8) == e.size();
  }

  private Refusal differs(String what) {
    return new Refusal(
        file
            + " reads differently as a stream than by its directory ("
            + what
            + "), so that what is checked need not be what runs; refused, build it again");
  }

  private String text(ByteBuffer bytes) throws Refusal {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new Refusal(file + " has entry names that are no text; build it again", e);
    }
  }

  private ByteBuffer at(long position, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (in.read(bytes, position + bytes.position()) < 0) {
        throw new EOFException("it breaks off at " + in.size() + " bytes");
      }
    }
    return bytes.flip();
  }

  private static int u16(ByteBuffer in, int at) {
    return Short.toUnsignedInt(in.getShort(at));
  }

  private static long u32(ByteBuffer in, int at) {
    return Integer.toUnsignedLong(in.getInt(at));
  }
}
