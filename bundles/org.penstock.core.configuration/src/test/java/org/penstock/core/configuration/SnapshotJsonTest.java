package org.penstock.core.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.core.configuration.ComponentConfigurationImpl;
import org.eclipse.kura.core.configuration.XmlComponentConfigurations;
import org.junit.jupiter.api.Test;

/** Without it the JSON form of configurations would not be Kura's. */
class SnapshotJsonTest {

  @Test
  void theFormIsKuras() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("b", new Integer[] {1, 2});
    properties.put("a", "x\"y");
    properties.put("p", new Password("open"));
    properties.put("f", Double.NaN);
    assertEquals(
        "{\"configs\":[{\"pid\":\"p\",\"properties\":{\"a\":{\"type\":\"STRING\",\"value\":\"x\\\"y\"},"
            + "\"b\":{\"type\":\"INTEGER\",\"value\":[1,2]},\"f\":{\"type\":\"DOUBLE\",\"value\":\"NaN\"},"
            + "\"p\":{\"type\":\"PASSWORD\",\"value\":\"open\"}}}]}",
        SnapshotJsonWriter.configurations(List.of(Box.configuration("p", properties))));
  }

  @Test
  void allTypesComeBackThroughTheMarshallerPair() throws KuraException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("s", "ä\n");
    all.put("l", Long.MIN_VALUE);
    all.put("d", -1.5e-300);
    all.put("f", Float.POSITIVE_INFINITY);
    all.put("i", -1);
    all.put("b", (byte) -128);
    all.put("c", ' ');
    all.put("t", true);
    all.put("h", Short.MAX_VALUE);
    all.put("many", new Boolean[] {true, false});
    XmlComponentConfigurations configurations = new XmlComponentConfigurations();
    configurations.setConfigurations(
        List.<ComponentConfiguration>of(
            new ComponentConfigurationImpl("p", Box.definitions(Box.METATYPE).get(0).ocd(), all)));
    JsonForms forms = new JsonForms();
    String json = forms.marshal(configurations);
    assertTrue(json.contains("\"isRequired\":true,\"defaultValue\":\"50\""), json);
    Map<String, Object> back =
        forms
            .unmarshal(json, XmlComponentConfigurations.class)
            .getConfigurations()
            .get(0)
            .getConfigurationProperties();
    assertTrue(PropertyMaps.same(all, back), back.toString());
    assertThrows(KuraException.class, () -> forms.marshal("text"));
    assertThrows(KuraException.class, () -> forms.unmarshal("{", XmlComponentConfigurations.class));
  }

  @Test
  void whatCanNotBeUsedIsNamedAndTheRestIsRead() throws DocumentException {
    Document document =
        new SnapshotJsonReader()
            .read(
                "{\"x\":[{}],\"configs\":[{\"pid\":\"p\",\"properties\":{\"a\":{\"type\":\"INTEGER\","
                    + "\"value\":\"five\"},\"b\":{\"type\":\"COLOUR\",\"value\":1},\"c\":{\"type\":"
                    + "\"LONG\",\"value\":null},\"d\":{\"type\":\"LONG\",\"value\":7}}},{}]}");
    Map<String, Object> p = document.configurations().get(0).getConfigurationProperties();
    assertEquals(Map.of("a", "five", "d", 7L), p);
    assertEquals(List.of("a", "b", ""), document.flaws().stream().map(Flaw::attribute).toList());
  }
}
