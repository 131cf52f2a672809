package org.penstock.core.system.watchdog;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.eclipse.kura.watchdog.CriticalComponent;

/** Which critical components have not checked in for longer than they promised. */
final class CheckIns {

  private final LongSupplier nanos;
  private final Map<CriticalComponent, Long> last = new ConcurrentHashMap<>();

  CheckIns(LongSupplier nanos) {
    this.nanos = nanos;
  }

  void register(CriticalComponent component) {
    last.putIfAbsent(component, nanos.getAsLong());
  }

  void unregister(CriticalComponent component) {
    last.remove(component);
  }

  /** One that is not registered is not minded. */
  void checkin(CriticalComponent component) {
    last.computeIfPresent(component, (key, before) -> nanos.getAsLong());
  }

  List<CriticalComponent> all() {
    List<CriticalComponent> all = new ArrayList<>(last.keySet());
    all.sort(Comparator.comparing(CriticalComponent::getCriticalComponentName));
    return all;
  }

  /** The first one that is overdue, in words. */
  Optional<String> overdue() {
    for (CriticalComponent one : all()) {
      Long at = last.get(one);
      int timeout = one.getCriticalComponentTimeout();
      long silent = at == null ? 0 : Duration.ofNanos(nanos.getAsLong() - at).toMillis();
      if (silent > timeout) {
        return Optional.of(
            one.getCriticalComponentName()
                + " has not checked in for "
                + silent
                + " ms, promised was "
                + timeout
                + " ms");
      }
    }
    return Optional.empty();
  }
}
