package org.penstock.field.asset;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.eclipse.kura.wire.WireRecord;

/**
 * Received wire records that wait for the asset's strand. Triggers that arrive meanwhile fall into
 * one; records that write something are kept, up to a limit. Any thread may call.
 */
final class Commands {

  static final int MOST = 1024;

  private final Deque<WireRecord> waiting = new ArrayDeque<>();
  private final AssetHealth health;
  private boolean posted;

  Commands(AssetHealth health) {
    this.health = health;
  }

  /** Adds records; true when the strand has to be woken. */
  synchronized boolean add(List<WireRecord> records) {
    waiting.addAll(records);
    int tooMany = waiting.size() - MOST;
    for (int i = 0; i < tooMany; i++) {
      waiting.removeFirst();
    }
    if (tooMany > 0) {
      health.inputDropped(tooMany);
    }
    boolean first = !posted;
    posted = true;
    return first;
  }

  /** The strand is awake. */
  synchronized void awake() {
    posted = false;
  }

  /** Takes all that wait, oldest first. */
  synchronized List<WireRecord> take() {
    List<WireRecord> taken = List.copyOf(waiting);
    waiting.clear();
    return taken;
  }
}
