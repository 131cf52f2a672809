package org.penstock.bench;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows as text and as JSON. */
final class Table {

  private static final List<String> KEYS =
      List.of(
          "bench",
          "figure",
          "unit",
          "ours",
          "peer",
          "peer's name",
          "ratio",
          "aim",
          "met",
          "profile");

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();

  private Table() {}

  static String text(List<Row> rows) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(KEYS);
    for (Row row : rows) {
      cells.add(json(row).asMap().values().stream().map(Table::cell).toList());
    }
    StringBuilder text = new StringBuilder();
    for (List<String> line : cells) {
      StringBuilder out = new StringBuilder();
      for (int i = 0; i < KEYS.size(); i++) {
        out.append(padded(line.get(i), width(cells, i))).append("  ");
      }
      text.append(out.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  static String json(List<Row> rows) {
    JsonArray list = new JsonArray();
    rows.forEach(row -> list.add(json(row)));
    return GSON.toJson(list) + "\n";
  }

  private static JsonObject json(Row row) {
    JsonObject object = new JsonObject();
    object.addProperty("bench", row.bench());
    object.addProperty("figure", row.figure());
    object.addProperty("unit", row.unit());
    object.add("ours", number(row.ours()));
    object.add("peer", number(row.peer()));
    object.addProperty("peer's name", row.peerName());
    object.add("ratio", number(row.ratio()));
    object.addProperty("aim", row.aim() == null ? null : row.aim().toString());
    object.addProperty("met", row.met());
    object.addProperty("profile", row.profile());
    return object;
  }

  /** Rounded to four digits: no measurement here is better than that. */
  private static JsonElement number(Double value) {
    if (value == null || value.isNaN() || value.isInfinite()) {
      return JsonNull.INSTANCE;
    }
    double rounded = Double.parseDouble(String.format(Locale.ROOT, "%.3e", value));
    return rounded == Math.rint(rounded) && Math.abs(rounded) < 1e15
        ? new JsonPrimitive((long) rounded)
        : new JsonPrimitive(rounded);
  }

  private static String cell(JsonElement element) {
    if (element.isJsonNull()) {
      return "-";
    }
    String text = element.getAsString();
    return switch (text) {
      case "true" -> "yes";
      case "false" -> "NO";
      default -> text;
    };
  }

  private static int width(List<List<String>> cells, int column) {
    return cells.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
