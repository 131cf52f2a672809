package org.penstock.core.configuration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Map;
import org.eclipse.kura.configuration.metatype.OCD;
import org.junit.jupiter.api.Test;

/** Without it components would start with other defaults than their definitions state. */
class DefaultsTest {

  private static Object of(String type, int cardinality, String text) {
    String xml =
        "<MetaData><OCD id='p'><AD id='k' type='"
            + type
            + "' cardinality='"
            + cardinality
            + "' default='"
            + text
            + "'/></OCD><Designate pid='p'><Object ocdref='p'/></Designate></MetaData>";
    OCD ocd = Box.definitions(xml).get(0).ocd();
    return Defaults.of(ocd).get("k");
  }

  @Test
  void theDefaultAttributeIsSplitOnUnescapedCommas() {
    assertArrayEquals(new String[] {"a", "b,c", "d"}, (Object[]) of("String", 5, "a,b\\,c,d"));
  }

  @Test
  void backslashEscapesTheNextCharacter() {
    assertArrayEquals(new String[] {"a\\b", " x"}, (Object[]) of("String", 5, "a\\\\b,\\ x"));
  }

  @Test
  void unescapedWhiteSpaceAroundTokensIsDropped() {
    assertArrayEquals(new String[] {"a b", "c "}, (Object[]) of("String", 5, "  a b , c\\ "));
  }

  @Test
  void emptyOrMissingDefaultGivesNoProperty() {
    assertNull(of("String", 0, ""));
    assertNull(of("Integer", 3, ""));
  }

  @Test
  void cardinality0And1AndMinus1GiveASingleBoxedObject() {
    assertEquals(7, of("Integer", 0, "7"));
    assertEquals(7, of("Integer", 1, " 7 "));
    assertEquals(7, of("Integer", -1, "7"));
  }

  @Test
  void otherwiseAnArrayOfBoxedObjects() {
    assertArrayEquals(new Integer[] {1, 2}, (Integer[]) of("Integer", 2, "1,2"));
    assertArrayEquals(new Integer[] {1}, (Integer[]) of("Integer", -2, "1"));
  }

  @Test
  void aTextWithBareCommasIsNotCutWhenThereIsRoomForOneValueOnly() {
    assertEquals("{\"a\":[],\"b\":[]}", of("String", 0, "{&quot;a&quot;:[],&quot;b&quot;:[]}"));
  }

  @Test
  void allTenTypes() {
    Map<String, Object> expected =
        Map.of(
            "String",
            "1",
            "Long",
            1L,
            "Double",
            1d,
            "Float",
            1f,
            "Integer",
            1,
            "Byte",
            (byte) 1,
            "Char",
            '1',
            "Character",
            '1',
            "Short",
            (short) 1);
    expected.forEach((type, value) -> assertEquals(value, of(type, 0, "1")));
    assertEquals(true, of("Boolean", 0, "true"));
    assertEquals("1", of("Password", 0, "1").toString());
  }

  @Test
  void aDefaultThatDoesNotFitItsTypeIsNone() {
    assertNull(of("Integer", 0, "many"));
    assertNull(of("Integer", 2, "1,many"));
    assertEquals(List.of("", ""), Defaults.split(" , "));
  }
}
