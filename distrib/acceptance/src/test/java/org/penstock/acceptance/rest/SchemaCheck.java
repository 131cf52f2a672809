package org.penstock.acceptance.rest;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compares JSON with a schema of the OpenAPI document, as far as the document uses schemas. */
final class SchemaCheck {

  private final JsonObject schemas;
  private final List<String> faults = new ArrayList<>();

  private SchemaCheck(JsonObject document) {
    schemas = document.getAsJsonObject("components").getAsJsonObject("schemas");
  }

  /** What of the value is not as the schema says; members that it does not name are faults. */
  static List<String> faults(JsonObject document, JsonObject schema, JsonElement value) {
    SchemaCheck check = new SchemaCheck(document);
    check.check("", schema, value);
    return check.faults;
  }

  private void check(String place, JsonObject schema, JsonElement value) {
    if (schema.has("$ref")) {
      String name = schema.get("$ref").getAsString();
      check(place, schemas.getAsJsonObject(name.substring(name.lastIndexOf('/') + 1)), value);
      return;
    }
    if (!schema.has("type")) {
      return; // anything
    }
    String type = schema.get("type").getAsString();
    if (!isOf(type, value)) {
      faults.add(place + ": " + value + " is no " + type);
    } else if (type.equals("object")) {
      members(place, schema, value.getAsJsonObject());
    } else if (type.equals("array") && schema.has("items")) {
      JsonArray array = value.getAsJsonArray();
      for (int i = 0; i < array.size(); i++) {
        check(place + "[" + i + "]", schema.getAsJsonObject("items"), array.get(i));
      }
    } else if (schema.has("enum") && !schema.getAsJsonArray("enum").contains(value)) {
      faults.add(place + ": " + value + " is none of " + schema.get("enum"));
    }
  }

  private void members(String place, JsonObject schema, JsonObject value) {
    for (Map.Entry<String, JsonElement> member : value.entrySet()) {
      String inner = place + "." + member.getKey();
      if (schema.has("properties")) {
        JsonObject of = schema.getAsJsonObject("properties").getAsJsonObject(member.getKey());
        if (of == null) {
          faults.add(inner + " is not in the document");
        } else {
          check(inner, of, member.getValue());
        }
      } else if (schema.has("additionalProperties")) {
        check(inner, schema.getAsJsonObject("additionalProperties"), member.getValue());
      }
    }
  }

  private static boolean isOf(String type, JsonElement value) {
    return switch (type) {
      case "object" -> value.isJsonObject();
      case "array" -> value.isJsonArray();
      case "string" -> value instanceof JsonPrimitive p && p.isString();
      case "boolean" -> value instanceof JsonPrimitive p && p.isBoolean();
      case "number" -> value instanceof JsonPrimitive p && p.isNumber();
      case "integer" ->
          value instanceof JsonPrimitive p
              && p.isNumber()
              && p.getAsBigDecimal().stripTrailingZeros().scale() <= 0;
      default -> false;
    };
  }
}
