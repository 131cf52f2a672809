package org.penstock.core.configuration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.core.configuration.ComponentConfigurationImpl;
import org.eclipse.kura.core.configuration.XmlComponentConfigurations;
import org.eclipse.kura.core.configuration.XmlSnapshotIdResult;
import org.eclipse.kura.core.configuration.metatype.Tmetadata;
import org.junit.jupiter.api.Test;

/** Without it our snapshots would not be Kura's, or would not come back as they went. */
class SnapshotXmlTest {

  private static final String HEAD =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><esf:configurations"
          + " xmlns:esf=\"http://eurotech.com/esf/2.0\""
          + " xmlns:ocd=\"http://www.osgi.org/xmlns/metatype/v1.2.0\">\n";

  private static Document read(String xml) throws DocumentException {
    return new SnapshotXmlReader(text -> Optional.empty()).read(xml);
  }

  private static String write(String pid, Map<String, Object> properties) {
    return SnapshotXmlWriter.configurations(List.of(Box.configuration(pid, properties)));
  }

  private static Map<String, Object> back(Map<String, Object> properties) throws DocumentException {
    Document document = read(write("p", properties));
    assertEquals(List.of(), document.flaws());
    return document.configurations().get(0).getConfigurationProperties();
  }

  @Test
  void theFormIsKuras() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("http.ports", new Integer[] {8181});
    properties.put("a", "x < y & \"z\"");
    properties.put("pw", new Password("password"));
    properties.put("none", new String[0]);
    properties.put("odd", new Object());
    properties.put("null", null);
    assertEquals(
        HEAD
            + """
                  <esf:configuration pid="org.eclipse.kura.http.server.manager.HttpService">
                      <esf:properties>
                          <esf:property array="false" encrypted="false" name="a" type="String">
                              <esf:value>x &lt; y &amp; "z"</esf:value>
                          </esf:property>
                          <esf:property array="true" encrypted="false" name="http.ports" type="Integer">
                              <esf:value>8181</esf:value>
                          </esf:property>
                          <esf:property array="false" encrypted="true" name="pw" type="Password">
                              <esf:value>cGFzc3dvcmQ=</esf:value>
                          </esf:property>
                      </esf:properties>
                  </esf:configuration>
              </esf:configurations>
              """,
        write("org.eclipse.kura.http.server.manager.HttpService", properties));
  }

  @Test
  void allTypesAndTheirArraysComeBack() throws DocumentException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("s", " leading, trailing \n\t\r]]> ä \uD83D\uDCA7 ");
    all.put("empty", "");
    all.put("l", Long.MIN_VALUE);
    all.put("d", Double.NaN);
    all.put("f", Float.NEGATIVE_INFINITY);
    all.put("i", -1);
    all.put("b", (byte) -128);
    all.put("c", ' ');
    all.put("t", true);
    all.put("h", Short.MAX_VALUE);
    Map<String, Object> arrays = new LinkedHashMap<>();
    all.forEach(
        (key, value) ->
            arrays.put(key, ValueType.of(value).orElseThrow().array(List.of(value, value))));
    assertTrue(PropertyMaps.same(all, back(all)), back(all).toString());
    assertTrue(PropertyMaps.same(arrays, back(arrays)));
    Object ints = back(Map.of("p", new int[] {1, 2})).get("p");
    assertArrayEquals(new Integer[] {1, 2}, (Object[]) ints);
  }

  @Test
  void charactersThatXmlCanNotCarryAreNotLost() throws DocumentException {
    Map<String, Object> odd = Map.of("a", "\u0000\u0001\uFFFE\uD800 x", "c", '\u0007');
    assertTrue(PropertyMaps.same(odd, back(odd)));
  }

  @Test
  void writingWhatWasReadGivesTheSameBytes() throws DocumentException {
    String once = write("p", Map.of("a", 1, "b", new String[] {"x", "y"}, "c", "&#10;\r\n"));
    assertEquals(once, SnapshotXmlWriter.configurations(read(once).configurations()));
  }

  @Test
  void aPasswordIsDecryptedOrElseBase64DecodedOrElseTakenLiterally() throws DocumentException {
    String xml =
        """
        <esf:configurations><esf:configuration pid="p"><esf:properties>
        <esf:property name="a" type="Password" encrypted="true" array="false"><esf:value>sealed</esf:value></esf:property>
        <esf:property name="b" type="Password" encrypted="true" array="false"><esf:value>%s</esf:value></esf:property>
        <esf:property name="c" type="Password" encrypted="false" array="false"><esf:value>cGFz</esf:value></esf:property>
        </esf:properties></esf:configuration></esf:configurations>
        """
            .formatted(
                Base64.getEncoder().encodeToString("zwölf".getBytes(StandardCharsets.UTF_8)));
    Map<String, Object> read =
        new SnapshotXmlReader(t -> t.equals("sealed") ? Optional.of("open") : Optional.empty())
            .read(xml)
            .configurations()
            .get(0)
            .getConfigurationProperties();
    assertEquals("open", read.get("a").toString());
    assertEquals("zwölf", read.get("b").toString());
    assertEquals("cGFz", read.get("c").toString());
    assertInstanceOf(Password.class, read.get("c"));
  }

  @Test
  void whatCanNotBeUsedIsNamedWithItsLineAndTheRestIsRead() throws DocumentException {
    String xml =
        """
        <esf:configurations xmlns:esf="http://eurotech.com/esf/2.0">
          <esf:configuration pid="p">
            <ocd:OCD id="p"><ocd:AD id="x"/></ocd:OCD>
            <esf:properties>
              <esf:property name="n" type="Integer" array="false" encrypted="false">
                <esf:value>five</esf:value>
              </esf:property>
              <esf:property name="t" type="Colour" array="false"><esf:value>red</esf:value></esf:property>
              <esf:property type="String" array="false"><esf:value>x</esf:value></esf:property>
              <esf:property name="two" type="Long"><esf:value>1</esf:value><esf:value>2</esf:value></esf:property>
              <esf:property name="list" type="Byte" array="true"><esf:value>1</esf:value><esf:value>999</esf:value></esf:property>
              <esf:property name="good" type="Boolean"><esf:value>true</esf:value></esf:property>
              <esf:property name="void" type="String" array="true"/>
            </esf:properties>
          </esf:configuration>
          <esf:configuration><esf:properties/></esf:configuration>
          <esf:other/>
        </esf:configurations>
        """;
    Document document = read(xml);
    Map<String, Object> p = document.configurations().get(0).getConfigurationProperties();
    assertEquals(true, p.get("good"));
    assertEquals("five", p.get("n"), "kept as text, so that nothing is lost");
    assertArrayEquals(new String[] {"1", "999"}, (Object[]) p.get("list"));
    assertEquals(1L, p.get("two"));
    assertFalse(p.containsKey("t"));
    assertFalse(p.containsKey("void"));
    assertEquals(
        List.of("5 n", "8 t", "9 ", "10 two", "11 list", "16 "),
        document.flaws().stream().map(f -> f.line() + " " + f.attribute()).toList());
    assertEquals("'five'", document.flaws().get(0).given());
  }

  @Test
  void brokenDocumentsAreRefusedWithLineAndColumn() {
    String cut = "<esf:configurations>\n<esf:configuration pid=\"p\">\n<esf:properties>";
    String message = assertThrows(DocumentException.class, () -> read(cut)).getMessage();
    assertTrue(message.startsWith("line 3, column "), message);
    for (String bad :
        List.of("", "hello", "<html/>", "<a><b></a>", "{}", "<esf:configurations/><x/>")) {
      assertThrows(DocumentException.class, () -> read(bad), bad);
    }
  }

  @Test
  void externalEntitiesAndDoctypesAreRefused() {
    String xml =
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><esf:configurations>"
            + "<esf:configuration pid=\"&e;\"/></esf:configurations>";
    assertThrows(DocumentException.class, () -> read(xml));
  }

  @Test
  void theMarshallerPairHasThem() throws Exception {
    XmlForms forms = new XmlForms(text -> Optional.empty());
    XmlComponentConfigurations all = new XmlComponentConfigurations();
    all.setConfigurations(
        List.<ComponentConfiguration>of(
            new ComponentConfigurationImpl(
                Box.SINGLETON, Box.definitions(Box.METATYPE).get(0).ocd(), Map.of("speed", 3))));
    String xml = forms.marshal(all);
    assertTrue(
        xml.contains(
            "<ocd:AD id=\"speed\""
                + " type=\"Integer\" cardinality=\"0\" required=\"true\" default=\"50\" min=\"0\""
                + " max=\"100\"/>"),
        xml);
    assertTrue(xml.contains("<ocd:Icon resource=\"pump.png\" size=\"32\"/>"), xml);
    XmlComponentConfigurations back = forms.unmarshal(xml, XmlComponentConfigurations.class);
    assertEquals(3, back.getConfigurations().get(0).getConfigurationProperties().get("speed"));
    XmlSnapshotIdResult ids = new XmlSnapshotIdResult();
    ids.setSnapshotIds(List.of(0L, 5L));
    assertTrue(forms.marshal(ids).contains("    <esf:snapshotIds>5</esf:snapshotIds>\n"));
    assertEquals(2, forms.unmarshal(Box.METATYPE, Tmetadata.class).getOCD().size());
    assertThrows(org.eclipse.kura.KuraException.class, () -> forms.marshal("text"));
    assertThrows(org.eclipse.kura.KuraException.class, () -> forms.unmarshal("<x/>", String.class));
  }
}
