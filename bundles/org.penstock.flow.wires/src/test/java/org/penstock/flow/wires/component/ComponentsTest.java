package org.penstock.flow.wires.component;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraPosition;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.wire.WireEnvelope;
import org.eclipse.kura.wire.WireRecord;
import org.junit.jupiter.api.Test;
import org.penstock.flow.wires.testkit.Wires;

/** Without this, records are filtered, joined, published or logged otherwise than Kura's contract. */
class ComponentsTest {

  private static Settings settings(Object... keysAndValues) {
    Map<String, Object> properties = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      properties.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return new Settings(properties);
  }

  private static String filtered(String regex, int type, WireRecord record) {
    return Wires.text(
        KeyFilter.parse(settings("regex.filter", regex, "filter.type", type))
            .apply(List.of(record))
            .get(0));
  }

  @Test
  void regexFilterKeepsOrRemovesKeysFullyMatching() {
    WireRecord record = Wires.record("temp", 1, "temp2", 2, "flow", 3);
    assertEquals("temp=1", filtered("temp", 1, record));
    assertEquals("flow=3 temp2=2", filtered("temp", 2, record));
    assertEquals("temp=1 temp2=2", filtered("temp.*", 1, record));
  }

  @Test
  void anEmptyRegexPassesAll() {
    List<WireRecord> records = List.of(Wires.record("a", 1));
    assertSame(records, KeyFilter.parse(settings()).apply(records));
    assertSame(records, KeyFilter.parse(settings("filter.type", 2)).apply(records));
  }

