package org.penstock.acceptance.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.BundleJar;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.PackageJar;
import org.penstock.acceptance.product.Seed;

/**
 * All XML that comes in by REST: workbooks of channels, configurations and definitions in packages.
 * Without it a document could read the gateway's files, or take its heap by entities.
 */
@EnabledIfSystemProperty(named = "penstock.all", matches = "true")
class ForeignXmlTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String SECRET = "what-nobody-may-read";

  @TempDir static Path folder;

  private static Gateway gateway;
  private static Map<String, String> doctypes;

  @BeforeAll
  static void start() throws IOException {
    Seed seed = new Seed().component("toy", "org.penstock.driver.template");
    seed.component("pump1", "org.eclipse.kura.wire.WireAsset", "driver.pid", "toy");
    seed.channel("pump1", "count", "LONG", "address", "counter/a");
    gateway = new Gateway(folder, seed.xml()).start();
    Path secret = Files.writeString(folder.resolve("secret"), SECRET);
    StringBuilder laughs = new StringBuilder("<!DOCTYPE x [<!ENTITY e0 \"ha\">");
    for (int i = 1; i < 30; i++) {
      laughs.append("<!ENTITY e%d \"%s\">".formatted(i, ("&e" + (i - 1) + ";").repeat(10)));
    }
    laughs.append("<!ENTITY e \"&e29;\">]>");
    doctypes = new LinkedHashMap<>();
    doctypes.put("file", "<!DOCTYPE x [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]>");
    doctypes.put("laughs", laughs.toString());
    doctypes.put("outer subset", "<!DOCTYPE x SYSTEM \"" + secret.toUri() + "\">");
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static String with(String doctype, String xml) {
    int at = xml.startsWith("<?xml") ? xml.indexOf("?>") + 2 : 0;
    return xml.substring(0, at) + doctype + xml.substring(at);
  }

  /** Each part of a workbook in turn begins with a document type, and uses what that defines. */
  @TestFactory
  List<DynamicTest> aWorkbookWithADocumentTypeIsRefused() throws IOException {
    byte[] book =
        gateway
            .bytes(gateway.authorised("/api/v1/tags/_export?format=xlsx&asset=pump1").GET())
            .body();
    List<DynamicTest> tests = new ArrayList<>();
    for (Map.Entry<String, String> part : parts(book).entrySet()) {
      doctypes.forEach(
          (name, doctype) ->
              tests.add(
                  dynamicTest(
                      part.getKey() + " " + name,
                      () -> {
                        String xml =
                            part.getValue()
                                .replaceFirst("<t([^>]*)>[^<]+</t>", "<t$1>&e;</t>")
                                .replaceFirst("<sheet name=\"[^\"]+\"", "<sheet name=\"&e;\"");
                        assertTrue(xml.contains("&e;"), xml);
                        byte[] bad = replaced(book, part.getKey(), with(doctype, xml));
                        refused(bad);
                      })));
    }
    assertEquals(6, tests.size(), "two parts");
    return tests;
  }

  /** The parts that a reader of tables looks at; of the others no byte is parsed. */
  private static Map<String, String> parts(byte[] book) throws IOException {
    Map<String, String> parts = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file(book))) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        if (entry.getName().matches(".*/(workbook|sheet1).xml")) {
          parts.put(entry.getName(), new String(content(zip, entry), StandardCharsets.UTF_8));
        }
      }
    }
    return parts;
  }

  private static File file(byte[] book) throws IOException {
    return Files.write(folder.resolve("book.xlsx"), book).toFile();
  }

  private static byte[] content(ZipFile zip, ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  private static byte[] replaced(byte[] book, String part, String xml) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipFile zip = new ZipFile(file(book));
        ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        out.putNextEntry(new ZipEntry(entry.getName()));
        boolean other = entry.getName().equals(part);
        out.write(other ? xml.getBytes(StandardCharsets.UTF_8) : content(zip, entry));
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static void refused(byte[] book) {
    HttpResponse<String> answer = gateway.upload("/api/v1/tags/_import?format=xlsx", book);
    assertEquals(400, answer.statusCode(), answer.body());
    String message =
        JsonParser.parseString(answer.body()).getAsJsonObject().get("message").getAsString();
    assertTrue(message.contains("workbook"), message);
    assertFalse(answer.body().contains(SECRET), answer.body());
  }

  /** A package's configuration is answered with the job's outcome. */
  @TestFactory
  List<DynamicTest> aConfigurationWithADocumentTypeIsRefused() {
    String good = new Seed().component("new.toy", "org.penstock.driver.template").xml();
    List<DynamicTest> tests = new ArrayList<>();
    doctypes.forEach(
        (name, doctype) ->
            tests.add(
                dynamicTest(
                    name,
                    () -> {
                      String xml = with(doctype, good);
                      if (!name.equals("outer subset")) {
                        xml = xml.replaceFirst("new\\.toy", "&e;");
                      }
                      byte[] bad =
                          new PackageJar("foreign.xml", "1.0.0")
                              .bundle(new BundleJar("foreign.part", "1.0.0").bytes())
                              .configuration("config.xml", xml)
                              .bytes();
                      JsonObject outcome = install("foreign.dp", bad);
                      assertEquals("REFUSED", outcome.get("result").getAsString(), "" + outcome);
                      String reason = outcome.get("reason").getAsString();
                      assertTrue(reason.contains("config.xml"), reason);
                      assertTrue(reason.contains("DOCTYPE"), reason);
                      assertFalse(reason.contains(SECRET), reason);
                    })));
    return tests;
  }

  private static JsonObject install(String file, byte[] content) {
    HttpResponse<String> accepted = gateway.upload("/api/v1/packages?file=" + file, content);
    assertEquals(202, accepted.statusCode(), accepted.body());
    long id = JsonParser.parseString(accepted.body()).getAsJsonObject().get("id").getAsLong();
    JsonObject[] job = new JsonObject[1];
    Await.until(
        LIMIT,
        () -> "job " + job[0],
        () -> {
          String body = gateway.get("/api/v1/packages/_jobs/" + id).body();
          job[0] = JsonParser.parseString(body).getAsJsonObject();
          return "ENDED".equals(job[0].get("state").getAsString());
        });
    return job[0].getAsJsonObject("outcome");
  }

  /** A bundle's definition that can't be read is named with its file; nothing of it is taken. */
  @Test
  void aDefinitionWithADocumentTypeIsNamedAndNotTaken() {
    BundleJar bundle = new BundleJar("foreign.definitions", "1.0.0");
    bundle.imports("org.eclipse.kura.configuration");
    for (Map.Entry<String, String> one : doctypes.entrySet()) {
      String text = one.getKey().equals("outer subset") ? "n" : "&e;";
      String xml =
          "<MetaData xmlns='http://www.osgi.org/xmlns/metatype/v1.2.0'><OCD id='foreign' name='"
              + text
              + "'/><Designate factoryPid='foreign'><Object ocdref='foreign'/></Designate>"
              + "</MetaData>";
      bundle.file(
          "OSGI-INF/metatype/" + one.getKey().replace(' ', '.') + ".xml",
          with(one.getValue(), xml));
    }
    install("definitions.jar", bundle.bytes());
    String log = String.join("\n", gateway.log());
    String ocds = gateway.get("/services/configuration/v2/factoryComponents/ocd").body();
    String health = gateway.health().toString();
    for (String name : List.of("file.xml", "laughs.xml", "outer.subset.xml")) {
      assertTrue((log + health).contains(name + " can't be read"), name + ": " + health);
    }
    assertTrue((log + health).contains("DOCTYPE"), health);
    assertFalse(ocds.contains("\"foreign\""), ocds);
    assertFalse((log + health + ocds).contains(SECRET));
  }
}
