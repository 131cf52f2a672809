package org.penstock.api.cron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Without this, timers tick at other times than the operator wrote. */
class CronTest {

  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final ZoneId ROME = ZoneId.of("Europe/Rome");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0/10 * * * * ?        | 2026-03-01T12:00:00 | 2026-03-01T12:00:10",
        "0/10 * * * * ?        | 2026-03-01T12:00:59 | 2026-03-01T12:01:00",
        "/15 * * * * ?         | 2026-03-01T12:00:16 | 2026-03-01T12:00:30",
        "5,20 * * * * ?        | 2026-03-01T12:00:05 | 2026-03-01T12:00:20",
        "0 0 12 * * ?          | 2026-03-01T12:00:00 | 2026-03-02T12:00:00",
        "0 15 10 ? * *         | 2026-03-01T11:00:00 | 2026-03-02T10:15:00",
        "0 15 10 * * *         | 2026-03-01T09:00:00 | 2026-03-01T10:15:00",
        "0 15 10 * * ? 2028    | 2026-03-01T11:00:00 | 2028-01-01T10:15:00",
        "0 * 14 * * ?          | 2026-03-01T14:59:00 | 2026-03-02T14:00:00",
        "0 0/5 14,18 * * ?     | 2026-03-01T14:56:00 | 2026-03-01T18:00:00",
        "0 10,44 14 ? 3 WED    | 2026-03-01T00:00:00 | 2026-03-04T14:10:00",
        "0 15 10 ? * MON-FRI   | 2026-03-06T10:15:00 | 2026-03-09T10:15:00",
        "0 0 9 ? * FRI-MON     | 2026-03-02T09:00:00 | 2026-03-06T09:00:00",
        "0 0 22-2 * * ?        | 2026-03-01T02:00:00 | 2026-03-01T22:00:00",
        "0 15 10 15 * ?        | 2026-03-15T10:15:00 | 2026-04-15T10:15:00",
        "0 15 10 L * ?         | 2026-02-01T00:00:00 | 2026-02-28T10:15:00",
        "0 15 10 L-2 * ?       | 2026-02-01T00:00:00 | 2026-02-26T10:15:00",
        "0 15 10 LW * ?        | 2026-02-01T00:00:00 | 2026-02-27T10:15:00",
        "0 15 10 15W * ?       | 2026-03-01T00:00:00 | 2026-03-16T10:15:00",
        "0 15 10 1W * ?        | 2026-07-31T00:00:00 | 2026-08-03T10:15:00",
        "0 15 10 ? * 6L        | 2026-03-01T00:00:00 | 2026-03-27T10:15:00",
        "0 15 10 ? * FRIL      | 2026-03-01T00:00:00 | 2026-03-27T10:15:00",
        "0 15 10 ? * 6#3       | 2026-03-01T00:00:00 | 2026-03-20T10:15:00",
        "0 15 10 ? * MON#5     | 2026-03-01T00:00:00 | 2026-03-30T10:15:00",
        "0 15 10 ? * L         | 2026-03-01T00:00:00 | 2026-03-07T10:15:00",
        "0 15 10 ? * 1         | 2026-03-01T11:00:00 | 2026-03-08T10:15:00",
        "0 0 12 1/5 * ?        | 2026-03-02T00:00:00 | 2026-03-06T12:00:00",
        "0 11 11 11 NOV ?      | 2026-03-01T00:00:00 | 2026-11-11T11:11:00",
        "0 0 0 29 2 ?          | 2026-03-01T00:00:00 | 2028-02-29T00:00:00",
        "0 0 0 1 1 ? 2030-2032/2 | 2030-06-01T00:00:00 | 2032-01-01T00:00:00",
        "59 59 23 31 12 ?      | 2026-12-31T23:59:58 | 2026-12-31T23:59:59",
        "0 0 0 ? * mon         | 2026-03-01T00:00:00 | 2026-03-02T00:00:00",
      })
  void quartzSyntax(String expression, String after, String next) {
    Instant from = LocalDateTime.parse(after).atZone(UTC).toInstant();
    assertEquals(
        Optional.of(LocalDateTime.parse(next).atZone(UTC).toInstant()),
        Cron.parse(expression).next(from, UTC));
  }

  @Test
  void millisecondsDoNotDelayATick() {
    assertEquals(
        Optional.of(Instant.parse("2026-03-01T00:00:10Z")),
        Cron.parse("0/10 * * * * ?").next(Instant.parse("2026-03-01T00:00:09.999Z"), UTC));
    assertEquals(
        Optional.of(Instant.parse("2026-03-01T00:00:20Z")),
        Cron.parse("0/10 * * * * ?").next(Instant.parse("2026-03-01T00:00:10.001Z"), UTC));
  }

  @Test
  void whatNeverComesIsEmpty() {
    Instant now = Instant.parse("2026-03-01T00:00:00Z");
    assertTrue(Cron.parse("0 0 0 31 2 ?").next(now, UTC).isEmpty());
    assertTrue(Cron.parse("0 0 0 1 1 ? 2020").next(now, UTC).isEmpty());
  }

  /** Rome: 2026-03-29 02:00 becomes 03:00, 2026-10-25 03:00 becomes 02:00. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // the missing hour
        "0 30 2 * * ?   | 2026-03-28T22:00:00Z | 2026-03-29T01:30:00Z 2026-03-30T00:30:00Z",
        "0/30 * * * * ? | 2026-03-29T00:59:00Z | 2026-03-29T00:59:30Z 2026-03-29T01:00:00Z 2026-03-29T01:00:30Z",
        "0 30 * * * ?   | 2026-03-29T00:00:00Z | 2026-03-29T00:30:00Z 2026-03-29T01:30:00Z 2026-03-29T02:30:00Z",
        // the doubled hour: a daily table once, an hourly one each hour
        "0 30 2 * * ?   | 2026-10-24T22:00:00Z | 2026-10-25T00:30:00Z 2026-10-26T01:30:00Z",
        "0 30 * * * ?   | 2026-10-25T00:00:00Z | 2026-10-25T00:30:00Z 2026-10-25T01:30:00Z 2026-10-25T02:30:00Z",
        "0/30 * * * * ? | 2026-10-25T00:59:00Z | 2026-10-25T00:59:30Z 2026-10-25T01:00:00Z 2026-10-25T01:00:30Z",
        "0 0 3 * * ?    | 2026-10-24T22:00:00Z | 2026-10-25T02:00:00Z 2026-10-26T02:00:00Z",
      })
  void clockChanges(String expression, String after, String expected) {
    Cron cron = Cron.parse(expression);
    List<Instant> found = new ArrayList<>();
    Instant at = Instant.parse(after);
    String[] times = expected.split(" ");
    for (int i = 0; i < times.length; i++) {
      at = cron.next(at, ROME).orElseThrow();
      found.add(at);
    }
    assertEquals(List.of(times), found.stream().map(Instant::toString).toList());
  }

  @Test
  void everyTickOfAYearIsLaterThanTheOneBefore() {
    Cron cron = Cron.parse("0 0/20 * * * ?");
    Instant at = Instant.parse("2026-01-01T00:00:00Z");
    int count = 0;
    while (at.isBefore(Instant.parse("2027-01-01T00:00:00Z"))) {
      Instant next = cron.next(at, ROME).orElseThrow();
      assertEquals(1200, next.getEpochSecond() - at.getEpochSecond(), "after " + at);
      at = next;
      count++;
    }
    assertEquals(365 * 72, count);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "* * * * *",
        "60 * * * * ?",
        "* 60 * * * ?",
        "* * 24 * * ?",
        "* * * 0 * ?",
        "* * * 32 * ?",
        "* * * * 13 ?",
        "* * * ? * 8",
        "* * * ? * 0",
        "x * * * * ?",
        "0/0 * * * * ?",
        "1-2-3 * * * * ?",
        "0/1/2 * * * * ?",
        "* * * ? * ?",
        "* * * 1 * 2",
        "* * * L-31 * ?",
        "* * * ? * MON#6",
        "* * * * * ? 1969",
        "1, * * * * ?",
        "-1 * * * * ?",
        "* * * ? * XYZ",
        "* * * 40W * ?"
      })
  void badExpressionsAreRefusedWithTheirText(String expression) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Cron.parse(expression));
    assertTrue(refused.getMessage().contains("'" + expression + "'"), refused.getMessage());
  }
}
