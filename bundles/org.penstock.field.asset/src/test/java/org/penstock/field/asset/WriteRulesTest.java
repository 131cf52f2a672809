package org.penstock.field.asset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.audit.AuditContext;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.penstock.api.write.WriteSource;

/** If deleted: a wrong guard could let a dangerous value through, or be noticed by nobody. */
class WriteRulesTest {

  private static WriteRules rules(String type, String valueType, String key, Object value) {
    Map<String, Object> all =
        Props.asset().channel("c", type, valueType).set("c#" + key, value).map();
    return WriteRules.of(Channels.parse(all).getAssetChannels().get("c"));
  }

  @Test
  void withoutRulesEveryWriteIsTakenAsOnKura() {
    assertSame(WriteRules.FREE, rules("READ_WRITE", "INTEGER", "address", 1));
    assertSame(WriteRules.FREE, rules("READ", "INTEGER", "+write.min", "1"));
    assertEquals(List.of(WriteSource.Kind.values()), WriteRules.FREE.order());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          +write.order       | RULE,BOSS  | must be some of
          +write.order       | RULE,RULE  | each once
          +write.hold.ms     | -1         | must be 0 or more milliseconds
          +write.interval.ms | soon       | must be 0 or more milliseconds
          +write.min         | low        | must be a number
          """)
  void whatCannotBeUnderstoodIsNamed(String key, String value, String remedy) {
    AssetConfigurationException fault =
        assertThrows(
            AssetConfigurationException.class, () -> rules("READ_WRITE", "INTEGER", key, value));
    assertTrue(fault.getMessage().contains("channel c: property " + key), fault.getMessage());
    assertTrue(fault.getMessage().contains(remedy), fault.getMessage());
  }

  @Test
  void aNumberThatComesAsTextDoesNotPassTheBounds() {
    WriteRules rules = rules("WRITE", "INTEGER", "+write.max", "100");
    assertTrue(rules.refusal(TypedValues.newIntegerValue(101)).isPresent());
    assertTrue(
        rules
            .refusal(TypedValues.newStringValue("9999"))
            .orElseThrow()
            .contains("only numbers can be within"));
    assertTrue(rules.refusal(TypedValues.newByteArrayValue(new byte[] {9})).isPresent());
    assertTrue(rules.refusal(null).isPresent());
    assertTrue(rules.refusal(TypedValues.newIntegerValue(100)).isEmpty());
  }

  @Test
  void boundsAreForNumbersAndReadBackForChannelsThatCanBeRead() {
    assertThrows(
        AssetConfigurationException.class, () -> rules("WRITE", "STRING", "+write.max", "1"));
    assertThrows(
        AssetConfigurationException.class,
        () -> rules("WRITE", "INTEGER", "+write.readback", "true"));
  }

  @Test
  void boundsAreInclusiveAndExact() {
    WriteRules max = rules("WRITE", "LONG", "+write.max", "9007199254740993");
    assertTrue(max.refusal(TypedValues.newLongValue(9007199254740993L)).isEmpty());
    assertEquals(
        "9007199254740994 is above +write.max 9007199254740993",
        max.refusal(TypedValues.newLongValue(9007199254740994L)).orElseThrow());
    WriteRules min = rules("WRITE", "DOUBLE", "+write.min", "0.1");
    assertTrue(min.refusal(TypedValues.newDoubleValue(0.1)).isEmpty());
    assertTrue(min.refusal(TypedValues.newDoubleValue(0.09)).isPresent());
    TypedValue<?> none = TypedValues.newDoubleValue(Double.NaN);
    assertTrue(min.refusal(none).orElseThrow().contains("NaN"), "not a number passes the guard");
  }

  @Test
  void orderDecidesWhoMayWriteAndTakeOver() {
    WriteRules rules = rules("WRITE", "INTEGER", "+write.order", "rule, SCADA");
    WriteSource rule = new WriteSource(WriteSource.Kind.RULE, "r1");
    WriteSource scada = new WriteSource(WriteSource.Kind.SCADA, "s");
    assertTrue(rules.allows(rule));
    assertTrue(!rules.allows(new WriteSource(WriteSource.Kind.OPERATOR, "anna")));
    assertTrue(rules.mayTakeOver(rule, scada));
    assertTrue(!rules.mayTakeOver(scada, rule));
    assertTrue(rules.mayTakeOver(rule, rule));
    assertTrue(!rules.mayTakeOver(new WriteSource(WriteSource.Kind.RULE, "r2"), rule));
    WriteSource anna = new WriteSource(WriteSource.Kind.OPERATOR, "anna");
    WriteSource ben = new WriteSource(WriteSource.Kind.OPERATOR, "ben");
    assertTrue(WriteRules.FREE.mayTakeOver(ben, anna), "the last operator counts");
  }

  @Test
  void timesAreMilliseconds() {
    assertEquals(Duration.ofMillis(1500), rules("WRITE", "LONG", "+write.hold.ms", 1500L).hold());
    assertEquals(
        Duration.ofMillis(20), rules("WRITE", "LONG", "+write.interval.ms", "20").interval());
  }

  /** If deleted: a person's write over REST could count as one of the wire graph. */
  @ParameterizedTest
  @CsvSource({
    "RestService, anna, OPERATOR anna",
    "Web UI, anna, OPERATOR anna",
    "DefaultCloudConnection, , CLOUD DefaultCloudConnection",
    "RequestHandler, dev1, CLOUD dev1",
    "Internal, , WIRE Internal"
  })
  void sourceOfACallThroughKurasInterfaceComesFromItsAuditContext(
      String door, String identity, String expected) {
    Map<String, String> context =
        identity == null
            ? Map.of("entrypoint", door)
            : Map.of("entrypoint", door, "identity", identity);
    assertEquals(expected, WriteSources.of(new AuditContext(context)).toString());
  }
}
