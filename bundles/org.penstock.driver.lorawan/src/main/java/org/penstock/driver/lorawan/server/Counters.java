package org.penstock.driver.lorawan.server;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What happened how often, by dotted name. Any thread may call. */
public final class Counters {

  private final Map<String, LongAdder> all = new ConcurrentHashMap<>();

  /** Once more. */
  public void count(String name) {
    all.computeIfAbsent(name, n -> new LongAdder()).increment();
  }

  /** How often. */
  public long of(String name) {
    LongAdder adder = all.get(name);
    return adder == null ? 0 : adder.sum();
  }

  /** All, for the health page. */
  public Map<String, Object> figures() {
    Map<String, Object> figures = new TreeMap<>();
    all.forEach((name, count) -> figures.put(name, count.sum()));
    return figures;
  }
}
