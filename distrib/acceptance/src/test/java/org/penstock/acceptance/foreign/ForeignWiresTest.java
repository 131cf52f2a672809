package org.penstock.acceptance.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.BundleJar;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Inbox;
import org.penstock.acceptance.product.Mosquitto;
import org.penstock.acceptance.product.Seed;

/**
 * Wire components and an application of somebody else, built for Kura: two inputs behind a barrier, one
 * that blocks for ever, one that publishes. Without it, what outsiders wrote could stop to resolve, to be
 * wired, to survive a restart, or could hold up what is wired beside it.
 */
@Tag("beside")
class ForeignWiresTest {

  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final String FLOW = "/api/v1/flows/main";
  private static final String PUBLISHER = "org.eclipse.kura.cloud.publisher.CloudPublisher";

  private static final String IMPORTS =
      "org.apache.logging.log4j;version=\"2.8.2\",org.slf4j;version=\"1.6.4\","
          + "org.eclipse.kura;version=\"[1.3,2.0)\","
          + "org.eclipse.kura.cloudconnection.message;version=\"[1.0,2.0)\","
          + "org.eclipse.kura.cloudconnection.publisher;version=\"[1.0,2.0)\","
          + "org.eclipse.kura.configuration;version=\"[1.1,2.0)\","
          + "org.eclipse.kura.message;version=\"[1.1,2.0)\","
          + "org.eclipse.kura.type;version=\"[1.0,2.0)\","
          + "org.eclipse.kura.wire;version=\"[2.0,2.1)\","
          + "org.eclipse.kura.wire.graph;version=\"[1.0,1.1)\","
          + "org.eclipse.kura.wire.multiport;version=\"[1.0,2.0)\","
          + "org.osgi.framework;version=\"[1.8,2.0)\","
          + "org.osgi.service.component;version=\"[1.2,2.0)\","
          + "org.osgi.service.wireadmin;version=\"[1.0.1,2.0)\"";

  @TempDir Path folder;

