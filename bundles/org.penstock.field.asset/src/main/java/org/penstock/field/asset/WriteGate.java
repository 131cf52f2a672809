package org.penstock.field.asset;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.kura.type.TypedValue;
import org.penstock.api.write.ChannelAuthority;
import org.penstock.api.write.WriteSource;

/** Who holds which channel of one asset, and who has to wait. Any thread may call. */
final class WriteGate {

  private final String asset;
  private final Optional<HandSwitches> hands;
  private final Map<String, Hold> holds = new HashMap<>();
  private final Map<String, Instant> lastWrites = new HashMap<>();

  private record Hold(WriteSource source, Instant since, Instant until) {}

  WriteGate(String asset, Optional<HandSwitches> hands) {
    this.asset = asset;
    this.hands = hands;
  }

  /** Lets a write in, and has the source hold the channel from now on; or says why not. */
  synchronized Optional<String> enter(
      String channel, WriteRules rules, TypedValue<?> value, WriteSource source, Instant now) {
    Optional<String> refusal = refusal(channel, rules, value, source, now);
    if (refusal.isEmpty()) {
      if (!rules.hold().isZero()) {
        Hold before = held(channel, now).orElse(null);
        Instant since = before != null && before.source().equals(source) ? before.since() : now;
        holds.put(channel, new Hold(source, since, now.plus(rules.hold())));
      }
      if (!rules.interval().isZero()) {
        lastWrites.put(channel, now);
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
    Hold hold = held(channel, now).orElse(null);
    if (hold != null && !rules.mayTakeOver(source, hold.source())) {
      return Optional.of("%s holds the channel until %s".formatted(hold.source(), hold.until()));
    }
    Optional<String> outOfRange = rules.refusal(value);
    if (outOfRange.isPresent()) {
      return outOfRange;
    }
    Instant last = lastWrites.get(channel);
    if (last != null && now.isBefore(last.plus(rules.interval()))) {
      return Optional.of(
          "written last at %s; %s allows one write each %d ms"
              .formatted(last, WriteRules.INTERVAL, rules.interval().toMillis()));
    }
    return Optional.empty();
  }

  private Optional<Hold> held(String channel, Instant now) {
    return Optional.ofNullable(holds.get(channel)).filter(hold -> now.isBefore(hold.until()));
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
    holds.values().removeIf(hold -> !now.isBefore(hold.until()));
    Map<String, ChannelAuthority> result = new TreeMap<>();
    holds.forEach(
        (channel, hold) ->
            result.put(
                channel,
                new ChannelAuthority(
                    false,
                    Optional.of(hold.source()),
                    Optional.of(hold.since()),
                    Optional.of(hold.until()))));
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
