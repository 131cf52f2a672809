package org.penstock.cloud.connection.form;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.Test;
import org.penstock.api.driver.ChannelState;
import org.penstock.api.driver.Quality;
import org.penstock.api.expression.ChannelTypes;
import org.penstock.api.expression.ChannelValues;
import org.penstock.api.expression.Expression;
import org.penstock.api.expression.ExpressionException;

/** Without it a plain broker's consumers could get broken JSON, shifted columns or stale values. */
class FormTest {

  private static final Sample LEVEL = new Sample("tank \"1\"", "level", 1.5, 1000, "good");
  private static final Sample VALVE = new Sample("tank \"1\"", "valve,a", null, 2000, "bad");

  private static final Formulas NONE = new Formulas(reason -> {});

  private static String text(String kind, String template, Sample... samples) {
    return new String(
        PlainForm.of(kind, template, NONE).encode(List.of(samples)), StandardCharsets.UTF_8);
  }

  @Test
  void theUsualJsonHoldsAWholePollInOneMessage() {
    String json = text("json", "", LEVEL, VALVE);
    assertEquals(
        "{\"asset\":\"tank \\\"1\\\"\",\"timestamp\":1000,\"values\":{\"level\":1.5,\"valve,a\":null}}",
        json);
    assertTrue(JsonParser.parseString(json).isJsonObject());
  }

  @Test
  void aTemplateWithoutBlockIsRepeatedAndTextGoesIntoStrings() {
    String template = "{\"id\":\"${asset.text}/${channel.text}\",\"q\":${quality},\"t\":${time}}";
    assertEquals(
        "{\"id\":\"tank \\\"1\\\"/level\",\"q\":\"good\",\"t\":\"1970-01-01T00:00:01Z\"}",
        text("json", template, LEVEL));
    assertEquals(
        2, JsonParser.parseString(text("json", template, LEVEL, VALVE)).getAsJsonArray().size());
  }

  @Test
  void valuesCanNotBreakOutOfTheirPlaces() {
    Sample evil = new Sample("a", "c", "x\",\"admin\":true,\"${value}", 0, "good");
    assertEquals(
        "x\",\"admin\":true,\"${value}",
        JsonParser.parseString(text("json", "{\"v\":${value}}", evil))
            .getAsJsonObject()
            .get("v")
            .getAsString());
    assertEquals(
        "{\"v\":null}",
        text("json", "{\"v\":${value}}", new Sample("a", "c", Double.NaN, 0, "good")));
  }

