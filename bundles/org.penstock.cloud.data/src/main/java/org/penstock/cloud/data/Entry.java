package org.penstock.cloud.data;

/**
 * What the outbox keeps in memory of a message.
 *
 * @param bytes of its record in the log
 * @param second of its creation, since 1970
 * @param position of its record in the log
 */
record Entry(int id, int qos, int bytes, int second, long position) {

  static Entry of(Message message, int bytes, long position) {
    return new Entry(
        message.id(), message.qos(), bytes, (int) (message.created() / 1000), position);
  }

  Entry at(long newPosition) {
    return new Entry(id, qos, bytes, second, newPosition);
  }
}
