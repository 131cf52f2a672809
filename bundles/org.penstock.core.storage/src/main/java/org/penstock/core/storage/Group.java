package org.penstock.core.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Records that one force puts on the disk, one behind the other in the log. One thread at a time. */
final class Group {

  /** Hears of each record, in order. */
  @FunctionalInterface
  interface Visitor<E extends Exception> {
    void record(long position, byte[] content) throws E;
  }

  private final long first;
  private final List<byte[]> contents = new ArrayList<>();
  private final CompletableFuture<Void> durable = new CompletableFuture<>();

  /** Begins with the record that is added first, at this position. */
  Group(long first) {
    this.first = first;
  }

  void add(byte[] content) {
    contents.add(content);
  }

  boolean isEmpty() {
    return contents.isEmpty();
  }

  /** Position of the first record. */
  long first() {
    return first;
  }

  /** Completes for all of them at once. */
  CompletionStage<Void> durable() {
    return durable;
  }

  <E extends Exception> void each(Visitor<E> visitor) throws E {
    long position = first;
    for (byte[] content : contents) {
      visitor.record(position, content);
      position += Segment.RECORD_HEADER + content.length;
    }
  }

  /** All are on the disk, or none can be: then with the reason. */
  void complete(Throwable failure) {
    if (failure == null) {
      durable.complete(null);
    } else {
      durable.completeExceptionally(failure);
    }
  }
}
