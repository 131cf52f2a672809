package org.penstock.field.asset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.Test;
import org.penstock.api.write.WriteSource;

/** If deleted: a clock that is set back could lock every channel with a rate or a hold for as long. */
class WriteGateTest {

  private static final Instant WRONG = Instant.parse("2036-01-01T00:00:00Z");
  private static final Instant RIGHT = Instant.parse("2026-01-01T00:00:00Z");
  private static final WriteSource RULE = new WriteSource(WriteSource.Kind.RULE, "level");
  private static final WriteSource CLOUD = new WriteSource(WriteSource.Kind.CLOUD, "head office");

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
  private final WriteGate gate = new WriteGate("pumps", Optional.empty(), nanos::get);

  private Optional<String> write(WriteRules rules, WriteSource source, Instant wall) {
    return gate.enter("p1", rules, TypedValues.newBooleanValue(true), source, wall);
  }

  private static WriteRules rules(Duration hold, Duration interval) {
    return new WriteRules(
        List.of(WriteSource.Kind.values()),
        hold,
        interval,
        Optional.empty(),
        Optional.empty(),
        false);
  }

  private void pass(long seconds) {
    nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  @Test
  void aClockThatIsSetBackRefusesNoWriteForLongerThanTheInterval() {
    WriteRules rate = rules(Duration.ZERO, Duration.ofSeconds(5));
    assertEquals(Optional.empty(), write(rate, RULE, WRONG));
    pass(4);
    assertTrue(write(rate, RULE, RIGHT).orElseThrow().contains("each 5000 ms"));
    pass(1);
    assertEquals(Optional.empty(), write(rate, RULE, RIGHT));
  }

  @Test
  void aClockThatIsSetBackLengthensNoHold() {
    WriteRules held = rules(Duration.ofSeconds(60), Duration.ZERO);
    assertEquals(Optional.empty(), write(held, RULE, WRONG));
    pass(59);
    assertTrue(write(held, CLOUD, RIGHT).orElseThrow().contains("until 2026-01-01T00:00:01Z"));
    assertEquals(Optional.of(RIGHT.plusSeconds(1)), gate.authorities(RIGHT).get("p1").until());
    pass(1);
    assertEquals(Map.of(), gate.authorities(RIGHT));
    assertEquals(Optional.empty(), write(held, CLOUD, RIGHT));
  }

  @Test
  void aClockThatIsSetForwardEndsNoHold() {
    WriteRules held = rules(Duration.ofSeconds(60), Duration.ZERO);
    assertEquals(Optional.empty(), write(held, RULE, RIGHT));
    assertTrue(write(held, CLOUD, WRONG).isPresent());
  }
}
