package org.penstock.core.configuration;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.core.configuration.ComponentConfigurationImpl;

/** Reads the JSON form of configurations. One reader per document. */
final class SnapshotJsonReader {

  private final Map<String, ComponentConfiguration> configurations = new LinkedHashMap<>();
  private final List<Flaw> flaws = new ArrayList<>();

  private record Given(String type, boolean array, List<String> texts) {}

  /** Reads a whole document; names it does not know are skipped. */
  Document read(String json) throws DocumentException {
    return read(new StringReader(json), Xml.LONGEST);
  }

  /** Reads a whole document of at most so many characters. */
  Document read(Reader json, long longest) throws DocumentException {
    try (JsonReader in = new JsonReader(new Gate(json, longest))) {
      in.beginObject();
      while (in.hasNext()) {
        if (in.nextName().equals("configs")) {
          in.beginArray();
          while (in.hasNext()) {
            configuration(in);
          }
          in.endArray();
        } else {
          in.skipValue();
        }
      }
      in.endObject();
      if (in.peek() != JsonToken.END_DOCUMENT) {
        throw new MalformedJsonException("text after the end");
      }
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      throw new DocumentException("no JSON of configurations: " + e.getMessage(), e);
    }
    return new Document(List.copyOf(configurations.values()), flaws);
  }

  private void configuration(JsonReader in) throws IOException {
    String pid = "";
    Map<String, Given> given = new LinkedHashMap<>();
    in.beginObject();
    while (in.hasNext()) {
      switch (in.nextName()) {
        case "pid" -> pid = in.nextString();
        case "properties" -> properties(in, given);
        default -> in.skipValue();
      }
    }
    in.endObject();
    if (pid.isBlank()) {
      flaws.add(new Flaw(0, "", "", "", "a configuration needs a pid; left out"));
      return;
    }
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Map.Entry<String, Given> one : given.entrySet()) {
      Object value = value(pid, one.getKey(), one.getValue());
      if (value != null) {
        properties.put(one.getKey(), value);
      }
    }
    if (configurations.put(pid, new ComponentConfigurationImpl(pid, null, properties)) != null) {
      flaws.add(new Flaw(0, pid, "", "", "the pid stands twice; the last one counts"));
    }
  }

  private static void properties(JsonReader in, Map<String, Given> given) throws IOException {
    in.beginObject();
    while (in.hasNext()) {
      String name = in.nextName();
      String type = null;
      boolean array = false;
      List<String> texts = new ArrayList<>();
      in.beginObject();
      while (in.hasNext()) {
        switch (in.nextName()) {
          case "type" -> type = in.nextString();
          case "value" -> array = values(in, texts);
          default -> in.skipValue();
        }
      }
      in.endObject();
      given.put(name, new Given(type, array, texts));
    }
    in.endObject();
  }

  /** True for an array. Nulls are left out. */
  private static boolean values(JsonReader in, List<String> texts) throws IOException {
    boolean array = in.peek() == JsonToken.BEGIN_ARRAY;
    if (array) {
      in.beginArray();
      while (in.hasNext()) {
        single(in, texts);
      }
      in.endArray();
    } else {
      single(in, texts);
    }
    return array;
  }

  private static void single(JsonReader in, List<String> texts) throws IOException {
    JsonToken next = in.peek();
    if (next == JsonToken.NULL) {
      in.nextNull();
    } else {
      texts.add(next == JsonToken.BOOLEAN ? Boolean.toString(in.nextBoolean()) : in.nextString());
    }
  }

  private Object value(String pid, String name, Given given) {
    Optional<ValueType> type = ValueType.named(given.type());
    if (type.isEmpty()) {
      String shown = given.type() == null ? "no type" : "type " + given.type();
      flaws.add(
          new Flaw(0, pid, name, shown, "the type is one of " + ValueType.NAMES + "; left out"));
      return null;
    }
    List<Object> values = new ArrayList<>();
    for (String text : given.texts()) {
      try {
        values.add(type.get().parse(text));
      } catch (IllegalArgumentException e) {
        flaws.add(
            new Flaw(
                0,
                pid,
                name,
                SnapshotXmlReader.quoted(type.get(), text),
                SnapshotXmlReader.wanted(type.get())));
        return given.array() ? given.texts().toArray(new String[0]) : text;
      }
    }
    if (values.isEmpty()) {
      return null;
    }
    return given.array() ? type.get().array(values) : values.get(0);
  }
}
