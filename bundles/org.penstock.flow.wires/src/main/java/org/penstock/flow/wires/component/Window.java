package org.penstock.flow.wires.component;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.eclipse.kura.wire.WireRecord;
import org.penstock.api.strand.Schedule;
import org.penstock.api.strand.Strand;

/**
 * Sums up numbers by asset and key from one whole multiple of its length to the next. A changed
 * configuration makes a new window. Thread safe.
 */
final class Window implements AutoCloseable {

  static final String BEGIN = "window.begin";
  static final String END = "window.end";

  private final long length;
  private final List<Summary.Function> functions;
  private final Pattern keys;
  private final Clock clock;
  private final Strand strand;
  private final Consumer<List<WireRecord>> next;
  private final Map<String, Recent<Summary>> assets = new TreeMap<>();
  private final AtomicReference<Schedule> schedule = new AtomicReference<>();

  /**
   * Reads the properties.
   *
   * @param next gets one record for each asset at the end, on the strand
   * @throws IllegalArgumentException with the key, the value and what is allowed
   */
  Window(Settings settings, Clock clock, Strand strand, Consumer<List<WireRecord>> next) {
    this.length = settings.number(AggregateConfig.WINDOW, 60_000, 10, Integer.MAX_VALUE);
    this.functions =
        Summary.functions(settings.text(AggregateConfig.FUNCTIONS, "count,min,max,mean"));
    this.keys = Keys.pattern(settings, AggregateConfig.KEYS);
    this.clock = clock;
    this.strand = strand;
    this.next = next;
    arm(begin(clock.millis()) + length);
  }

  private long begin(long time) {
    return Math.floorDiv(time, length) * length;
  }

  private void arm(long end) {
    long wait = Math.max(1, Math.min(length, end - clock.millis()));
    schedule.set(strand.after(Duration.ofMillis(wait), () -> ended(end)));
  }

  private void ended(long end) {
    long now = clock.millis();
    if (now < end && end - now <= length) {
      arm(end); // the timer came early
      return;
    }
    try {
      next.accept(take(end - length, end));
    } finally {
      arm(begin(clock.millis()) + length);
    }
  }

  void add(List<WireRecord> records) {
    synchronized (assets) {
      for (WireRecord record : records) {
        String asset = Keys.asset(record);
        Map<String, TypedValue<?>> values = record.getProperties();
        values.forEach(
            (key, value) -> {
              OptionalDouble number = Keys.number(value);
              if (number.isPresent() && isMine(key, values)) {
                assets
                    .computeIfAbsent(asset, name -> new Recent<>())
                    .computeIfAbsent(key, name -> new Summary())
                    .add(number.getAsDouble());
              }
            });
      }
    }
  }

  private boolean isMine(String key, Map<String, ?> record) {
    return !Keys.isCommon(key)
        && Keys.owner(key, record).equals(key)
        && keys.matcher(key).matches();
  }

  private List<WireRecord> take(long begin, long end) {
    List<WireRecord> taken = new ArrayList<>();
    synchronized (assets) {
      assets.forEach(
          (asset, summaries) -> {
            Map<String, TypedValue<?>> values = new HashMap<>();
            summaries.forEach(
                (key, summary) ->
                    functions.forEach(
                        function -> values.put(key + "_" + function, summary.get(function))));
            if (!asset.isEmpty()) {
              values.put(Keys.ASSET, TypedValues.newStringValue(asset));
            }
            values.put(BEGIN, TypedValues.newLongValue(begin));
            values.put(END, TypedValues.newLongValue(end));
            taken.add(new WireRecord(values));
          });
      assets.clear();
    }
    return taken;
  }

  /** Emits what there is. */
  @Override
  public void close() {
    schedule.get().close();
    long now = clock.millis();
    next.accept(take(begin(now), now));
  }
}
