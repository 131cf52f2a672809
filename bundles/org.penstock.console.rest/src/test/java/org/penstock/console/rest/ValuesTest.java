package org.penstock.console.rest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import jakarta.ws.rs.BadRequestException;
import java.util.List;
import org.eclipse.kura.configuration.Password;
import org.junit.jupiter.api.Test;

/** Without it a property could change its type or its last digits on the way through JSON. */
class ValuesTest {

  private static Object read(String type, String json) {
    return Values.value("p", new ConfigurationJson.Property(type, JsonParser.parseString(json)));
  }

  @Test
  void eachTypeComesBackAsItWas() {
    List<Object> values =
        List.of(
            "text",
            Long.MAX_VALUE,
            Integer.MIN_VALUE,
            (short) -7,
            (byte) 127,
            'c',
            true,
            0.1d,
            0.1f,
            1e300);
    for (Object value : values) {
      assertEquals(value, read(Values.type(value), Values.json(value).toString()));
    }
    assertArrayEquals(
        new Integer[] {1, 2},
        (Integer[]) read("INTEGER", Values.json(new Integer[] {1, 2}).toString()));
  }

  @Test
  void aPasswordIsTakenAndNeverGiven() {
    assertEquals("pw", new String(((Password) read("PASSWORD", "\"pw\"")).getPassword()));
    assertTrue(Values.json(new Password("pw")).isJsonNull());
    assertNull(read("STRING", "null"));
  }

  @Test
  void whatDoesNotFitIsNamedWithItsPlace() {
    for (String[] bad :
        new String[][] {
          {"INTEGER", "2147483648"},
          {"INTEGER", "1.5"},
          {"INTEGER", "\"1\""},
          {"BYTE", "128"},
          {"FLOAT", "1e39"},
          {"CHAR", "\"ab\""},
          {"BOOLEAN", "1"},
          {"STRING", "{}"},
          {"NUMBER", "1"}
        }) {
      BadRequestException e =
          assertThrows(BadRequestException.class, () -> read(bad[0], bad[1]), bad[1]);
      assertTrue(e.getMessage().startsWith("p"), e.getMessage());
    }
    assertThrows(
        BadRequestException.class,
        () -> Values.value("p", new ConfigurationJson.Property(null, null)));
  }
}
