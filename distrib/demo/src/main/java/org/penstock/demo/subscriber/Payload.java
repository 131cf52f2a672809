package org.penstock.demo.subscriber;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * The names of the metrics in a Kura payload: protocol buffers, field 5000 holds a metric, whose field 1 is its
 * name. All else is skipped over.
 */
final class Payload {

  private static final int METRIC = 5000;
  private static final int NAME = 1;

  private final byte[] bytes;
  private final int end;
  private int at;

  private Payload(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /** The names of all metrics; compressed payloads are unpacked. */
  static List<String> metrics(byte[] message) throws IOException {
    byte[] plain = plain(message);
    List<String> names = new ArrayList<>();
    try {
      new Payload(plain, 0, plain.length)
          .each(METRIC, metric -> metric.each(NAME, name -> names.add(name.text())));
    } catch (IndexOutOfBoundsException e) {
      throw new IOException("the payload ends in the middle of a field", e);
    }
    return names;
  }

  /** The text stands somewhere in it, in its body for example. */
  static boolean contains(byte[] message, String text) throws IOException {
    return new String(plain(message), StandardCharsets.UTF_8).contains(text);
  }

  private static byte[] plain(byte[] message) throws IOException {
    boolean zipped = message.length > 2 && message[0] == 0x1f && message[1] == (byte) 0x8b;
    if (!zipped) {
      return message;
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(message))) {
      return in.readAllBytes();
    }
  }

  /** What to do with a field of the wanted number. */
  private interface Found {
    void in(Payload field) throws IOException;
  }

  private String text() {
    return new String(bytes, at, end - at, StandardCharsets.UTF_8);
  }

  private void each(int number, Found found) throws IOException {
    while (at < end) {
      long key = varint();
      switch ((int) key & 7) {
        case 0 -> varint();
        case 1 -> at += 8;
        case 5 -> at += 4;
        case 2 -> {
          int size = (int) varint();
          if (size < 0 || size > end - at) {
            throw new IOException("a field is longer than the payload");
          }
          if (key >>> 3 == number) {
            found.in(new Payload(bytes, at, at + size));
          }
          at += size;
        }
        default -> throw new IOException("no wire type " + (key & 7));
      }
    }
  }

  private long varint() {
    long value = 0;
    int shift = 0;
    byte next;
    do {
      next = bytes[at++];
      value |= (long) (next & 0x7f) << shift;
      shift += 7;
    } while (next < 0);
    return value;
  }
}
