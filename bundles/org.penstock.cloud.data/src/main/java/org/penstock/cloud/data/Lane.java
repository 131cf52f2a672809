package org.penstock.cloud.data;

import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** One publisher's messages of one priority that wait. One thread at a time. */
final class Lane {

  private final String publisher;
  private final int priority;
  private final Ring ring = new Ring();
  private final TreeMap<Integer, Entry> returned = new TreeMap<>(Ids.ORDER);
  private boolean newestFirst;
  private int cursor;

  Lane(String publisher, int priority) {
    this.publisher = publisher;
    this.priority = priority;
  }

  String publisher() {
    return publisher;
  }

  int priority() {
    return priority;
  }

  int size() {
    return ring.size() + returned.size();
  }

  /** What the publisher wished last is done. */
  void serve(boolean newest) {
    newestFirst = newest;
  }

  boolean newestFirst() {
    return newestFirst;
  }

  /** The entry's record stands somewhere else now. */
  void move(int id, long position) {
    int index = ring.find(id);
    if (index >= 0) {
      ring.move(index, position);
    } else {
      returned.computeIfPresent(id, (key, entry) -> entry.at(position));
    }
  }

  void add(Entry entry) {
    if (ring.follows(entry.id())) {
      ring.add(entry);
    } else {
      returned.put(entry.id(), entry);
    }
  }

  /** The next one to be sent, or null. */
  Entry peek() {
    return newestFirst ? newest() : oldest();
  }

  Entry oldest() {
    Entry first = ring.first();
    if (returned.isEmpty()) {
      return first;
    }
    Entry back = returned.firstEntry().getValue();
    return first == null || Ids.isLater(first.id(), back.id()) ? back : first;
  }

  Entry newest() {
    Entry last = ring.last();
    if (returned.isEmpty()) {
      return last;
    }
    Entry back = returned.lastEntry().getValue();
    return last == null || Ids.isLater(back.id(), last.id()) ? back : last;
  }

  /** Every second one in turn, so that what is left still tells of the whole time. */
  Entry thinnest() {
    while (cursor < ring.span() && ring.at(cursor) == null) {
      cursor++;
    }
    if (cursor >= ring.span()) {
      cursor = 0;
    }
    Entry victim = ring.size() == 0 ? oldest() : ring.at(cursor);
    cursor += 2;
    return victim == null ? oldest() : victim;
  }

  Entry find(int id) {
    Entry back = returned.get(id);
    if (back != null) {
      return back;
    }
    int index = ring.find(id);
    return index < 0 ? null : ring.at(index);
  }

  /** Takes it away; gives it, or null when it was not here. */
  Entry remove(int id) {
    Entry back = returned.remove(id);
    if (back != null) {
      return back;
    }
    int index = ring.find(id);
    if (index < 0) {
      return null;
    }
    Entry entry = ring.at(index);
    ring.remove(index);
    return entry;
  }

  /** The lowest position, or the given one when that is lower. */
  long lowest(long given) {
    long lowest = ring.lowest(given);
    for (Entry entry : returned.values()) {
      lowest = Math.min(lowest, entry.position());
    }
    return lowest;
  }

  /** Replaces entries by what the operator makes of them: their ids stay. */
  void replaceAll(UnaryOperator<Entry> operator) {
    for (int i = 0; i < ring.span(); i++) {
      Entry entry = ring.at(i);
      if (entry != null) {
        ring.move(i, operator.apply(entry).position());
      }
    }
    returned.replaceAll((id, entry) -> operator.apply(entry));
  }
}
