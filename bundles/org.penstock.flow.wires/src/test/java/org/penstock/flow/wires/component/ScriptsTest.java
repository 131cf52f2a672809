package org.penstock.flow.wires.component;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.kura.wire.WireEnvelope;
import org.eclipse.kura.wire.WireRecord;
import org.junit.jupiter.api.Test;
import org.penstock.api.script.ScriptException;
import org.penstock.flow.script.SandboxService;
import org.penstock.flow.wires.testkit.Wires;

/** Without this, scripts written for Kura would not find its names, or values would change their type. */
class ScriptsTest {

  private final SandboxService sandbox = new SandboxService();
  private final List<String> log = new ArrayList<>();

  private RecordScript script(String source) throws ScriptException {
    return RecordScript.of(sandbox, "pid", source, (level, text) -> log.add(level + " " + text));
  }

  private static WireEnvelope envelope(WireRecord... records) {
    return new WireEnvelope("emitter-1", List.of(records));
  }

  @Test
  void kurasNamesMakeRecordsOfAllTypes() throws ScriptException {
    List<WireRecord> out =
        script(
                """
                output = new Array();
                for (var i = 0; i < input.records.length; i++) {
                  var record = newWireRecord();
                  record.doubled = newIntegerValue(input.records[i].t.getValue() * 2);
                  record.same = input.records[i].t;
                  record.from = newStringValue(input.emitterPid + input.getEmitterPid());
                  record.isInteger = newBooleanValue(input.records[i].t.getType() === INTEGER);
                  record.d = newDoubleValue(1); record.f = newFloatValue(0.1); record.l = newLongValue(7.9);
                  var bytes = newByteArray(2); bytes[1] = 255; record.b = newByteArrayValue(bytes);
                  output[i] = record;
                }
                logger.info('made ' + output.length);
                """)
            .output(envelope(Wires.record("t", 21), Wires.record("t", -1)));
    assertEquals(2, out.size());
    WireRecord one = out.get(0);
    assertEquals(42, one.getProperties().get("doubled").getValue());
    assertEquals(21, one.getProperties().get("same").getValue());
    assertEquals("emitter-1emitter-1", one.getProperties().get("from").getValue());
    assertEquals(true, one.getProperties().get("isInteger").getValue());
    assertEquals(1.0, one.getProperties().get("d").getValue());
    assertEquals(0.1f, one.getProperties().get("f").getValue());
    assertEquals(7L, one.getProperties().get("l").getValue());
    assertArrayEquals(new byte[] {0, -1}, (byte[]) one.getProperties().get("b").getValue());
    assertEquals(List.of("info made 2"), log);
  }

  @Test
  void whatPassesUntouchedIsWhatItWas() throws ScriptException {
    WireRecord record =
        Wires.record("l", Long.MAX_VALUE - 1, "b", new byte[] {-128, 127}, "s", "ä", "f", 0.3f);
    WireRecord out = script("output = input.records").output(envelope(record)).get(0);
    assertEquals(Long.MAX_VALUE - 1, out.getProperties().get("l").getValue());
    assertArrayEquals(new byte[] {-128, 127}, (byte[]) out.getProperties().get("b").getValue());
    assertEquals(0.3f, out.getProperties().get("f").getValue());
    assertEquals("ä", out.getProperties().get("s").getValue());
  }

  @Test
  void withoutOutputNothingIsEmittedAndVariablesRemain() throws ScriptException {
    RecordScript script =
        script("var n = (n || 0) + 1; if (n > 1) output = [{n: newLongValue(n)}]");
    assertEquals(List.of(), script.output(envelope()));
    assertEquals(2L, script.output(envelope()).get(0).getProperties().get("n").getValue());
    RecordScript next = script.with("output = [{n: newLongValue(n)}]");
    assertEquals(2L, next.output(envelope()).get(0).getProperties().get("n").getValue());
  }

  @Test
  void whatIsNoTypedValueIsNamed() throws ScriptException {
    RecordScript script = script("output = [{x: 5}]");
    String message =
        assertThrows(ScriptException.class, () -> script.output(envelope())).getMessage();
    assertTrue(message.contains("x = 5.0") && message.contains("newIntegerValue"), message);
  }

  @Test
  void conditionsGiveTheirLastValue() throws ScriptException {
    RecordScript script =
        script("records[0].TIMER.getValue() > 10 && records[0]['TIMER'].value < 30");
    assertEquals(true, script.value(envelope(Wires.record("TIMER", 20L))));
    assertEquals(false, script.value(envelope(Wires.record("TIMER", 40L))));
    assertThrows(ScriptException.class, () -> script.value(envelope(Wires.record("other", 1))));
  }
}
