package org.penstock.flow.wires.component;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.wire.WireRecord;

/** Lets a value pass when it has moved far enough from the one that passed last. Thread safe. */
final class Band {

  private record Passed(TypedValue<?> value, long at) {}

  private final double absolute;
  private final double percent;
  private final long silence;
  private final Pattern keys;
  private final Clock clock;
  private final Recent<Passed> passed = new Recent<>();

  /**
   * Reads the properties.
   *
   * @throws IllegalArgumentException with the key, the value and what is allowed
   */
  Band(Settings settings, Clock clock) {
    this.absolute = settings.real(DeadbandConfig.ABSOLUTE, 0, 0, Double.MAX_VALUE);
    this.percent = settings.real(DeadbandConfig.PERCENT, 0, 0, 1_000_000);
    this.silence = settings.number(DeadbandConfig.SILENCE, 0, 0, Integer.MAX_VALUE);
    this.keys = Keys.pattern(settings, DeadbandConfig.KEYS);
    this.clock = clock;
  }

  /** The records with what passes; those left without any value are left out. */
  synchronized List<WireRecord> apply(List<WireRecord> records) {
    List<WireRecord> left = new ArrayList<>();
    for (WireRecord record : records) {
      Map<String, TypedValue<?>> values = apply(record);
      if (values.keySet().stream().anyMatch(key -> !Keys.isCommon(key))) {
        left.add(values.size() == record.getProperties().size() ? record : new WireRecord(values));
      }
    }
    return left;
  }

  private Map<String, TypedValue<?>> apply(WireRecord record) {
    Map<String, TypedValue<?>> all = record.getProperties();
    String asset = Keys.asset(record);
    Map<String, Boolean> decided = new HashMap<>();
    Map<String, TypedValue<?>> values = new HashMap<>();
    all.forEach(
        (key, value) -> {
          String owner = Keys.owner(key, all);
          if (Keys.isCommon(key)
              || decided.computeIfAbsent(owner, own -> passes(asset, own, all.get(own)))) {
            values.put(key, value);
          }
        });
    return values;
  }

  private boolean passes(String asset, String key, TypedValue<?> value) {
    if (!keys.matcher(key).matches()) {
      return true;
    }
    String id = asset + '#' + key;
    long now = clock.millis();
    Passed before = passed.get(id);
    boolean passes =
        before == null
            || silence > 0 && now - before.at() >= silence
            || differs(before.value(), value);
    if (passes) {
      passed.put(id, new Passed(value, now));
    }
    return passes;
  }

  private boolean differs(TypedValue<?> before, TypedValue<?> value) {
    OptionalDouble old = Keys.number(before);
    OptionalDouble young = Keys.number(value);
    if (old.isEmpty() || young.isEmpty()) {
      return !before.equals(value);
    }
    double moved = Math.abs(young.getAsDouble() - old.getAsDouble());
    return moved > Math.max(absolute, Math.abs(old.getAsDouble()) * percent / 100);
  }
}
