package org.penstock.cloud.data;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.penstock.api.outbox.OutboxMessage;

/** Where messages wait: our own log, or a store of another provider. Any thread may call. */
interface Store extends AutoCloseable {

  /**
   * Stores a message.
   *
   * @throws Outbox.Full it is refused for want of room
   */
  Outbox.Added add(OutboxMessage message) throws IOException;

  /**
   * The next message to send; it is in flight from now on.
   *
   * @param allowed a message of this priority and QoS may go now; asked once at most for each call
   */
  Optional<Message> next(BiPredicate<Integer, Integer> allowed) throws IOException;

  /** The message is delivered or given up; gives whether it was there. */
  boolean remove(int id) throws IOException;

  /** All of these are delivered; those that could not be noted may be sent again after a restart. */
  default void removeAll(List<Integer> ids) throws IOException {
    IOException failure = null;
    for (int id : ids) {
      try {
        remove(id);
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** One message could not be sent: it waits again. */
  void putBack(int id) throws IOException;

  /**
   * All that are in flight wait again, in their old order; gives how many.
   *
   * @param except ids of messages that stay in flight, if the store can tell them apart
   */
  int putBackAll(Set<Integer> except) throws IOException;

  /** Gives up all that are in flight; gives how many. */
  int dropInFlight() throws IOException;

  /** Messages waiting and in flight. */
  int depth() throws IOException;

  /** Messages in flight. */
  int inFlight() throws IOException;

  /** The lowest number among the priorities of waiting messages, or {@link Integer#MAX_VALUE}. */
  int mostUrgent() throws IOException;

  /** Bytes of all messages; 0 when that is not known. */
  long bytes();

  /** Messages that gave way. */
  long evicted();

  /** Places on the disk that could not be read at the start, each a record or more. */
  default long damaged() {
    return 0;
  }

  /** Creation time of the oldest message to the second, or 0. */
  long oldest() throws IOException;

  /** Ids whose topic matches, waiting or in flight, in order. */
  List<Integer> ids(boolean flying, Predicate<String> topic) throws IOException;

  @Override
  void close() throws IOException;
}
