package org.penstock.flow.wires.component;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The one service of several whose {@code kura.service.pid} a property names. Any thread may call.
 *
 * @param <T> the kind of service
 */
final class ByPid<T> {

  private final Consumer<T> taken;
  private final Consumer<T> gone;
  private final Map<String, T> known = new HashMap<>();
  private final AtomicReference<String> wanted = new AtomicReference<>("");
  private final AtomicReference<T> held = new AtomicReference<>();

  /**
   * @param taken is told the service that is named from now on
   * @param gone is told the service that is no more
   */
  ByPid(Consumer<T> taken, Consumer<T> gone) {
    this.taken = taken;
    this.gone = gone;
  }

  synchronized void add(Object pid, T service) {
    known.put(String.valueOf(pid), service);
    choose();
  }

  synchronized void remove(Object pid, T service) {
    known.remove(String.valueOf(pid), service);
    choose();
  }

  /** Names another pid. */
  synchronized void want(String pid) {
    wanted.set(pid);
    choose();
  }

  private void choose() {
    T now = known.get(wanted.get());
    T before = held.getAndSet(now);
    if (before == now) {
      return;
    }
    if (before != null) {
      gone.accept(before);
    }
    if (now != null) {
      taken.accept(now);
    }
  }
}