  @Test
  void aBadRegexIsNamed() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> KeyFilter.parse(settings("regex.filter", "(")))
            .getMessage();
    assertTrue(message.contains("regex.filter is '('"), message);
  }

  @Test
  void retainAndRemoveTogetherAreTheWhole() {
    Random random = new Random(5);
    for (int round = 0; round < 300; round++) {
      Map<String, TypedValue<?>> both = new HashMap<>();
      Object[] values = new Object[10];
      for (int i = 0; i < 10; i += 2) {
        values[i] = "" + (char) ('a' + random.nextInt(4)) + random.nextInt(3);
        values[i + 1] = i;
      }
      WireRecord record = Wires.record(values);
      String regex = List.of("a.*", "[ab]\\d", ".*1", "a0|b2", ".").get(random.nextInt(5));
      for (int type = 1; type <= 2; type++) {
        WireRecord part =
            KeyFilter.parse(settings("regex.filter", regex, "filter.type", type))
                .apply(List.of(record))
                .get(0);
        boolean retain = type == 1;
        part.getProperties().keySet().forEach(key -> assertEquals(retain, key.matches(regex)));
        both.putAll(part.getProperties());
      }
      assertEquals(record.getProperties(), both);
    }
  }

  private static List<String> joined(WireEnvelope first, WireEnvelope second) {
    return Pairing.join(Arrays.asList(first, second)).stream().map(Wires::text).toList();
  }

  @Test
  void joinPairsByIndexAndPortOneWins() {
    WireEnvelope first = Wires.envelope(Wires.record("a", 1, "x", 1), Wires.record("b", 1));
    WireEnvelope second = Wires.envelope(Wires.record("c", 2, "x", 2));
    assertEquals(List.of("a=1 c=2 x=2", "b=1"), joined(first, second));
    assertEquals(List.of("a=1 c=2 x=1", "b=1"), joined(second, first));
  }

  @Test
  void aSideThatNeverReceivedIsEmpty() {
    WireEnvelope one = Wires.envelope(Wires.record("a", 1));
    assertEquals(List.of("a=1"), joined(one, null));
    assertEquals(List.of("a=1"), joined(null, one));
  }

  @Test
  void joinHasAsManyRecordsAsTheLongerSideAndLosesNoKey() {
    Random random = new Random(9);
    for (int round = 0; round < 200; round++) {
      List<List<WireRecord>> sides = new ArrayList<>();
      for (int side = 0; side < 2; side++) {
        List<WireRecord> records = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          records.add(Wires.record("k" + random.nextInt(3), side, "s" + side, i));
        }
        sides.add(records);
      }
      List<WireRecord> joined =
          Pairing.join(
              List.of(new WireEnvelope("0", sides.get(0)), new WireEnvelope("1", sides.get(1))));
      assertEquals(Math.max(sides.get(0).size(), sides.get(1).size()), joined.size());
      for (int side = 0; side < 2; side++) {
        for (int i = 0; i < sides.get(side).size(); i++) {
          Map<String, TypedValue<?>> from = sides.get(side).get(i).getProperties();
          assertTrue(joined.get(i).getProperties().keySet().containsAll(from.keySet()));
          if (side == 1) {
            assertTrue(joined.get(i).getProperties().entrySet().containsAll(from.entrySet()));
          }
        }
      }
    }
  }

  private static KuraMessage message(MessageMaker maker, WireRecord record) {
    return maker.message(record, new Date(5), Optional.empty());
  }

  @Test
  void aMessageHasTheValuesAsMetricsAndAsProperties() {
    KuraMessage message =
        message(
            MessageMaker.parse(settings()),
            Wires.record("assetName", "pump", "flow", 1.5d, "n", 7L));
    Map<String, Object> expected = Map.of("assetName", "pump", "flow", 1.5d, "n", 7L);
    assertEquals(expected, message.getPayload().metrics());
    assertEquals(expected, message.getProperties());
    assertEquals(new Date(5), message.getPayload().getTimestamp());
    assertNull(message.getPayload().getBody());
    assertNull(message.getPayload().getPosition());
  }

  @Test
  void theBodyComesFromAStringOrByteArrayMetric() {
    WireRecord record = Wires.record("text", "ü", "bytes", new byte[] {1, 2}, "n", 1);
    KuraMessage text =
        message(MessageMaker.parse(settings("set.body.from.property", "text")), record);
    assertArrayEquals("ü".getBytes(StandardCharsets.UTF_8), text.getPayload().getBody());
    assertEquals("ü", text.getPayload().getMetric("text"));
    KuraMessage bytes =
        message(
            MessageMaker.parse(
                settings("set.body.from.property", "bytes", "remove.body.from.metrics", true)),
            record);
    assertArrayEquals(new byte[] {1, 2}, bytes.getPayload().getBody());
    assertNull(bytes.getPayload().getMetric("bytes"));
    KuraMessage number =
        message(
            MessageMaker.parse(
                settings("set.body.from.property", "n", "remove.body.from.metrics", true)),
            record);
    assertNull(number.getPayload().getBody());
    assertEquals(1, number.getPayload().getMetric("n"));
  }

  @Test
  void thePositionIsThatOfThePositionService() {
    Date now = new Date(7);
    FakePosition service = new FakePosition();
    assertTrue(PositionDetail.NONE.read(service, now).isEmpty());
    assertTrue(PositionDetail.BASIC.read(null, now).isEmpty());
    KuraPosition basic = PositionDetail.BASIC.read(service, now).orElseThrow();
    assertEquals(45.5, basic.getLatitude());
    assertEquals(12.25, basic.getLongitude());
    assertEquals(3.0, basic.getAltitude());
    assertNull(basic.getSpeed());
    KuraPosition full = PositionDetail.FULL.read(service, now).orElseThrow();
    assertEquals(9, full.getSatellites());
    assertEquals(now, full.getTimestamp());
    assertEquals(
        PositionDetail.FULL, MessageMaker.parse(settings("publish.position", "full")).detail());
    assertThrows(
        IllegalArgumentException.class,
        () -> MessageMaker.parse(settings("publish.position", "some")));
  }

  @Test
  void oneRecordPerArrivedMessageFromItsMetrics() {
    KuraPayload payload = new KuraPayload();
    payload.addMetric("flow", 2.5f);
    payload.addMetric("when", new Date());
    payload.setBody("on".getBytes(StandardCharsets.UTF_8));
    KuraMessage message = new KuraMessage(payload);
    assertEquals("flow=2.5", Wires.text(RecordMaker.parse(settings()).record(message)));
    assertEquals(
        "body=on flow=2.5",
        Wires.text(
            RecordMaker.parse(
                    settings("set.property.from.body", "body", "body.property.type", "STRING"))
                .record(message)));
    assertArrayEquals(
        payload.getBody(),
        (byte[])
            RecordMaker.parse(settings("set.property.from.body", "body"))
                .record(message)
                .getProperties()
                .get("body")
                .getValue());
  }

  @Test
  void verboseAlsoLogsEachRecordsEntries() {
    WireEnvelope envelope = Wires.envelope(Wires.record("b", 2, "a", "x"), Wires.record("c", 1L));
    assertEquals("Envelope from emitter", WireLogger.text(envelope, false));
    assertEquals(
        "Envelope from emitter\n  Record:\n    a = x\n    b = 2\n  Record:\n    c = 1",
        WireLogger.text(envelope, true));
  }

  @Test
  void wrongValuesAreNamedWithKeyValueAndWhatIsAllowed() {
    assertEquals(
        "n is '0', must be 1 to 5",
        assertThrows(IllegalArgumentException.class, () -> settings("n", 0).number("n", 1, 1, 5))
            .getMessage());
    assertEquals(3, settings("n", "3").number("n", 1, 1, 5));
    assertTrue(
        assertThrows(
                IllegalArgumentException.class,
                () -> Timetable.parse(settings("simple.time.unit", "WEEKS")))
            .getMessage()
            .contains("simple.time.unit is 'WEEKS'"));
  }
}
