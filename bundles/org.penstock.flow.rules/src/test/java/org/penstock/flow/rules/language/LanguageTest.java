package org.penstock.flow.rules.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.penstock.api.driver.ChannelState;
import org.penstock.api.driver.Quality;
import org.penstock.api.expression.ChannelTypes;
import org.penstock.api.expression.Expression;
import org.penstock.api.expression.ExpressionException;

/** Values, messages and limits as tables. If deleted: a wrong formula could be found out in the plant. */
class LanguageTest {

  private static final Map<String, DataType> TYPES =
      Map.of(
          "pump/speed", DataType.INTEGER,
          "pump/temperature", DataType.DOUBLE,
          "pump/on", DataType.BOOLEAN,
          "pump/mode", DataType.STRING,
          "pump-1/raw", DataType.BYTE_ARRAY,
          "level", DataType.LONG,
          "limit", DataType.LONG);

  private static final Map<String, TypedValue<?>> VALUES =
      Map.of(
          "pump/speed", TypedValues.newIntegerValue(1500),
          "pump/temperature", TypedValues.newDoubleValue(71.5),
          "pump/on", TypedValues.newBooleanValue(true),
          "pump/mode", TypedValues.newStringValue("AUTO"),
          "level", TypedValues.newLongValue(12),
          "limit", TypedValues.newLongValue(5));

  private static final ChannelTypes CHANNELS =
      new ChannelTypes() {
        @Override
        public Optional<DataType> type(String channel) {
          return Optional.ofNullable(TYPES.get(channel));
        }

        @Override
        public Set<String> known() {
          return TYPES.keySet();
        }
      };

  private static final Language LANGUAGE = new Language();

