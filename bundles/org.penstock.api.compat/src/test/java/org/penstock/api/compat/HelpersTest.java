package org.penstock.api.compat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.eclipse.kura.configuration.metatype.OCD;
import org.eclipse.kura.core.configuration.metatype.Tad;
import org.eclipse.kura.core.configuration.metatype.Tocd;
import org.eclipse.kura.core.configuration.metatype.Tscalar;
import org.eclipse.kura.core.configuration.util.ComponentUtil;
import org.eclipse.kura.core.configuration.util.StringUtil;
import org.eclipse.kura.core.keystore.util.MappingCollection;
import org.eclipse.kura.util.configuration.Property;
import org.eclipse.kura.util.osgi.FilterUtil;
import org.eclipse.kura.util.validation.PasswordStrengthValidators;
import org.eclipse.kura.util.validation.Validator;
import org.eclipse.kura.util.validation.ValidatorOptions;
import org.eclipse.kura.util.zip.UnZip;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What add-ons expect of the helpers; a row of the interface table says nothing of it. */
class HelpersTest {

  /** Defaults of several values would be split in the wrong places. */
  @Test
  void aDefaultIsSplitAtUnescapedCommasWithoutSpacesAround() {
    assertArrayEquals(new String[] {"a", "b,c", " d"}, StringUtil.splitValues(" a , b\\,c ,\\ d"));
    assertArrayEquals(new String[] {""}, StringUtil.splitValues(""));
  }

  /** A list written and read back would differ. */
  @Test
  void valuesSurviveBeingWrittenAsOneText() {
    String[] values = {"plain", "with, comma", "back\\slash", " spaced "};
    assertArrayEquals(values, StringUtil.splitValues(StringUtil.valueToString(values)));
    assertEquals("a b", StringUtil.unescapeString(StringUtil.escapeString("a b")));
  }

  /** A component would start without, or with mistyped, defaults. */
  @Test
  void defaultsHaveTheAttributesTypeAndCardinality() {
    OCD definition = definition();
    Map<String, Object> defaults = ComponentUtil.getDefaultProperties(definition, null);
    assertEquals(5, defaults.get("port"));
    assertArrayEquals(new String[] {"a", "b"}, (String[]) defaults.get("names"));
    assertFalse(defaults.containsKey("none"));
  }

  private static OCD definition() {
    Tocd definition = new Tocd();
    definition.addAD(attribute("port", Tscalar.INTEGER, 0, "5"));
    definition.addAD(attribute("names", Tscalar.STRING, 3, "a, b"));
    definition.addAD(attribute("none", Tscalar.STRING, 0, ""));
    return definition;
  }

  private static Tad attribute(String id, Tscalar type, int cardinality, String text) {
    Tad attribute = new Tad();
    attribute.setId(id);
    attribute.setType(type);
    attribute.setCardinality(cardinality);
    attribute.setDefault(text);
    return attribute;
  }

  /** A mistyped property would surface as a ClassCastException far from its cause. */
  @Test
  void aPropertyOfAnotherTypeCountsAsAbsent() {
    Property<Integer> port = new Property<>("port", 502);
    assertEquals(1502, port.get(Map.of("port", 1502)));
    assertEquals(502, port.get(Map.of("port", "1502")));
    assertEquals(Optional.empty(), new Property<>("x", String.class).getOptional(Map.of("x", 1)));
  }

  /** A name with a bracket would change the meaning of a filter. */
  @Test
  void filtersQuoteTheirValues() {
    assertEquals("(a=x\\(y\\)\\*\\\\)", FilterUtil.equal("a", "x(y)*\\"));
    assertEquals("(&(a=1)(!(b=2)))", FilterUtil.and("(a=1)", FilterUtil.not("(b=2)")));
  }

  /** A hostile archive would write outside its folder. */
  @Test
  void anEntryThatLeadsOutOfTheFolderIsRefused(@TempDir Path folder) throws IOException {
    Path inner = folder.resolve("inner");
    assertThrows(IOException.class, () -> UnZip.unZipBytes(zip("../out.txt"), inner.toString()));
    assertFalse(Files.exists(folder.resolve("out.txt")));
    UnZip.unZipBytes(zip("sub/in.txt"), inner.toString());
    assertEquals("text", Files.readString(inner.resolve("sub/in.txt")));
    assertTrue(UnZip.isZipCompressed(zip("a")));
    assertFalse(UnZip.isZipCompressed(new byte[] {'P', 'K'}));
  }

  private static byte[] zip(String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write("text".getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  /** Changing a view would seem to work and change nothing. */
  @Test
  void aMappedViewFollowsItsSourceAndRefusesChanges() {
    List<Integer> source = new ArrayList<>(List.of(1, 2));
    MappingCollection<Integer, String> view =
        new MappingCollection<>(source, n -> Integer.toString(n));
    source.add(3);
    assertArrayEquals(new String[] {"1", "2", "3"}, view.toArray(new String[0]));
    assertTrue(view.contains("3"));
    assertThrows(UnsupportedOperationException.class, () -> view.add("4"));
    assertThrows(UnsupportedOperationException.class, view::clear);
  }

  /** A weak password would pass, or a strong one be refused. */
  @Test
  void eachWeaknessOfAPasswordIsNamed() {
    ValidatorOptions strict = new ValidatorOptions(8, true, true, true);
    assertEquals(0, problems(strict, "Aa1!aaaa").size());
    assertEquals(4, problems(strict, "a").size());
    assertEquals(0, problems(new ValidatorOptions(Map.of()), "aaaaaaaa").size());
  }

  private static List<String> problems(ValidatorOptions options, String password) {
    List<String> problems = new ArrayList<>();
    for (Validator<String> validator : PasswordStrengthValidators.fromConfig(options)) {
      validator.validate(password, problems::add);
    }
    return problems;
  }

  /** Old ordinals: an enum's names are what foreign code uses. */
  @Test
  void scalarsAreFoundByTheNamesOfMetatypeDocuments() {
    assertEquals(
        List.of(
            "String",
            "Long",
            "Double",
            "Float",
            "Integer",
            "Byte",
            "Char",
            "Boolean",
            "Short",
            "Password"),
        Arrays.stream(Tscalar.values()).map(Tscalar::value).toList());
  }
}
