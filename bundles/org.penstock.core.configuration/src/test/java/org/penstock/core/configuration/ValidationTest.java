package org.penstock.core.configuration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.configuration.metatype.OCD;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.configuration.Problem;

/** Without it bad values would reach components unnamed, as on Kura. */
class ValidationTest {

  private final OCD driver = Box.definitions(Box.METATYPE).get(1).ocd();

  @TempDir Path folder;

  private List<Problem> of(Map<String, Object> properties) {
    return new Validation("plant", driver).ofGiven(properties);
  }

  @Test
  void namesPidAttributeGivenAndAllowedValue() {
    assertEquals(
        "plant, port: given Integer 70000; allowed: 1 to 65535",
        of(Map.of("port", 70000)).get(0).text());
    assertEquals(
        "plant, port: given String x; allowed: one Integer", of(Map.of("port", "x")).get(0).text());
    assertEquals(
        "plant, units: given Integer 3; allowed: an array of Integer",
        of(Map.of("units", 3)).get(0).text());
    assertEquals(
        "plant, units: given 9 values; at most 8 values",
        of(Map.of("units", new Integer[] {1, 2, 3, 4, 5, 6, 7, 8, 9})).get(0).text());
  }

  @Test
  void aRequiredKeyThatIsMissingIsNamed() {
    List<Problem> problems = new Validation("plant", driver).ofAll(Map.of("port", 502));
    assertEquals(
        List.of("plant, host: required and missing; give one String"),
        problems.stream().map(Problem::text).toList());
  }

  @Test
  void stillAcceptsUnknownKeys() {
    assertEquals(List.of(), of(Map.of("anything", new int[] {1}, "host", "h", "key", "***")));
  }

  @Test
  void passwordsAreNeverShown() {
    String text = of(Map.of("key", 12345)).get(0).text();
    assertFalse(text.contains("12345"), text);
    assertEquals(List.of(), of(Map.of("key", new Password("x"))));
  }

  @Test
  void limitsOfTextsAreTheirLengthAndOfNumbersTheirValue() {
    String xml =
        "<MetaData><OCD id='p'><AD id='t' type='String' max='3'/><AD id='f' type='Double' min='-0.5'/>"
            + "<AD id='l' type='Long' max='9007199254740993'/><AD id='odd' type='Long' max='huge'/></OCD>"
            + "<Designate pid='p'/></MetaData>";
    Validation validation = new Validation("p", Box.definitions(xml).get(0).ocd());
    assertEquals(
        "p, t: given String four; allowed: 3 or less characters",
        validation.ofGiven(Map.of("t", "four")).get(0).text());
    assertEquals(1, validation.ofGiven(Map.of("f", -0.6)).size());
    assertEquals(1, validation.ofGiven(Map.of("f", Double.NaN)).size());
    assertEquals(1, validation.ofGiven(Map.of("f", Double.NEGATIVE_INFINITY)).size());
    assertEquals(1, validation.ofGiven(Map.of("l", 9007199254740994L)).size());
    assertEquals(
        List.of(), validation.ofGiven(Map.of("t", "abc", "l", 9007199254740993L, "odd", 5L)));
  }

  @Test
  void whatCanBeConvertedIsConvertedAndWhatCanNotGivesWayToItsDefault() {
    Validation.Fitted fitted =
        new Validation("plant", driver)
            .fitted(Map.of("port", "503", "units", 4, "host", 10, "other", "kept"));
    assertEquals(503, fitted.properties().get("port"));
    assertArrayEquals(new Integer[] {4}, (Object[]) fitted.properties().get("units"));
    assertEquals("10", fitted.properties().get("host"));
    assertEquals("kept", fitted.properties().get("other"));
    assertEquals(3, fitted.problems().size());
    fitted = new Validation("plant", driver).fitted(Map.of("port", "5O3"));
    assertFalse(fitted.properties().containsKey("port"));
    assertEquals(
        "plant, port: given String 5O3; allowed: one Integer; its default is used until it is"
            + " corrected",
        fitted.problems().get(0).text());
  }

  @Test
  void outOfRangeStaysAsGiven() {
    Validation.Fitted fitted = new Validation("plant", driver).fitted(Map.of("port", 70000));
    assertEquals(70000, fitted.properties().get("port"));
    assertEquals(List.of(), fitted.problems());
  }

  @Test
  void theStrictCheckNamesWhatKuraTakesInSilence() throws Exception {
    Box box = new Box(folder).define();
    box.service.createFactoryConfiguration(Box.FACTORY, "d", Map.of("host", "h"), false);
    assertTrue(box.check.check("nobody", Map.of()).get(0).text().contains("no component has"));
    assertEquals(1, box.check.check("d", Map.of("port", 0)).size());
    assertEquals(List.of(), box.check.check("d", Map.of("port", 5, "whatever", 1)));
    assertEquals(1, box.check.check("d", Map.of("whatever", new Object())).size());
    assertEquals(1, box.check.check("d", cleared("host")).size());
    assertEquals(List.of(), box.check.check("d", cleared("key")));
    assertEquals(1, box.check.checkNew(Box.FACTORY, "d", Map.of("host", "h")).size());
    assertEquals(1, box.check.checkNew("no.such", "e", Map.of()).size());
    assertEquals("host", box.check.checkNew(Box.FACTORY, "e", Map.of()).get(0).attribute());
    assertEquals(List.of(), box.check.checkNew(Box.FACTORY, "e", Map.of("host", "h")));
    assertEquals(1, box.check.checkNew(Box.FACTORY, " ", Map.of("host", "h")).size());
  }

  private static Map<String, Object> cleared(String key) {
    Map<String, Object> properties = new java.util.HashMap<>();
    properties.put(key, null);
    return properties;
  }
}
