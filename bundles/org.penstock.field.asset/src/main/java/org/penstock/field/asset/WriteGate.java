package org.penstock.field.asset;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.eclipse.kura.type.TypedValue;
import org.penstock.api.write.ChannelAuthority;
import org.penstock.api.write.WriteSource;

/**
 * Who holds which channel of one asset, and who has to wait. Holds and intervals go by what has
 * elapsed, since the clock may be set meanwhile. Any thread may call.
 */
final class WriteGate {

  private final String asset;
  private final Optional<HandSwitches> hands;
  private final Map<String, Hold> holds = new HashMap<>();
  private final Map<String, Write> lastWrites = new HashMap<>();
  private final LongSupplier nanos;

  private record Hold(WriteSource source, Instant since, long end) {}

  private record Write(Instant shown, long at) {}

  WriteGate(String asset, Optional<HandSwitches> hands) {
    this(asset, hands, System::nanoTime);
  }

  /** For tests: with a clock that nobody sets. */
  WriteGate(String asset, Optional<HandSwitches> hands, LongSupplier nanos) {
    this.asset = asset;
    this.hands = hands;
    this.nanos = nanos;
  }

  /** Lets a write in, and has the source hold the channel from now on; or says why not. */
  synchronized Optional<String> enter(
      String channel, WriteRules rules, TypedValue<?> value, WriteSource source, Instant now) {
    Optional<String> refusal = refusal(channel, rules, value, source, now);
    if (refusal.isEmpty()) {
      if (!rules.hold().isZero()) {
        Hold before = held(channel).orElse(null);
        Instant since = before != null && before.source().equals(source) ? before.since() : now;
        long end = nanos.getAsLong() + rules.hold().toNanos();
        holds.put(channel, new Hold(source, since, end));
      }
      if (!rules.interval().isZero()) {
        lastWrites.put(channel, new Write(now, nanos.getAsLong()));
      }
    }
    return refusal;
  }

  private Optional<String> refusal(
      String channel, WriteRules rules, TypedValue<?> value, WriteSource source, Instant now) {
    Optional<HandSwitches.Switch> hand = hands.flatMap(h -> h.of(asset, channel));
    if (hand.isPresent() && source.kind() != WriteSource.Kind.OPERATOR) {
      return Optional.of(
          "the channel is in hand since %s by %s; an operator may switch it to automatic"
              .formatted(hand.get().since(), hand.get().owner()));
    }
    if (!rules.allows(source)) {
      return Optional.of(
          "%s may not write to this channel; %s is %s"
              .formatted(source.kind(), WriteRules.ORDER, rules.order()));
    }
    Hold hold = held(channel).orElse(null);
    if (hold != null && !rules.mayTakeOver(source, hold.source())) {
      return Optional.of(
          "%s holds the channel until %s".formatted(hold.source(), until(hold, now)));
    }
    Optional<String> outOfRange = rules.refusal(value);
    if (outOfRange.isPresent()) {
      return outOfRange;
    }
    Write last = lastWrites.get(channel);
    if (last != null && nanos.getAsLong() - last.at() < rules.interval().toNanos()) {
      return Optional.of(
          "written last at %s; %s allows one write each %d ms"
              .formatted(last.shown(), WriteRules.INTERVAL, rules.interval().toMillis()));
    }
    return Optional.empty();
  }

  private Optional<Hold> held(String channel) {
    return Optional.ofNullable(holds.get(channel)).filter(hold -> left(hold) > 0);
  }

  private long left(Hold hold) {
    return hold.end() - nanos.getAsLong();
  }

  /** As the clock stands now. */
  private Instant until(Hold hold, Instant now) {
    return now.plusNanos(left(hold));
  }

  /** The source's write did not reach the device, or it needs the channel no more. */
  synchronized void release(String channel, WriteSource source) {
    Hold hold = holds.get(channel);
    if (hold != null && hold.source().equals(source)) {
      holds.remove(channel);
    }
  }

  /** Who may write, by channel; without those that nobody holds. */
  synchronized Map<String, ChannelAuthority> authorities(Instant now) {
    holds.values().removeIf(hold -> left(hold) <= 0);
    Map<String, ChannelAuthority> result = new TreeMap<>();
    holds.forEach(
        (channel, hold) ->
            result.put(
                channel,
                new ChannelAuthority(
                    false,
                    Optional.of(hold.source()),
                    Optional.of(hold.since()),
                    Optional.of(until(hold, now)))));
    hands
        .map(h -> h.ofAsset(asset))
        .orElse(Map.of())
        .forEach(
            (channel, hand) ->
                result.put(
                    channel,
                    new ChannelAuthority(
                        true,
                        Optional.of(new WriteSource(WriteSource.Kind.OPERATOR, hand.owner())),
                        Optional.of(hand.since()),
                        Optional.empty())));
    return result;
  }
}
