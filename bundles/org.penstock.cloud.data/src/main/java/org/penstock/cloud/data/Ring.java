package org.penstock.cloud.data;

/**
 * Entries in the order of their ids, 20 bytes each, so that a million of them fits a small heap. One
 * thread at a time.
 */
final class Ring {

  private static final int FIRST = 64;
  private static final int GONE = -1;
  private static final int QOS_SHIFT = 28;
  private static final int BYTES = (1 << QOS_SHIFT) - 1;

  /** Columns of the entries. */
  private record Columns(int[] ids, int[] sizes, int[] seconds, long[] positions) {

    Columns(int capacity) {
      this(new int[capacity], new int[capacity], new int[capacity], new long[capacity]);
    }

    int capacity() {
      return ids.length;
    }
  }

  private Columns all = new Columns(FIRST);
  private int head;
  private int span; // places in use, those that are gone included
  private int live;

  int size() {
    return live;
  }

  /** Places to go through with {@link #at}. */
  int span() {
    return span;
  }

  private int place(int index) {
    return head + index & all.capacity() - 1;
  }

  /** The entry is younger than all that are here. */
  boolean follows(int id) {
    return span == 0 || Ids.isLater(id, all.ids[place(span - 1)]);
  }

  void add(Entry entry) {
    if (span == all.capacity()) {
      resize(live > all.capacity() / 2 ? all.capacity() * 2 : all.capacity());
    }
    int place = place(span++);
    all.ids[place] = entry.id();
    all.sizes[place] = entry.bytes() | entry.qos() << QOS_SHIFT;
    all.seconds[place] = entry.second();
    all.positions[place] = entry.position();
    live++;
  }

  /** The entry at a place, or null when it is gone. */
  Entry at(int index) {
    int place = place(index);
    int size = all.sizes[place];
    return size == GONE
        ? null
        : new Entry(
            all.ids[place],
            size >>> QOS_SHIFT,
            size & BYTES,
            all.seconds[place],
            all.positions[place]);
  }

  Entry first() {
    return live == 0 ? null : at(0);
  }

  Entry last() {
    return live == 0 ? null : at(span - 1);
  }

  /** Index of the id, or -1. */
  int find(int id) {
    int low = 0;
    int high = span - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int found = all.ids[place(middle)];
      if (found == id) {
        return all.sizes[place(middle)] == GONE ? -1 : middle;
      }
      if (Ids.isLater(id, found)) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  void remove(int index) {
    all.sizes[place(index)] = GONE;
    live--;
    while (span > 0 && all.sizes[place(0)] == GONE) {
      head = place(1);
      span--;
    }
    while (span > 0 && all.sizes[place(span - 1)] == GONE) {
      span--;
    }
    if (all.capacity() > FIRST && live < all.capacity() / 4) {
      resize(all.capacity() / 2);
    }
  }

  void move(int index, long position) {
    all.positions[place(index)] = position;
  }

  /** The lowest position, or the given one when that is lower. */
  long lowest(long given) {
    long lowest = given;
    for (int i = 0; i < span; i++) {
      int place = place(i);
      if (all.positions[place] < lowest && all.sizes[place] != GONE) {
        lowest = all.positions[place];
      }
    }
    return lowest;
  }

  private void resize(int capacity) {
    Columns next = new Columns(capacity);
    int to = 0;
    for (int i = 0; i < span; i++) {
      int place = place(i);
      if (all.sizes[place] != GONE) {
        next.ids[to] = all.ids[place];
        next.sizes[to] = all.sizes[place];
        next.seconds[to] = all.seconds[place];
        next.positions[to++] = all.positions[place];
      }
    }
    all = next;
    head = 0;
    span = to;
  }
}
