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

  private int[] ids = new int[FIRST];
  private int[] sizes = new int[FIRST];
  private int[] seconds = new int[FIRST];
  private long[] positions = new long[FIRST];
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
    return head + index & ids.length - 1;
  }

  /** The entry is younger than all that are here. */
  boolean follows(int id) {
    return span == 0 || id > ids[place(span - 1)];
  }

  void add(Entry entry) {
    if (span == ids.length) {
      resize(live > ids.length / 2 ? ids.length * 2 : ids.length);
    }
    int place = place(span++);
    ids[place] = entry.id();
    sizes[place] = entry.bytes() | entry.qos() << QOS_SHIFT;
    seconds[place] = entry.second();
    positions[place] = entry.position();
    live++;
  }

  /** The entry at a place, or null when it is gone. */
  Entry at(int index) {
    int place = place(index);
    int size = sizes[place];
    return size == GONE
        ? null
        : new Entry(ids[place], size >>> QOS_SHIFT, size & BYTES, seconds[place], positions[place]);
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
      int found = ids[place(middle)];
      if (found == id) {
        return sizes[place(middle)] == GONE ? -1 : middle;
      }
      if (found < id) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  void remove(int index) {
    sizes[place(index)] = GONE;
    live--;
    while (span > 0 && sizes[place(0)] == GONE) {
      head = place(1);
      span--;
    }
    while (span > 0 && sizes[place(span - 1)] == GONE) {
      span--;
    }
    if (ids.length > FIRST && live < ids.length / 4) {
      resize(ids.length / 2);
    }
  }

  void move(int index, long position) {
    positions[place(index)] = position;
  }

  /** The lowest position, or the given one when that is lower. */
  long lowest(long given) {
    long lowest = given;
    for (int i = 0; i < span; i++) {
      int place = place(i);
      if (positions[place] < lowest && sizes[place] != GONE) {
        lowest = positions[place];
      }
    }
    return lowest;
  }

  private void resize(int capacity) {
    int[] newIds = new int[capacity];
    int[] newSizes = new int[capacity];
    int[] newSeconds = new int[capacity];
    long[] newPositions = new long[capacity];
    int to = 0;
    for (int i = 0; i < span; i++) {
      int place = place(i);
      if (sizes[place] != GONE) {
        newIds[to] = ids[place];
        newSizes[to] = sizes[place];
        newSeconds[to] = seconds[place];
        newPositions[to++] = positions[place];
      }
    }
    ids = newIds;
    sizes = newSizes;
    seconds = newSeconds;
    positions = newPositions;
    head = 0;
    span = to;
  }
}
