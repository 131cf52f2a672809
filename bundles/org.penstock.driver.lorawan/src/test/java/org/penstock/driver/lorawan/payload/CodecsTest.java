package org.penstock.driver.lorawan.payload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.penstock.driver.lorawan.codec.Vectors;
import org.penstock.flow.script.SandboxService;

/** Payloads. If deleted: a sensor's bytes could become wrong numbers. */
class CodecsTest {

  private static final String SCRIPT =
      """
      == meter javascript
      function decodeUplink(input) {
        if (input.bytes.length < 2) { return { errors: ["too short"] }; }
        return { data: { level: (input.bytes[0] << 8 | input.bytes[1]) / 10,
                         port: input.fPort, alarm: { high: input.bytes[0] > 1 } } };
      }
      function encodeDownlink(input) {
        return { bytes: [input.data.limit >> 8, input.data.limit & 255], fPort: 42 };
      }
      """;

  static List<Vectors.Vector> lpp() {
    return Vectors.of("cayenne-lpp");
  }

  @ParameterizedTest
  @MethodSource("lpp")
  void cayenneLpp(Vectors.Vector v) throws PayloadException {
    Map<String, Object> values = new Codecs("", null).of("lpp").decode(1, v.bytes("payload"));
    int seen = 0;
    for (JsonElement each : JsonParser.parseString(v.out().get("decoded")).getAsJsonArray()) {
      for (Map.Entry<String, JsonElement> field : each.getAsJsonObject().entrySet()) {
        if (field.getValue() instanceof JsonObject parts) {
          for (String part : parts.keySet()) {
            assertEquals(parts.get(part).getAsDouble(), values.get(field.getKey() + '.' + part));
            seen++;
          }
        } else {
          assertEquals(field.getValue().getAsDouble(), values.get(field.getKey()));
          seen++;
        }
      }
    }
    assertEquals(seen, values.size());
  }

  @ParameterizedTest
  @CsvSource({"0367, cut off", "03ff00, unknown type", "0300, cut off", "03000107, left over"})
  void cayenneLppThatIsWrongIsRefused(String hex, String reason) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    PayloadException wrong =
        assertThrows(PayloadException.class, () -> new Codecs("", null).of("lpp").decode(1, bytes));
    assertTrue(wrong.getMessage().contains(reason), wrong.getMessage());
  }

  @Test
  void fieldsAtTheirPlaces() throws PayloadException {
    String text =
        """
        == pump fields
        temperature int16 0 0.1 -40
        pressure uint16le 2
        running bit3 4
        flow float32 5
        == pump tests
        1 ffff0102083fc00000 {"temperature": -40.1, "pressure": 513, "running": true, "flow": 1.5}
        """;
    Codecs codecs = new Codecs(text, null);
    assertEquals(Map.of(), codecs.problems());
    PayloadCodec pump = codecs.of("pump");
    assertArrayEquals(new byte[] {0, 1}, pump.encode("temperature", -39.9).bytes());
    assertArrayEquals(new byte[] {0, 0, 2, 1}, pump.encode("pressure", 258).bytes());
    assertThrows(PayloadException.class, () -> pump.encode("pressure", 65_536));
    assertThrows(PayloadException.class, () -> pump.decode(1, new byte[8]));
  }

  @Test
  void aWrongTableOrTestConcernsItsCodecOnlyAndIsSaid() throws PayloadException {
    Codecs codecs =
        new Codecs(
            "== a fields\nx int17 0\n== b fields\nx int8 0\n== b tests\n1 05 {\"x\": 6}\n"
                + "== c fields\nx int8 0\n",
            null);
    assertTrue(codecs.problems().get("a").contains("'x int17 0' is no field"));
    assertTrue(codecs.problems().get("b").contains("gave x = 5.0"), codecs.problems().get("b"));
    assertEquals(Map.of("x", 7.0), codecs.of("c").decode(1, new byte[] {7}));
    PayloadException none = assertThrows(PayloadException.class, () -> codecs.of("b"));
    assertTrue(none.getMessage().startsWith("codec b: the test"), none.getMessage());
  }

  @Test
  void javascript() throws PayloadException {
    Codecs codecs =
        new Codecs(
            SCRIPT
                + "== meter tests\n2 0203 {\"level\": 51.5, \"port\": 2, \"alarm.high\": true}\n",
            new SandboxService());
    assertEquals(Map.of(), codecs.problems());
    PayloadCodec.Content content = codecs.of("meter").encode("limit", 258);
    assertEquals(42, content.port());
    assertArrayEquals(new byte[] {1, 2}, content.bytes());
    PayloadException error =
        assertThrows(PayloadException.class, () -> codecs.of("meter").decode(2, new byte[1]));
    assertTrue(error.getMessage().contains("too short"), error.getMessage());
  }

  @Test
  void aScriptThatNeverEndsIsStoppedAndJavaIsOutOfItsReach() throws PayloadException {
    Codecs codecs =
        new Codecs(
            "== loop javascript\nfunction decodeUplink(i) { while (true) {} }\n"
                + "== spy javascript\n"
                + "function decodeUplink(i) { return {data: {x: typeof java + typeof Packages}} }",
            new SandboxService());
    long begin = System.nanoTime();
    assertThrows(PayloadException.class, () -> codecs.of("loop").decode(1, new byte[1]));
    long millis = (System.nanoTime() - begin) / 1_000_000;
    assertTrue(millis < 1_000, "stopped after " + millis + " ms"); // 200 ms with slack of 5
    assertEquals(Map.of("x", "undefinedundefined"), codecs.of("spy").decode(1, new byte[1]));
  }
}
