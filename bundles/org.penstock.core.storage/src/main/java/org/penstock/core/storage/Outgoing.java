package org.penstock.core.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Encoded records on their way to the active segment: what has gathered goes there in one write. One
 * thread at a time.
 */
final class Outgoing {

  private static final int CAPACITY = 64 << 10;

  private final CRC32C crc = new CRC32C();
  private ByteBuffer bytes; // made with the first record: a log that is only read needs none
  private long position; // of the first byte, in the log

  /** A record of this length goes to the file by itself. */
  static boolean isLarge(int length) {
    return length > CAPACITY - Segment.RECORD_HEADER;
  }

  private boolean isEmpty() {
    return bytes == null || bytes.position() == 0;
  }

  /** Takes a record that follows those that are here; they go to the file when there is no room. */
  void add(Disk.Handle file, long base, long at, byte[] content) throws IOException {
    if (!isEmpty() && bytes.remaining() < Segment.RECORD_HEADER + content.length) {
      flush(file, base);
    }
    if (isEmpty()) {
      position = at;
      if (isLarge(content.length)) {
        bytes = ByteBuffer.allocate(Segment.RECORD_HEADER + content.length);
      } else if (bytes == null) {
        bytes = ByteBuffer.allocateDirect(CAPACITY);
      }
    }
    Segment.encode(bytes, at, content, crc);
  }

  /** The record that was added last was not taken after all. */
  void dropLast(byte[] content) {
    bytes.position(bytes.position() - Segment.RECORD_HEADER - content.length);
    shrink();
  }

  /** Forgets all: it is written elsewhere, or has failed. */
  void clear() {
    if (bytes != null) {
      bytes.clear();
      shrink();
    }
  }

  private void shrink() {
    if (bytes.position() == 0 && !bytes.isDirect()) {
      bytes = null; // it was for one large record
    }
  }

  /** Writes all that is here to the file; when that fails all stays. */
  void flush(Disk.Handle file, long base) throws IOException {
    if (!isEmpty()) {
      file.write(position - base, bytes.duplicate().flip());
      clear();
    }
  }

  /** The content of the record at the position; null when it is not here. */
  byte[] find(long at) {
    return isEmpty() || at < position ? null : Segment.content(bytes, (int) (at - position));
  }
}
