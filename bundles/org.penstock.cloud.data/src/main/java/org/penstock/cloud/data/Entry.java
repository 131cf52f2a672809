package org.penstock.cloud.data;

/** What the outbox keeps in memory of a message: where it is, and while there is room, itself. */
final class Entry {

  final int id;
  final int priority;
  final int qos;
  final int bytes;
  final long created;
  private long position;
  private Message cached;

  Entry(Message message, int bytes, long position) {
    this.id = message.id();
    this.priority = message.priority();
    this.qos = message.qos();
    this.created = message.created();
    this.bytes = bytes;
    this.position = position;
  }

  long position() {
    return position;
  }

  void moveTo(long newPosition) {
    position = newPosition;
  }

  Message cached() {
    return cached;
  }

  void cache(Message message) {
    cached = message;
  }
}