  private static Expression.Result at(String text, DataType type, Instant now) throws Exception {
    return LANGUAGE
        .compile(text, type, CHANNELS)
        .evaluate(
            name ->
                Optional.ofNullable(VALUES.get(name))
                    .map(
                        value ->
                            new ChannelState(
                                Quality.GOOD,
                                now.minusSeconds(3),
                                Optional.of(value),
                                Optional.of(now.minusSeconds(3)))),
            now);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "STRING | text(7 / 2) | 3.5",
        "STRING | text(7 % 4) | 3",
        "STRING | text(2 + 3 * 4 - 6 / 2) | 11.0",
        "STRING | text(-2 - -3) | 1",
        "STRING | pump/speed > 1000 && pump/on ? 'fast ' + pump/mode : 'slow' | fast AUTO",
        "BOOLEAN | pump/mode in ('AUTO', 'HAND') and not (pump/speed in (1, 2)) | true",
        "INTEGER | pump/temperature | 72",
        "INTEGER | -2.5 | -2",
        "LONG | level/limit2 | ?9",
        "DOUBLE | level / limit | 2.4",
        "STRING | text(pump/temperature, 2) | 71.50",
        "DOUBLE | round(pump/temperature / 3, 1) | 23.8",
        "DOUBLE | number(' 1e3 ') + min(3, 2, 7.5) + max(1, 2) | 1004.0",
        "DOUBLE | seconds(age(pump/speed)) | 3.0",
        "BOOLEAN | age(pump/speed) > 2 s && age(pump/speed) * 2 == 6 s | true",
        "BOOLEAN | now() - time(pump/on) == 3000 ms | true",
        "STRING | quality(pump/on) + quality([pump-1/raw]) | GOODBAD",
        "BOOLEAN | good(pump/on) && bad([pump-1/raw]) | true",
        "STRING | upper(substring('valve open', 0, 5)) + lower('X') + trim(' y ') | VALVExy",
        "BOOLEAN | contains('valve', 'alv') && startsWith('valve', 'v') && endsWith('valve', 'e') | true",
        "BOOLEAN | bit(5, 0) && !bit(5, 1) && bit(5, 2) | true",
        "DOUBLE | clamp(140, 0, 100) + abs(-2) + sqrt(16) + pow(2, 3) | 114.0",
        "LONG | floor(-1.5) + ceil(1.2) + whole(-1.7) | -1",
        "STRING | \"it's \\\"so\\\"\" | it's \"so\"",
        "LONG | 9000000000 * 1000000 | 9000000000000000",
      })
  void valuesAreAsWritten(String type, String text, String expected) throws Exception {
    if (expected.startsWith("?")) {
      assertThrows(
          ExpressionException.class, () -> at(text, DataType.valueOf(type), Instant.EPOCH));
      return;
    }
    Expression.Result result =
        at(text, DataType.valueOf(type), Instant.parse("2026-11-27T12:00:00Z"));
    assertEquals(Quality.GOOD, result.quality());
    assertEquals(expected, result.value().orElseThrow().getValue().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1 / (level - 12) | character 3: division by zero",
        "5 % (level - 12) | character 3: division by zero",
        "level * 900000000000000000 | character 7: the whole number becomes too great",
        "exp(1000) | character 1: the result is no number, or too great",
        "sqrt(-1) | character 1: the result is no number, or too great",
        "number(pump/mode) | character 1: 'AUTO' is no number",
        "pump/speed * 10000000 | 15000000000 is too great for INTEGER",
      })
  void whatHasNoValueIsBadAndSaysWhy(String text, String reason) throws Exception {
    Expression.Result result = at(text, DataType.INTEGER, Instant.EPOCH);
    assertEquals(Optional.empty(), result.value());
    assertEquals(Quality.bad(reason), result.quality());
    Expression.Result other = at("orElse(" + text + ", 7)", DataType.LONG, Instant.EPOCH);
    boolean valid = text.equals("pump/speed * 10000000"); // it is too great for INTEGER only
    assertEquals(valid ? 15_000_000_000L : 7L, other.value().orElseThrow().getValue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "pump/sped > 1 | 1 | there is no channel pump/sped; did you mean pump/speed?",
        "1 < [pump1/raw] | 5 | there is no channel pump1/raw; did you mean [pump-1/raw]?",
        "level/limit > 1 | 1 | there is no channel level/limit; to divide, put spaces around /",
        "AUTO == pump/mode | 1 | there is no channel AUTO; channels are written asset/channel, texts in quotes",
        "stdev(pump/speed, 5 s) > 1 | 1 | there is no function stdev; did you mean stddev?",
        "avrg(pump/speed, 5 s) > 1 | 1 | there is no function avrg; did you mean avg?",
        "pump/speed = 3 | 12 | '=' alone means nothing; compare with ==",
        "pump/on & true | 9 | '&' alone means nothing; write &&",
        "pump/speed > 'x' | 14 | this is a text, but a whole number is needed here",
        "pump/mode + 1 == 'x' | 11 | + does not go between a text and a whole number; text(...) makes a text of a number, number(...) a number of a text",
        "pump/speed && pump/on | 1 | this is a whole number, but a truth value is needed here; compare it: ... > 0",
        "pump/speed | 1 | the whole gives a whole number, but a truth value is needed; compare it: ... > 0",
        "(pump/on | 9 | expected ) before the end",
        "pump/on) | 8 | ')' is one too many here; an operator or the end is expected",
        "pump/speed > | 13 | the expression ends too early; a value is expected, such as pump/speed",
        "held(pump/on) | 1 | held takes a condition and a duration, not 1 argument",
        "held(pump/on, pump/speed) | 15 | a duration is needed here, written out, 1 ms to 31 d: 10 s",
        "avg(pump/speed) > 1 | 1 | avg takes a value and a window: 10 s, every 1 min, or every 1 min, late 5 s",
        "avg(3, 5 s) > 1 | 5 | a window is over values that come: name a channel in it",
        "shift('Mon-Fry 06:00-14:00') | 7 | Fry is no day of the week; shifts are written 'Mon-Fri 06:00-14:00; Sat 08:00-12:00'",
        "shift('06:00-14:00', 'Europe/Berlyn') | 22 | there is no such time zone; write 'Europe/Berlin' or 'UTC'",
        "onDay('2026-02-30') | 7 | '2026-02-30' is no day; days are written '2026-12-25, 01-01'",
        "pump/mode == 'x | 14 | the text has no end; close it with '",
        "[pump-1/raw] == [pump-1/raw] | 14 | bytes are not compared; only their quality is tested",
        "every 5 s | 7 | '5 s' is one too many here; an operator or the end is expected",
      })
  void whatIsWrongIsSaidWithPlaceAndRemedy(String text, int character, String message) {
    ExpressionException wrong =
        assertThrows(
            ExpressionException.class, () -> LANGUAGE.compile(text, DataType.BOOLEAN, CHANNELS));
    assertEquals(message, wrong.getMessage());
    assertEquals(character, wrong.position() + 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "shift('Mon-Fri 06:00-14:00', 'Europe/Berlin') | 2026-11-27T05:00:00Z | true",
        "shift('Mon-Fri 06:00-14:00', 'Europe/Berlin') | 2026-11-27T13:00:00Z | false",
        "shift('Mon-Fri 06:00-14:00', 'Europe/Berlin') | 2026-11-28T05:00:00Z | false",
        "shift('Fri 22:00-06:00', 'UTC') | 2026-11-28T05:59:59Z | true",
        "shift('Fri 22:00-06:00', 'UTC') | 2026-11-27T05:59:59Z | false",
        // summer time begins on 2026-03-29 at 02:00: the hour from 02:00 on is left out
        "shift('02:00-03:00', 'Europe/Berlin') | 2026-03-29T00:59:59Z | false",
        "shift('02:00-03:00', 'Europe/Berlin') | 2026-03-29T01:00:00Z | false",
        "shift('03:00-04:00', 'Europe/Berlin') | 2026-03-29T01:00:00Z | true",
        // it ends on 2026-10-25 at 03:00: the hour from 02:00 on comes twice
        "shift('02:00-03:00', 'Europe/Berlin') | 2026-10-25T00:30:00Z | true",
        "shift('02:00-03:00', 'Europe/Berlin') | 2026-10-25T01:30:00Z | true",
        "shift('02:00-03:00', 'Europe/Berlin') | 2026-10-25T02:00:00Z | false",
        "shift('22:00-06:00', 'Europe/Berlin') | 2026-10-25T04:59:00Z | true",
        "shift('22:00-06:00', 'Europe/Berlin') | 2026-10-25T05:00:00Z | false",
        "shift('00:00-24:00', 'UTC') | 2026-11-27T23:59:59Z | true",
        "onDay('12-25, 2026-11-27', 'UTC') | 2027-12-25T10:00:00Z | true",
        "onDay('12-25, 2026-11-27', 'UTC') | 2027-11-27T10:00:00Z | false",
        "onDay('2026-11-27', 'Asia/Tokyo') | 2026-11-26T15:00:00Z | true",
        "hour('Europe/Berlin') == 3 | 2026-03-29T01:00:00Z | true",
        "weekday('UTC') == 5 && day('UTC') == 27 && month('UTC') == 11 | 2026-11-27T12:00:00Z | true",
      })
  void theClockOnTheWallCountsAlsoOnDaysOfChange(String text, String time, boolean expected)
      throws Exception {
    assertEquals(
        expected, at(text, DataType.BOOLEAN, Instant.parse(time)).value().orElseThrow().getValue());
  }

  /** What a rule of ill will could cost. */
  @Test
  void whatWouldBurnTimeOrMemoryIsRefused() {
    Map<String, String> bombs =
        Map.of(
            "(".repeat(4000),
            "nest at most",
            "-".repeat(3000) + "1",
            "nest at most",
            "1" + "+1".repeat(1500),
            "at most 500 parts",
            "1" + " ".repeat(5000),
            "at most 4096 characters",
            "held(".repeat(49) + "true" + ", 1 s)".repeat(49),
            "at most 32 functions that remember",
            "avg(pump/speed, 400 d) > 1",
            "1 ms to 31 d");
    bombs.forEach(
        (text, message) -> {
          ExpressionException refused =
              assertThrows(
                  ExpressionException.class,
                  () -> LANGUAGE.compile(text, DataType.BOOLEAN, CHANNELS));
          assertTrue(refused.getMessage().contains(message), refused.getMessage());
        });
  }

  @Test
  void nestedFallbacksCostNothing() throws Exception {
    String text = "orElse(".repeat(48) + "1 / 0" + ", 1 / 0)".repeat(47) + ", 3)";
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () ->
            assertEquals(
                3.0, at(text, DataType.DOUBLE, Instant.EPOCH).value().orElseThrow().getValue()));
  }

  @Test
  void aWindowThatOverflowsIsCutOffAndSaysSo() throws Exception {
    Program program = LANGUAGE.compile("sum(pump/speed, 1 h)", DataType.DOUBLE, CHANNELS);
    Slot slot = program.slot("pump/speed");
    for (int i = 0; i <= Samples.MOST; i++) {
      Instant at = Instant.ofEpochMilli(1000 + i);
      slot.load(
          new ChannelState(
              Quality.GOOD, at, Optional.of(TypedValues.newIntegerValue(1)), Optional.of(at)));
      program.step(at.toEpochMilli());
      if (i == Samples.MOST - 1) {
        assertEquals((double) Samples.MOST, program.value().value().orElseThrow().getValue());
      }
    }
    assertEquals(
        "more than 10000 values came within the window's 3600000 ms; make it shorter",
        program.value().quality().reason());
  }

  /** Whatever is typed: an expression, or a message with a place inside the text. */
  @Test
  void nonsenseIsRefusedInWords() {
    String[] words = {
      "pump/speed",
      "level",
      "(",
      ")",
      "1",
      "2.5",
      "'x'",
      "&&",
      "<",
      "in",
      "avg",
      "every",
      "5 s",
      ",",
      "?",
      ":",
      "-",
      "!",
      "held",
      "[",
      "]",
      "\"",
      "pump/",
      "\\",
      "\u00e4",
      "1e999",
      "orElse"
    };
    int compiled = 0;
    for (int seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(8); i >= 0; i--) {
        text.append(words[random.nextInt(words.length)]).append(random.nextBoolean() ? " " : "");
      }
      try {
        LANGUAGE.compile(text.toString(), DataType.BOOLEAN, CHANNELS);
        compiled++;
      } catch (ExpressionException refused) {
        assertTrue(refused.position() >= 0 && refused.position() <= text.length(), text::toString);
        assertTrue(refused.getMessage().length() > 10, text::toString);
      }
    }
    assertTrue(compiled > 0);
  }
}
