package org.penstock.driver.modbus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;
import org.penstock.api.driver.DriverException;

/**
 * What a driver instance has learned of its units by being refused: addresses that do not exist,
 * borders over which they do not read, the longest request they bear, and by being measured: how many
 * registers are worth reading along. Any thread may call.
 */
final class Lessons {

  private static final Duration FIRST_PROBE = Duration.ofSeconds(30);
  private static final Duration LONGEST_PROBE = Duration.ofHours(1);

  private final LongSupplier nanos;
  private final IntUnaryOperator linkGap;
  private final Map<Integer, Integer> gaps = new ConcurrentHashMap<>();
  private final Map<Place, Memory> memories = new ConcurrentHashMap<>();
  private final AtomicInteger version = new AtomicInteger();

  /** Addresses of one place; guarded by itself. */
  private static final class Memory {
    private final NavigableMap<Integer, Refusal> refused = new TreeMap<>();
    private final NavigableMap<Integer, Integer> borders = new TreeMap<>();
    private final AtomicInteger longest = new AtomicInteger(Integer.MAX_VALUE);
  }

  /**
   * An item that the unit refused.
   *
   * @param length of the item
   * @param reason given to its channel until it is tried again
   * @param tries how often it was refused
   * @param nextProbe nanoseconds
   */
  private record Refusal(int length, DriverException reason, int tries, long nextProbe) {}

  /**
   * Nothing learned yet.
   *
   * @param nanos a clock
   * @param linkGap registers that the link finds worth reading along now, by unit id
   */
  Lessons(LongSupplier nanos, IntUnaryOperator linkGap) {
    this.nanos = nanos;
    this.linkGap = linkGap;
  }

  /** Registers worth reading along from this unit. */
  int gap(int unit) {
    return gaps.computeIfAbsent(unit, linkGap::applyAsInt);
  }

  /** Asks the link anew; plans change only when the answer has become another by a quarter. */
  void measure() {
    for (Map.Entry<Integer, Integer> known : gaps.entrySet()) {
      int now = linkGap.applyAsInt(known.getKey());
      if (Math.abs(now - known.getValue()) > Math.max(2, known.getValue() / 4)) {
        known.setValue(now);
        version.incrementAndGet();
      }
    }
  }

  /** Changes when plans made before are not the best any more. */
  int version() {
    return version.get();
  }

  private Memory memory(Place place) {
    return memories.computeIfAbsent(place, key -> new Memory());
  }

  /** The unit refuses this item alone. */
  void refused(Place place, int address, int length, DriverException reason) {
    Memory memory = memory(place);
    synchronized (memory) {
      Refusal before = memory.refused.get(address);
      int tries = before == null ? 1 : before.tries() + 1;
      long delay =
          Math.min(LONGEST_PROBE.toNanos(), FIRST_PROBE.toNanos() << Math.min(tries - 1, 10));
      int longest = before == null ? length : Math.max(length, before.length());
      memory.refused.put(address, new Refusal(longest, reason, tries, nanos.getAsLong() + delay));
      if (before == null) {
        version.incrementAndGet();
      }
    }
  }

  /** The unit answers this item after all. */
  void accepted(Place place, int address) {
    Memory memory = memory(place);
    synchronized (memory) {
      if (memory.refused.remove(address) != null) {
        version.incrementAndGet();
      }
    }
  }

  /** Both sides can be read, but not together: nothing is read over this border from now on. */
  void border(Place place, int from, int to) {
    Memory memory = memory(place);
    synchronized (memory) {
      memory.borders.put(from, to);
    }
    version.incrementAndGet();
  }

  /** The unit bears no request longer than this. */
  void longest(Place place, int length) {
    memory(place).longest.accumulateAndGet(length, Math::min);
    version.incrementAndGet();
  }

  int longest(Place place) {
    return memory(place).longest.get();
  }

  /** Why the item is not asked for now; empty when it may be. */
  Optional<DriverException> refusal(Place place, int address) {
    Memory memory = memory(place);
    synchronized (memory) {
      return Optional.ofNullable(memory.refused.get(address)).map(Refusal::reason);
    }
  }

  /** The item was refused, and it is time to try again. */
  boolean probeDue(Place place, int address) {
    Memory memory = memory(place);
    synchronized (memory) {
      Refusal refusal = memory.refused.get(address);
      return refusal == null || nanos.getAsLong() - refusal.nextProbe() >= 0;
    }
  }

  /** The addresses at which a request must not go on, ascending. */
  List<Integer> cuts(Place place) {
    Memory memory = memory(place);
    synchronized (memory) {
      List<Integer> cuts = new ArrayList<>(memory.borders.values());
      memory.refused.forEach((address, refusal) -> cuts.add(address + refusal.length()));
      cuts.sort(null);
      return cuts;
    }
  }

  /** For the health page. */
  Map<String, Object> figures() {
    int refused = 0;
    for (Memory memory : memories.values()) {
      synchronized (memory) {
        refused += memory.refused.size();
      }
    }
    return Map.of("plan.addresses.refused", refused);
  }
}