  private static String text(String name) {
    try (InputStream in = ForeignWiresTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String component(String name, String type, String services, String references) {
    StringBuilder provided = new StringBuilder();
    for (String service : services.split(" ")) {
      provided.append("<provide interface=\"").append(service).append("\"/>");
    }
    return "<?xml version=\"1.0\"?><scr:component"
        + " xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.1.0\" activate=\"activate\""
        + " configuration-policy=\"require\" deactivate=\"deactivate\" immediate=\"true\""
        + (name.contains("Blocker") ? "" : " modified=\"updated\"")
        + " name=\""
        + name
        + "\"><implementation class=\""
        + type
        + "\"/>"
        + "<property name=\"input.cardinality.default\" type=\"Integer\" value=\""
        + (name.contains("Sum") ? 2 : 1)
        + "\"/><service>"
        + provided
        + "</service>"
        + references
        + "</scr:component>";
  }

  private static String metatype(String pid, String attributes) {
    return "<?xml version=\"1.0\"?><MetaData"
        + " xmlns=\"http://www.osgi.org/xmlns/metatype/v1.2.0\"><OCD id=\""
        + pid
        + "\" name=\""
        + pid
        + "\" description=\"\">"
        + attributes
        + "</OCD><Designate pid=\""
        + pid
        + "\" factoryPid=\""
        + pid
        + "\"><Object ocdref=\""
        + pid
        + "\"/></Designate></MetaData>";
  }

  private static String reference(String name, String type, String bind, String more) {
    return "<reference name=\""
        + name
        + "\" interface=\""
        + type
        + "\" bind=\""
        + bind
        + "\" unbind=\"un"
        + bind
        + "\" "
        + more
        + "/>";
  }

  private static BundleJar definitions(BundleJar bundle) {
    return bundle
        .file(
            "OSGI-INF/metatype/com.acme.wires.Sum.xml",
            metatype(
                "com.acme.wires.Sum",
                "<AD id=\"result.name\" name=\"result\" type=\"String\" cardinality=\"0\""
                    + " required=\"true\" default=\"sum\" description=\"\"/>"))
        .file(
            "OSGI-INF/metatype/com.acme.wires.Blocker.xml", metatype("com.acme.wires.Blocker", ""))
        .file(
            "OSGI-INF/metatype/com.acme.wires.Application.xml",
            metatype(
                "com.acme.wires.Application",
                "<AD id=\"CloudPublisher.target\" name=\"publisher\" type=\"String\""
                    + " cardinality=\"0\" required=\"true\""
                    + " default=\"(kura.service.pid=changeme)\" description=\"\"/>"));
  }

  private static byte[] jar(String version) {
    String wires =
        "org.eclipse.kura.wire.WireComponent org.eclipse.kura.configuration.ConfigurableComponent"
            + " org.osgi.service.wireadmin.Producer org.osgi.service.wireadmin.Consumer"
            + " org.eclipse.kura.wire.WireEmitter ";
    String helper =
        reference(
            "WireHelperService",
            "org.eclipse.kura.wire.WireHelperService",
            "bindWireHelperService",
            "cardinality=\"1..1\" policy=\"static\"");
    return definitions(new BundleJar("com.acme.wires", version))
        .header("Service-Component", "OSGI-INF/*.xml")
        .header("Bundle-RequiredExecutionEnvironment", "JavaSE-1.8")
        .header("Import-Package", IMPORTS)
        .source("com.acme.wires.AcmeSum", text("AcmeSum.java.txt"))
        .source("com.acme.wires.AcmeBlocker", text("AcmeBlocker.java.txt"))
        .source("com.acme.wires.AcmeApplication", text("AcmeApplication.java.txt"))
        .file(
            "OSGI-INF/sum.xml",
            component(
                "com.acme.wires.Sum",
                "com.acme.wires.AcmeSum",
                wires + "org.eclipse.kura.wire.multiport.MultiportWireReceiver",
                helper
                    + reference(
                        "BarrierAggregatorFactory",
                        "org.eclipse.kura.wire.graph.BarrierAggregatorFactory",
                        "bindBarrier",
                        "cardinality=\"1..1\" policy=\"static\"")))
        .file(
            "OSGI-INF/blocker.xml",
            component(
                    "com.acme.wires.Blocker",
                    "com.acme.wires.AcmeBlocker",
                    wires + "org.eclipse.kura.wire.WireReceiver",
                    helper)
                .replace(" deactivate=\"deactivate\"", ""))
        .file(
            "OSGI-INF/application.xml",
            component(
                "com.acme.wires.Application",
                "com.acme.wires.AcmeApplication",
                "org.eclipse.kura.configuration.ConfigurableComponent",
                reference(
                        "CloudPublisher",
                        "org.eclipse.kura.cloudconnection.publisher.CloudPublisher",
                        "setCloudPublisher",
                        "cardinality=\"0..1\" policy=\"dynamic\"")
                    .replace("unsetCloudPublisher", "unsetCloudPublisher")))
        .bytes();
  }

  private static String property(String key, String type, String json) {
    return "\"" + key + "\":{\"type\":\"" + type + "\",\"value\":" + json + "}";
  }

  private static String config(String pid, String factory, String... properties) {
    return "{\"pid\":\""
        + pid
        + "\",\"factoryPid\":\""
        + factory
        + "\",\"properties\":{"
        + String.join(",", properties)
        + "}}";
  }

  private static void ok(HttpResponse<String> answer) {
    assertEquals(200, answer.statusCode(), answer::body);
  }

  private void draw(Gateway gateway) {
    String graph =
        "{\"components\":["
            + "{\"pid\":\"t1\",\"inputPortCount\":0,\"outputPortCount\":1},"
            + "{\"pid\":\"sum\",\"inputPortCount\":2,\"outputPortCount\":1},"
            + "{\"pid\":\"block\",\"inputPortCount\":1,\"outputPortCount\":1},"
            + "{\"pid\":\"log\",\"inputPortCount\":1,\"outputPortCount\":0}],"
            + "\"wires\":["
            + "{\"emitter\":\"t1\",\"emitterPort\":0,\"receiver\":\"sum\",\"receiverPort\":0},"
            + "{\"emitter\":\"t1\",\"emitterPort\":0,\"receiver\":\"sum\",\"receiverPort\":1},"
            + "{\"emitter\":\"t1\",\"emitterPort\":0,\"receiver\":\"block\",\"receiverPort\":0},"
            + "{\"emitter\":\"sum\",\"emitterPort\":0,\"receiver\":\"log\",\"receiverPort\":0}]}";
    ok(
        gateway.send(
            "PUT",
            "/services/wire/v1/graph/snapshot",
            "{\"configs\":["
                + "{\"pid\":\"org.eclipse.kura.wire.graph.WireGraphService\",\"properties\":{"
                + property("WireGraph", "STRING", '"' + graph.replace("\"", "\\\"") + '"')
                + "}},"
                + config(
                    "t1",
                    "org.eclipse.kura.wire.Timer",
                    property("simple.interval", "INTEGER", "100"),
                    property("simple.time.unit", "STRING", "\"MILLISECONDS\""))
                + ","
                + config(
                    "sum", "com.acme.wires.Sum", property("result.name", "STRING", "\"total\""))
                + ","
                + config("block", "com.acme.wires.Blocker")
                + ","
                + config("log", "org.eclipse.kura.wire.Logger")
                + "]}"));
  }

  private static JsonObject component(Gateway gateway, String pid) {
    HttpResponse<String> answer = gateway.get(FLOW);
    assertEquals(200, answer.statusCode(), answer::body);
    for (JsonElement one :
        JsonParser.parseString(answer.body()).getAsJsonObject().getAsJsonArray("components")) {
      if (one.getAsJsonObject().get("pid").getAsString().equals(pid)) {
        return one.getAsJsonObject();
      }
    }
    throw new AssertionError("no " + pid + " in " + answer.body());
  }

  private static long received(Gateway gateway, String pid) {
    return component(gateway, pid).get("received").getAsLong();
  }

  private static void runs(Gateway gateway) {
    long before = received(gateway, "log");
    Await.until(
        LIMIT,
        () -> "sum does not reach the log: " + gateway.get(FLOW).body(),
        () -> received(gateway, "log") > before + 10);
    Await.until(
        LIMIT,
        () -> "the blocking one is not moved aside: " + component(gateway, "block"),
        () -> component(gateway, "block").get("aside").getAsBoolean());
    assertTrue(
        component(gateway, "log").get("last").toString().contains("\"total\""),
        () -> component(gateway, "log").toString());
  }

  private static String seed(int port) {
    return new Seed()
        .cloud(port)
        .component(
            "acmePublisher",
            PUBLISHER,
            "cloud.endpoint.service.pid",
            "org.eclipse.kura.cloud.CloudService",
            "appId",
            "acme",
            "app.topic",
            "beats",
            "qos",
            1)
        .xml();
  }

  private static void replaceAndRemove(Gateway gateway, Path file) throws IOException {
    BundleJar.drop(file, jar("1.1.0"));
    Await.until(
        LIMIT,
        () -> gateway.get("/services/inventory/v1/bundles").body(),
        () -> gateway.get("/services/inventory/v1/bundles").body().contains("\"1.1.0\""));
    Await.until(
        LIMIT,
        () -> "" + component(gateway, "sum"),
        () -> component(gateway, "sum").get("present").getAsBoolean());
    runs(gateway);

    Files.delete(file);
    Await.until(
        LIMIT,
        () -> "still there: " + component(gateway, "sum"),
        () -> !component(gateway, "sum").get("present").getAsBoolean());
    Await.until(
        LIMIT,
        () -> gateway.health().toString(),
        () -> gateway.health().toString().contains("components not there: block, sum"));

    BundleJar.drop(file, jar("1.0.0"));
    runs(gateway);
  }

  @Test
  void runAreSnapshottedSurviveRestartUpdateAndUninstall() throws Exception {
    try (Mosquitto broker = new Mosquitto(folder);
        Inbox inbox = new Inbox(broker.port(), "acme/gw1/#")) {
      try (Gateway gateway = new Gateway(folder, seed(broker.port())).start()) {
        Path file = gateway.home().resolve("deploy/acme-wires.jar");
        BundleJar.drop(file, jar("1.2.0"));
        Await.until(
            LIMIT,
            () -> gateway.get("/services/configuration/v2/factoryComponents").body(),
            () ->
                gateway
                    .get("/services/configuration/v2/factoryComponents")
                    .body()
                    .contains("com.acme.wires.Sum"));
        draw(gateway);
        ok(
            gateway.send(
                "POST",
                "/services/configuration/v2/factoryComponents",
                "{\"configs\":["
                    + config(
                        "heart",
                        "com.acme.wires.Application",
                        property(
                            "CloudPublisher.target",
                            "STRING",
                            "\"(kura.service.pid=acmePublisher)\""))
                    + "]}"));
        runs(gateway);
        inbox.await(5, LIMIT);
        assertTrue(inbox.messages().stream().anyMatch(m -> m.topic().endsWith("acme/beats")));

        assertEquals(0, gateway.stop());
        gateway.start();
        runs(gateway);
        int beats = inbox.messages().size();
        inbox.await(beats + 5, LIMIT);

        replaceAndRemove(gateway, file);
        assertEquals(
            List.of(),
            gateway.log().stream()
                .filter(line -> line.contains(" ERROR ") && line.matches(".*(acme|wire|flow).*"))
                .filter(line -> !line.contains("block"))
                .toList(),
            () -> String.join("\n", gateway.log()));
      }
    }
  }
}
