package org.penstock.api.outbox;

/**
 * A message for the outbox.
 *
 * @param publisher whose message it is: its messages keep their order, and publishers share the
 *     connection fairly; empty for the one that all callers of Kura's method share
 * @param topic with tokens such as {@code #client-id} that the transport replaces
 * @param payload is not changed afterwards
 * @param qos 0 to 2
 * @param retain the broker keeps it for those who subscribe later
 * @param priority 0 is the highest; it goes before the order of publishers
 * @param durability when {@link DurableOutbox#publish} returns
 * @param newestFirst after an outage the newest message of this publisher goes first
 */
public record OutboxMessage(
    String publisher,
    String topic,
    byte[] payload,
    int qos,
    boolean retain,
    int priority,
    Durability durability,
    boolean newestFirst) {

  /** When a message counts as stored. */
  public enum Durability {
    /** On the disk, forced at once and not with the others of the next milliseconds. */
    RECORD,
    /** On the disk, forced together with the others of some 10 ms. */
    GROUP,
    /**
     * Taken, and handed to the operating system with the others of some 10 ms, or when the disk has
     * taken those before: the end of the process may lose these, a power cut the last second.
     */
    RELAXED
  }
}
