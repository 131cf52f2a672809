package org.penstock.console.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonPrimitive;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes to a stranger's desk. Without it a password could go along. */
class SupportBundleTest {

  private static final String SECRET = "hunter2 of the north.(gate)";

  @TempDir Path folder;

  private static Map<String, String> read(byte[] zip) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      ZipEntry entry = in.getNextEntry();
      while (entry != null) {
        files.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
        entry = in.getNextEntry();
      }
    }
    return files;
  }

  private static ConfigurationJson.Property text(String value) {
    return new ConfigurationJson.Property("STRING", new JsonPrimitive(value));
  }

  @Test
  void noSecretStandsInAnyOfItsFiles() throws IOException {
    Files.writeString(
        folder.resolve("penstock.log"),
        "login with "
            + SECRET
            + " failed\nAppKey=00112233\n"
            + "-----BEGIN EC PRIVATE KEY-----\nMHcC\n-----END EC PRIVATE KEY-----\nlast\n");
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("penstock.1.log.gz")))) {
      out.write(("the older line with " + SECRET + "\n").getBytes(StandardCharsets.UTF_8));
    }
    Files.writeString(folder.resolve("other.txt"), "no log");
    JsonArray many = new JsonArray();
    many.add("mqtts://joe:pwd99@broker:8883");
    Map<String, ConfigurationJson.Property> properties =
        Map.of(
            "password",
            new ConfigurationJson.Property("PASSWORD", null),
            "valve#app.key",
            text("0011aabb"),
            "note",
            text("it is " + SECRET),
            "brokers",
            new ConfigurationJson.Property("STRING", many),
            "host",
            text("10.0.0.7"));
    SupportBundle bundle = new SupportBundle(new Redaction(Set.of(SECRET, "x")));
    bundle.configurations(
        List.of(new ConfigurationJson.Component("cloud", "factory", null, properties)));
    bundle.properties(Map.of("javax.net.ssl.keyStorePassword", "changeit", "os.name", "Linux"));
    bundle.text("metrics.txt", "-----BEGIN PRIVATE KEY-----\nMIGH\n-----END PRIVATE KEY-----\n");
    bundle.threads(Map.of(Thread.currentThread(), Thread.currentThread().getStackTrace()));
    bundle.logs(folder);

    Map<String, String> files = read(bundle.bytes());
    String all = String.join("\n", files.values());
    for (String secret :
        List.of(
            SECRET, "north.(gate)", "pwd99", "00112233", "0011aabb", "changeit", "MIGH", "MHcC")) {
      assertFalse(all.contains(secret), () -> secret + " in " + all);
    }
    assertTrue(files.get("configuration.json").contains("10.0.0.7"), files::toString);
    assertTrue(files.get("properties.json").contains("Linux"), files::toString);
    assertTrue(files.get("threads.txt").contains("noSecretStandsInAnyOfItsFiles"));
    assertEquals(
        "login with *** failed\nAppKey=***\n***\n-----END EC PRIVATE KEY-----\nlast\n",
        files.get("logs/penstock.log"));
    assertEquals("the older line with ***\n", files.get("logs/penstock.1.log"));
    assertFalse(files.containsKey("logs/other.txt"));
  }
}
