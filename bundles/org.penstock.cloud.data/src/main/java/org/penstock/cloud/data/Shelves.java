package org.penstock.cloud.data;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Waiting messages: by priority, and within one by publisher in turns. One thread at a time.
 */
final class Shelves {

  /** The publishers of one priority; those that have something wait in turn. */
  private static final class Shelf {
    private final Map<String, Lane> lanes = new HashMap<>();
    private final Deque<Lane> turns = new ArrayDeque<>();
  }

  private final TreeMap<Integer, Shelf> shelves = new TreeMap<>();

  /** The lane of a message, made when it is new. */
  Lane lane(int priority, String publisher) {
    Shelf shelf = shelves.computeIfAbsent(priority, p -> new Shelf());
    return shelf.lanes.computeIfAbsent(publisher, name -> new Lane(name, priority));
  }

  void add(Lane lane, Entry entry) {
    lane.add(entry);
    if (lane.size() == 1) {
      shelves.get(lane.priority()).turns.addLast(lane);
    }
  }

  /** The lane whose turn it is, or null when nothing waits. */
  Lane next() {
    for (Shelf shelf : shelves.values()) {
      if (!shelf.turns.isEmpty()) {
        return shelf.turns.peekFirst();
      }
    }
    return null;
  }

  /** Takes the lane's next one; the lane's turn is over. */
  Entry take(Lane lane) {
    Entry entry = lane.remove(lane.peek().id());
    Shelf shelf = shelves.get(lane.priority());
    shelf.turns.remove(lane);
    settle(shelf, lane);
    return entry;
  }

  /** Takes one away; gives it, or null when it does not wait. */
  Entry remove(Lane lane, int id) {
    Entry entry = lane.remove(id);
    if (entry != null && lane.size() == 0) {
      Shelf shelf = shelves.get(lane.priority());
      shelf.turns.remove(lane);
      settle(shelf, lane);
    }
    return entry;
  }

  private static void settle(Shelf shelf, Lane lane) {
    if (lane.size() > 0) {
      shelf.turns.addLast(lane);
    } else {
      shelf.lanes.remove(lane.publisher()); // publishers come and go
    }
  }

  /** The lane with this id, or null. */
  Lane find(int priority, int id) {
    Shelf shelf = shelves.get(priority);
    if (shelf != null) {
      for (Lane lane : shelf.lanes.values()) {
        if (lane.find(id) != null) {
          return lane;
        }
      }
    }
    return null;
  }

  /** The longest lane of the lowest priority that has one, or null. */
  Lane fullest() {
    for (Shelf shelf : shelves.descendingMap().values()) {
      Lane longest = null;
      for (Lane lane : shelf.turns) {
        longest = longest == null || lane.size() > longest.size() ? lane : longest;
      }
      if (longest != null) {
        return longest;
      }
    }
    return null;
  }

  /** All lanes that have something, by priority. */
  List<Lane> lanes() {
    List<Lane> all = new ArrayList<>();
    shelves.values().forEach(shelf -> all.addAll(shelf.turns));
    return all;
  }
}
