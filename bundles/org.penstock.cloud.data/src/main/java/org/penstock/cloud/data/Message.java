package org.penstock.cloud.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.penstock.api.outbox.OutboxMessage;

/**
 * A message as it stands in the log.
 *
 * @param id positive, never used twice in one outbox
 * @param created milliseconds since 1970
 * @param lane the publisher, empty for the common one
 * @param topic with tokens such as {@code #client-id} not yet replaced
 * @param qos 0 to 2
 * @param priority 0 is the highest
 * @param newestFirst how the publisher wants to be served
 */
record Message(
    int id,
    long created,
    String lane,
    String topic,
    byte[] payload,
    int qos,
    boolean retain,
    int priority,
    boolean newestFirst) {

  private static final int FIXED = 4 + 1 + 4 + 8 + 2 + 2;
  private static final int RETAIN = 0x80;
  private static final int NEWEST = 0x40;

  static Message of(int id, long created, OutboxMessage message) {
    return new Message(
        id,
        created,
        message.publisher(),
        message.topic(),
        message.payload(),
        message.qos(),
        message.retain(),
        message.priority(),
        message.newestFirst());
  }

  /** Its form in the log, beginning with the record's kind. */
  byte[] encode(byte kind) {
    byte[] publisher = lane.getBytes(StandardCharsets.UTF_8);
    byte[] name = topic.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(1 + FIXED + publisher.length + name.length + payload.length)
        .put(kind)
        .putInt(id)
        .put((byte) (qos | (retain ? RETAIN : 0) | (newestFirst ? NEWEST : 0)))
        .putInt(priority)
        .putLong(created)
        .putShort((short) publisher.length)
        .put(publisher)
        .putShort((short) name.length)
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
    String lane = text(in);
    String topic = text(in);
    byte[] payload = new byte[in.remaining()];
    in.get(payload);
    return new Message(
        id,
        created,
        lane,
        topic,
        payload,
        flags & 3,
        (flags & RETAIN) != 0,
        priority,
        (flags & NEWEST) != 0);
  }

  private static String text(ByteBuffer in) {
    byte[] bytes = new byte[in.getShort() & 0xffff];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
