package org.penstock.acceptance.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Gateway;

/** Without it the API could change without anybody saying so. */
class OpenApiTest {

  private static final Path FILE =
      Path.of(System.getProperty("penstock.top")).resolve("distrib/docs/reference/openapi.json");

  @TempDir Path folder;

  @Test
  void theDocumentOfTheProductIsTheOneThatIsCheckedIn() throws IOException {
    JsonElement served;
    try (Gateway gateway = new Gateway(folder, null).start()) {
      var answer = gateway.get("/api/v1/openapi.json");
      assertEquals(200, answer.statusCode(), answer.body());
      served = JsonParser.parseString(answer.body());
    }
    if (Boolean.getBoolean("penstock.write")) {
      String text =
          new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(served);
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, text + "\n");
    }
    JsonElement checkedIn = JsonParser.parseString(Files.readString(FILE));
    List<String> differences = new ArrayList<>();
    compare("", checkedIn, served, differences);
    assertTrue(
        differences.isEmpty(),
        () ->
            "the API is not as checked in: "
                + differences.subList(0, Math.min(20, differences.size()))
                + "; if that is meant, run this test with -Dpenstock.write=true and check the file in");
  }

  private static void compare(
      String place, JsonElement wanted, JsonElement found, List<String> differences) {
    if (wanted instanceof JsonObject one && found instanceof JsonObject other) {
      for (Map.Entry<String, JsonElement> entry : one.entrySet()) {
        if (other.has(entry.getKey())) {
          String inner = place + "." + entry.getKey();
          compare(inner, entry.getValue(), other.get(entry.getKey()), differences);
        } else {
          differences.add("gone: " + place + "." + entry.getKey());
        }
      }
      for (String name : other.keySet()) {
        if (!one.has(name)) {
          differences.add("new: " + place + "." + name);
        }
      }
    } else if (!wanted.equals(found)) {
      differences.add(place + " was " + wanted + ", is " + found);
    }
  }
}