  @Test
  void anUnknownPlaceholderIsNamed() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Template.parse("${price}", NONE))
            .getMessage();
    assertTrue(message.contains("price") && message.contains("timestamp"), message);
    assertThrows(IllegalArgumentException.class, () -> Template.parse("${#values}", NONE));
    assertThrows(IllegalArgumentException.class, () -> PlainForm.of("xml", "", NONE));
  }

  @Test
  void csvQuotesWhatNeedsIt() {
    assertEquals(
        "1000,\"tank \"\"1\"\"\",level,1.5,good\r\n2000,\"tank \"\"1\"\"\",\"valve,a\",,bad\r\n",
        text("csv", "", LEVEL, VALVE));
  }

  @Test
  void rawIsTheValueItself() {
    assertEquals("1.5", text("raw", "", LEVEL));
    byte[] bytes = {0, -1};
    assertArrayEquals(
        bytes,
        PlainForm.of("raw", "", NONE).encode(List.of(new Sample("a", "c", bytes, 0, "good"))));
  }

  @Test
  void aWiresRecordIsReadWithErrorsAndTimes() {
    KuraPayload payload = new KuraPayload();
    payload.setTimestamp(new Date(5));
    Map.of(
            "assetName",
            "tank",
            "level",
            3,
            "level_timestamp",
            77L,
            "level_unit",
            "m",
            "level_error",
            "",
            "valve_error",
            "timed out",
            "valve_timestamp",
            88L,
            "flow",
            2.5)
        .forEach(payload::addMetric);
    assertEquals(
        List.of(
            new Sample("tank", "flow", 2.5, 5, "good"),
            new Sample("tank", "level", 3, 77, "good"),
            new Sample("tank", "valve", null, 88, "bad")),
        Sample.of(payload));
  }

  @Test
  void theQualityOfAWiresRecordIsNoChannelOfItsOwn() {
    KuraPayload payload = new KuraPayload();
    payload.setTimestamp(new Date(5));
    Map.of(
            "assetName", "tank",
            "level", 3,
            "level_quality", "GOOD",
            "flow", Double.NaN,
            "flow_quality", "UNCERTAIN",
            "valve_quality", "BAD",
            "valve_timestamp", 88L,
            "pump_error", "timed out",
            "pump_quality", "BAD")
        .forEach(payload::addMetric);
    assertEquals(
        List.of(
            new Sample("tank", "flow", Double.NaN, 5, "uncertain"),
            new Sample("tank", "level", 3, 5, "good"),
            new Sample("tank", "pump", null, 5, "bad"),
            new Sample("tank", "valve", null, 88, "bad")),
        Sample.of(payload));
  }

  @Test
  void aChannelWhoseNameEndsInQualityStaysOne() {
    KuraPayload payload = new KuraPayload();
    payload.setTimestamp(new Date(5));
    Map.of(
            "air_quality", 41,
            "air_quality_quality", "GOOD",
            "air", 20.5,
            "water_quality", "fair",
            "bad_quality", "GOOD")
        .forEach(payload::addMetric);
    assertEquals(
        List.of(
            new Sample("", "air", 20.5, 5, "good"),
            new Sample("", "air_quality", 41, 5, "good"),
            new Sample("", "bad_quality", "GOOD", 5, "good"),
            new Sample("", "water_quality", "fair", 5, "good")),
        Sample.of(payload));
  }

  @Test
  void thatNothingCouldBeReadIsNoChannel() {
    KuraPayload payload = new KuraPayload();
    payload.addMetric("assetName", "tank");
    payload.addMetric("assetTimestamp", 5L);
    payload.addMetric("assetError", "connection refused");
    assertEquals(List.of(), Sample.of(payload));
    payload.addMetric("level", 3);
    assertEquals(List.of(new Sample("tank", "level", 3, 5, "good")), Sample.of(payload));
  }

  @Test
  void onlyWhatLeavesTheDeadbandPassesAndSilenceEnds() {
    ChangeFilter filter = new ChangeFilter(0.5, 1000);
    assertEquals(1, filter.pass(List.of(sample(10.0, 0))).size());
    assertEquals(0, filter.pass(List.of(sample(10.4, 100))).size());
    assertEquals(0, filter.pass(List.of(sample(10.5, 200))).size());
    assertEquals(1, filter.pass(List.of(sample(10.6, 300))).size());
    assertEquals(
        0, filter.pass(List.of(sample(10.2, 400))).size(), "the band is around what passed");
    assertEquals(1, filter.pass(List.of(sample(10.6, 1300))).size(), "silent for a second");
    assertEquals(1, filter.pass(List.of(new Sample("a", "c", null, 1400, "bad"))).size());
    assertEquals(1, filter.pass(List.of(sample(10.6, 1500))).size());
  }

  @Test
  void aClockThatIsSetBackDoesNotSilenceWhatIsUnchanged() {
    ChangeFilter filter = new ChangeFilter(0.5, 1000);
    assertEquals(1, filter.pass(List.of(sample(10.0, 1_000_000))).size());
    assertEquals(1, filter.pass(List.of(sample(10.0, 5_000))).size(), "set back");
    assertEquals(0, filter.pass(List.of(sample(10.0, 5_900))).size());
    assertEquals(1, filter.pass(List.of(sample(10.0, 6_000))).size(), "silent for a second");
    ChangeFilter never = new ChangeFilter(0.5, 0);
    assertEquals(1, never.pass(List.of(sample(10.0, 1_000_000))).size());
    assertEquals(0, never.pass(List.of(sample(10.0, 5_000))).size(), "silence is not asked for");
  }

  private static Sample sample(double value, long at) {
    return new Sample("a", "c", value, at, "good");
  }

  /** A language that only knows "twice <channel>" of numbers. */
  private static Expression twice(String text, DataType result, ChannelTypes types)
      throws ExpressionException {
    String channel = text.replace("twice ", "");
    if (result != DataType.DOUBLE || types.type(channel).isEmpty()) {
      throw new ExpressionException(6, "there is no number " + channel);
    }
    return new Expression() {
      @Override
      public Set<String> references() {
        return Set.of(channel);
      }

      @Override
      public Result evaluate(ChannelValues values, Instant now) {
        Object value =
            values.state(channel).flatMap(ChannelState::lastGood).orElseThrow().getValue();
        double twice = 2 * ((Number) value).doubleValue();
        return new Result(Optional.of(TypedValues.newDoubleValue(twice)), Quality.GOOD);
      }
    };
  }

  @Test
  void expressionsOfATemplateAreEvaluatedOverTheMessageOrSayWhyNot() {
    List<String> problems = new ArrayList<>();
    Formulas formulas = new Formulas(problems::add);
    PlainForm form =
        PlainForm.of("json", "{\"t\":${=twice tank/level},\"n\":${=twice x}}", formulas);
    List<Sample> poll = List.of(new Sample("tank", "level", 1.5, 1, "good"));
    assertEquals("{\"t\":null,\"n\":null}", new String(form.encode(poll), StandardCharsets.UTF_8));
    assertEquals(
        "${=twice tank/level} has no value: no expression language is installed", problems.get(0));
    formulas.use(FormTest::twice);
    problems.clear();
    assertEquals("{\"t\":3.0,\"n\":null}", new String(form.encode(poll), StandardCharsets.UTF_8));
    form.encode(poll);
    assertEquals(List.of("${=twice x}, character 7: there is no number x"), problems);
  }

  @Test
  void noPartIsLargerThanAllowedUnlessOneValueIs() {
    List<Sample> poll = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      poll.add(new Sample("tank", "channel " + i, "x".repeat(i == 50 ? 500 : i % 7), 1, "good"));
    }
    for (String kind : List.of("json", "csv")) {
      for (String template : List.of("", "{\"${channel.text}\":${value}}")) {
        PlainForm form = PlainForm.of(kind, template, NONE);
        List<List<Sample>> parts = form.parts(poll, 300);
        List<Sample> all = new ArrayList<>();
        parts.forEach(all::addAll);
        assertEquals(poll, all);
        int most =
            parts.stream()
                .filter(p -> p.size() > 1)
                .mapToInt(p -> form.encode(p).length)
                .max()
                .orElseThrow();
        assertTrue(most <= 300 && most > 200, kind + template + ": " + most);
        assertTrue(parts.size() < 60, kind + ": " + parts.size());
      }
    }
    assertEquals(List.of(poll), PlainForm.of("json", "", NONE).parts(poll, 0));
  }
}
