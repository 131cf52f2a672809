package org.penstock.flow.wires.component;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.eclipse.kura.wire.WireRecord;
import org.penstock.api.strand.Strand;

/** Opens once in an interval for each emitter. A changed configuration makes a new gate. Thread safe. */
final class Gate {

  private enum Keep {
    FIRST,
    LAST
  }

  private final Duration interval;
  private final Keep keep;
  private final Strand strand;
  private final Consumer<List<WireRecord>> next;
  private final Recent<Optional<List<WireRecord>>> shut = new Recent<>();
  private final LongAdder dropped = new LongAdder();

  /**
   * Reads the properties.
   *
   * @param next gets what passes: at once in the thread that brings it, the newest on the strand
   * @throws IllegalArgumentException with the key, the value and what is allowed
   */
  Gate(Settings settings, Strand strand, Consumer<List<WireRecord>> next) {
    this.interval =
        Duration.ofMillis(settings.number(ThrottleConfig.INTERVAL, 1000, 1, Integer.MAX_VALUE));
    this.keep = settings.choice(ThrottleConfig.KEEP, Keep.FIRST);
    this.strand = strand;
    this.next = next;
  }

  void arrived(String emitter, List<WireRecord> records) {
    synchronized (shut) {
      if (shut.containsKey(emitter)) {
        boolean instead = keep == Keep.LAST;
        if (!instead || shut.get(emitter).isPresent()) {
          dropped.increment();
        }
        if (instead) {
          shut.put(emitter, Optional.of(records));
        }
        return;
      }
      shut.put(emitter, Optional.empty());
    }
    strand.after(interval, () -> opens(emitter));
    next.accept(records);
  }

  private void opens(String emitter) {
    Optional<List<WireRecord>> newest;
    synchronized (shut) {
      newest = Optional.ofNullable(shut.remove(emitter)).flatMap(kept -> kept);
      newest.ifPresent(some -> shut.put(emitter, Optional.empty()));
    }
    newest.ifPresent(
        records -> {
          strand.after(interval, () -> opens(emitter));
          next.accept(records);
        });
  }

  Map<String, Object> figures() {
    return Map.of("dropped", dropped.sum());
  }
}
