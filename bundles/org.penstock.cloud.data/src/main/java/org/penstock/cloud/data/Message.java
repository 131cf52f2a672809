package org.penstock.cloud.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A message as it stands in the log.
 *
 * @param id positive, never used twice in one outbox
 * @param topic with tokens such as {@code #client-id} not yet replaced
 * @param qos 0 to 2
 * @param priority 0 is the highest
 * @param created milliseconds since 1970
 */
record Message(
    int id, String topic, byte[] payload, int qos, boolean retain, int priority, long created) {

  private static final int FIXED = 4 + 1 + 4 + 8 + 4;
  private static final int RETAIN = 0x80;

  /** Appends its form to a buffer that begins with the record's kind. */
  byte[] encode(byte kind) {
    byte[] name = topic.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(1 + FIXED + name.length + payload.length)
        .put(kind)
        .putInt(id)
        .put((byte) (qos | (retain ? RETAIN : 0)))
        .putInt(priority)
        .putLong(created)
        .putInt(name.length)
        .put(name)
        .put(payload)
        .array();
  }

  /** Reads what {@link #encode} wrote, after the kind. */
  static Message decode(ByteBuffer in) {
    int id = in.getInt();
    int flags = in.get();
    int priority = in.getInt();
    long created = in.getLong();
    byte[] name = new byte[in.getInt()];
    in.get(name);
    byte[] payload = new byte[in.remaining()];
    in.get(payload);
    return new Message(
        id,
        new String(name, StandardCharsets.UTF_8),
        payload,
        flags & 3,
        (flags & RETAIN) != 0,
        priority,
        created);
  }
}
