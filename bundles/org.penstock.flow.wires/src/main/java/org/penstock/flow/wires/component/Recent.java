package org.penstock.flow.wires.component;

import java.util.LinkedHashMap;
import java.util.Map;

/** What is remembered for each key; of too many keys those longest not asked for are forgotten. Not thread safe. */
final class Recent<T> extends LinkedHashMap<String, T> {

  /** More keys than this are not remembered. */
  static final int MOST = 10_000;

  private static final long serialVersionUID = 1L;

  Recent() {
    super(64, 0.75f, true);
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
    return size() > MOST;
  }
}
