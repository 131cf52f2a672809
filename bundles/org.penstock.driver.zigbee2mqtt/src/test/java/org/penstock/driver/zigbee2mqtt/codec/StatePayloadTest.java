package org.penstock.driver.zigbee2mqtt.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Without it a lamp's OFF could become a zero that means something else, or a write the wrong word. */
class StatePayloadTest {

  private static Exposed of(String path) throws IOException {
    return BridgeDevicesTest.plant().stream()
        .flatMap(d -> d.exposed().stream())
        .filter(e -> e.path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "state|BOOLEAN|{\"state\":\"ON\"}|true",
        "state|INTEGER|{\"state\":\"OFF\"}|0",
        "state|STRING|{\"state\":\"OFF\"}|OFF",
        "temperature|DOUBLE|{\"temperature\":-18.25}|-18.25",
        "temperature|FLOAT|{\"temperature\":4}|4.0",
        "brightness|INTEGER|{\"brightness\":254}|254",
        "color.x|DOUBLE|{\"color\":{\"x\":0.3,\"y\":0.6}}|0.3",
        "execute_if_off|BOOLEAN|{\"execute_if_off\":false}|false"
      })
  void whatADeviceTellsBecomesTheChannelsType(
      String path, DataType type, String json, String expected) throws IOException {
    TypedValue<?> value =
        StatePayload.typed(StatePayload.parse(bytes(json)).get(path), of(path), type);
    assertEquals(type, value.getType());
    assertEquals(expected, String.valueOf(value.getValue()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "state|BOOLEAN|{\"state\":\"open\"}|neither ON nor OFF",
        "temperature|INTEGER|{\"temperature\":4.5}|no whole number",
        "temperature|DOUBLE|{\"temperature\":null}|no value yet",
        "temperature|DOUBLE|{\"temperature\":\"warm\"}|no number"
      })
  void whatDoesNotFitIsSaidInWords(String path, DataType type, String json, String words)
      throws IOException {
    Exposed exposed = of(path);
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> StatePayload.typed(StatePayload.parse(bytes(json)).get(path), exposed, type));
    assertTrue(refusal.getMessage().contains(words), refusal.getMessage());
  }

  @Test
  void aWriteNamesOnlyWhatChanges() throws IOException {
    assertEquals("{\"state\":\"ON\"}", set("state", TypedValues.newBooleanValue(true)));
    assertEquals("{\"state\":\"OFF\"}", set("state", TypedValues.newIntegerValue(0)));
    assertEquals("{\"brightness\":17}", set("brightness", TypedValues.newIntegerValue(17)));
    assertEquals("{\"color\":{\"x\":0.25}}", set("color.x", TypedValues.newDoubleValue(0.25)));
    assertEquals("{\"effect\":\"blink\"}", set("effect", TypedValues.newStringValue("blink")));
    assertEquals(
        "{\"execute_if_off\":true}", set("execute_if_off", TypedValues.newBooleanValue(true)));
  }

  private static String set(String path, TypedValue<?> value) throws IOException {
    return new String(StatePayload.set(of(path), value), StandardCharsets.UTF_8);
  }

  @Test
  void aWriteOutOfRangeNamesTheRange() throws IOException {
    Exposed brightness = of("brightness");
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> StatePayload.set(brightness, TypedValues.newIntegerValue(300)));
    assertEquals("300 is not within 0 to 254", refusal.getMessage());
  }

  @Test
  void aWriteOfAnUnknownChoiceNamesTheChoices() throws IOException {
    Exposed effect = of("effect");
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> StatePayload.set(effect, TypedValues.newStringValue("dance")));
    assertEquals("'dance' must be one of [blink, breathe, okay]", refusal.getMessage());
  }

  @Test
  void numbersAreTheSameInAnyNotation() throws IOException {
    Exposed x = of("color.x");
    var told = StatePayload.parse(bytes("{\"color\":{\"x\":0.250}}")).get("color.x");
    assertTrue(StatePayload.isSame(told, x, TypedValues.newDoubleValue(0.25)));
    assertFalse(StatePayload.isSame(told, x, TypedValues.newDoubleValue(0.2)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"online", "{\"state\":\"online\"}"})
  void olderVersionsSayTheBareWord(String payload) {
    assertTrue(StatePayload.online(bytes(payload)));
    assertFalse(StatePayload.online(bytes(payload.replace("on", "off"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "nonsense{", "7"})
  void whatIsNoObjectIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> StatePayload.parse(bytes(text)));
  }

  @Test
  void aDepthBombIsRefusedOrCutOff() {
    String bomb = "{\"a\":".repeat(20_000) + "1" + "}".repeat(20_000);
    try {
      assertTrue(StatePayload.parse(bytes(bomb)).size() <= 5);
    } catch (IllegalArgumentException refused) {
      assertEquals("no JSON object", refused.getMessage());
    }
  }
}
