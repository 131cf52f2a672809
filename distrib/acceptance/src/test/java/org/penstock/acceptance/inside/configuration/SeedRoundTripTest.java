package org.penstock.acceptance.inside.configuration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.core.configuration.XmlComponentConfigurations;
import org.eclipse.kura.marshalling.Marshaller;
import org.eclipse.kura.marshalling.Unmarshaller;
import org.junit.jupiter.api.Test;

/**
 * A seed as Kura 5.6 writes it, made for this test from the description of the form. If deleted: a
 * plant's configuration could be changed by moving it here and back.
 */
class SeedRoundTripTest {

  private static final String HEAD =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><esf:configurations"
          + " xmlns:esf=\"http://eurotech.com/esf/2.0\""
          + " xmlns:ocd=\"http://www.osgi.org/xmlns/metatype/v1.2.0\">\n";

  private static String property(
      String name, String type, boolean array, boolean encrypted, String... values) {
    StringBuilder xml =
        new StringBuilder(
            "            <esf:property array=\""
                + array
                + "\" encrypted=\""
                + encrypted
                + "\" name=\""
                + name
                + "\" type=\""
                + type
                + "\">\n");
    for (String value : values) {
      xml.append("                <esf:value>").append(value).append("</esf:value>\n");
    }
    return xml.append("            </esf:property>\n").toString();
  }

  private static String configuration(String pid, String... properties) {
    return "    <esf:configuration pid=\""
        + pid
        + "\">\n        <esf:properties>\n"
        + String.join("", properties)
        + "        </esf:properties>\n    </esf:configuration>\n";
  }

  private static final String SEED =
      HEAD
          + configuration(
              "org.eclipse.kura.core.data.transport.mqtt.MqttDataTransport",
              property("broker-url", "String", false, false, "mqtt://broker-url:1883/"),
              property("clean-session", "Boolean", false, false, "true"),
              property("keep-alive", "Integer", false, false, "30"),
              property("password", "Password", false, true, "cGFzc3dvcmQ="),
              property(
                  "service.factoryPid",
                  "String",
                  false,
                  false,
                  "org.eclipse.kura.core.data.transport.mqtt.MqttDataTransport"))
          + configuration(
              "org.eclipse.kura.http.server.manager.HttpService",
              property("http.ports", "Integer", true, false, "8080", "8181"),
              property("https.ports", "Integer", true, false, "443"))
          + configuration(
              "seed-odd",
              property("byte", "Byte", false, false, "-1"),
              property("char", "Char", false, false, "&lt;"),
              property("doubles", "Double", true, false, "1.5", "-0.0", "NaN"),
              property("float", "Float", false, false, "2.5"),
              property("kura.service.pid", "String", false, false, "seed-odd"),
              property("long", "Long", false, false, "9223372036854775807"),
              property("multi.line", "String", false, false, "a &amp; b\n  c &gt; d"),
              property("secrets", "Password", true, true, "YQ==", "w7w="),
              property("service.factoryPid", "String", false, false, "com.acme.seed.PumpFactory"),
              property("short", "Short", false, false, "7"),
              property("speed", "Integer", false, false, "12"))
          + "</esf:configurations>\n";

  private static <S> S provider(Class<S> type) throws Exception {
    return Example.CONTEXT.getService(
        Example.CONTEXT
            .getServiceReferences(
                type, "(kura.service.pid=org.eclipse.kura.xml.marshaller.unmarshaller.provider)")
            .iterator()
            .next());
  }

  private static List<String> sorted(String xml) {
    return Arrays.stream(xml.split("(?=    <esf:configuration pid)|(?=</esf:configurations>)"))
        .sorted()
        .toList();
  }

  @Test
  void whatIsReadIsWrittenByteForByteApartFromOrder() throws Exception {
    XmlComponentConfigurations read =
        provider(Unmarshaller.class).unmarshal(SEED, XmlComponentConfigurations.class);
    String written = provider(Marshaller.class).marshal(read);
    assertEquals(sorted(SEED), sorted(written));
  }

  @Test
  void valuesArriveWithTheirTypesAndPasswordsInClear() throws Exception {
    XmlComponentConfigurations read =
        provider(Unmarshaller.class).unmarshal(SEED, XmlComponentConfigurations.class);
    Map<String, Object> odd =
        read.getConfigurations().stream()
            .filter(one -> one.getPid().equals("seed-odd"))
            .findFirst()
            .map(ComponentConfiguration::getConfigurationProperties)
            .orElseThrow();
    assertEquals((byte) -1, odd.get("byte"));
    assertEquals('<', odd.get("char"));
    assertArrayEquals(new Double[] {1.5, -0.0, Double.NaN}, (Double[]) odd.get("doubles"));
    assertEquals(Long.MAX_VALUE, odd.get("long"));
    assertEquals("a & b\n  c > d", odd.get("multi.line"));
    assertEquals("ü", ((Password[]) odd.get("secrets"))[1].toString());
  }

  /** Import on the running product, a snapshot of it, and its export. */
  @Test
  void anInstanceOfTheSeedLivesAndComesOutOfASnapshotAsItWentIn() throws Exception {
    ConfigurationService configuration = Example.service(ConfigurationService.class);
    XmlComponentConfigurations read =
        provider(Unmarshaller.class).unmarshal(SEED, XmlComponentConfigurations.class);
    ComponentConfiguration odd =
        read.getConfigurations().stream()
            .filter(one -> one.getPid().equals("seed-odd"))
            .findFirst()
            .orElseThrow();
    try (Example example = new Example("com.acme.seed")) {
      configuration.updateConfigurations(List.of(odd), false);
      Example.await("seed-odd", "speed", 12);
      long id = configuration.snapshot();
      ComponentConfiguration out =
          configuration.getSnapshot(id).stream()
              .filter(one -> one.getPid().equals("seed-odd"))
              .findFirst()
              .orElseThrow();
      Map<String, Object> kept = new HashMap<>(out.getConfigurationProperties());
      kept.keySet().retainAll(odd.getConfigurationProperties().keySet());
      XmlComponentConfigurations export = new XmlComponentConfigurations();
      export.setConfigurations(
          List.of(
              new org.eclipse.kura.core.configuration.ComponentConfigurationImpl(
                  "seed-odd", null, kept)));
      String written = provider(Marshaller.class).marshal(export);
      assertNotNull(written);
      String expected =
          SEED.substring(
              SEED.indexOf("    <esf:configuration pid=\"seed-odd\">"),
              SEED.indexOf("</esf:configurations>"));
      assertEquals(HEAD + expected + "</esf:configurations>\n", written);
    } finally {
      configuration.deleteFactoryConfiguration("seed-odd", false);
    }
  }

  /** Add-ons of Kura use these packages of Java without importing them. */
  @Test
  void javasXmlAndSqlAndNetAreThereWithoutImports() throws Exception {
    try (Example example = new Example("com.acme.boot")) {
      for (String name :
          List.of(
              "javax.sql.DataSource",
              "javax.net.ssl.SSLContext",
              "javax.xml.parsers.DocumentBuilder",
              "org.w3c.dom.Document",
              "org.xml.sax.InputSource")) {
        assertNotNull(example.bundle().loadClass(name), name);
      }
    }
  }
}
