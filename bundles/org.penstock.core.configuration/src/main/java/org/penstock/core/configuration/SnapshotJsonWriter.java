package org.penstock.core.configuration;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.configuration.metatype.Icon;
import org.eclipse.kura.configuration.metatype.OCD;
import org.eclipse.kura.configuration.metatype.Option;

/** Writes configurations in Kura's JSON form: {@code {"configs":[{"pid","definition","properties"}]}}. */
final class SnapshotJsonWriter {

  private final JsonWriter out;

  private SnapshotJsonWriter(JsonWriter out) {
    this.out = out;
  }

  /** All configurations, each with its definition where it has one; passwords as they are. */
  static String configurations(Iterable<? extends ComponentConfiguration> configurations) {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.setSerializeNulls(false);
      new SnapshotJsonWriter(json).all(configurations);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter has no I/O
    }
    return text.toString();
  }

  private void all(Iterable<? extends ComponentConfiguration> configurations) throws IOException {
    out.beginObject().name("configs").beginArray();
    for (ComponentConfiguration one : configurations) {
      out.beginObject().name("pid").value(one.getPid());
      if (one.getDefinition() != null) {
        out.name("definition");
        definition(one.getDefinition());
      }
      Map<String, Object> properties = one.getConfigurationProperties();
      if (properties != null) {
        out.name("properties").beginObject();
        for (Map.Entry<String, Object> entry : new TreeMap<>(properties).entrySet()) {
          property(entry.getKey(), entry.getValue());
        }
        out.endObject();
      }
      out.endObject();
    }
    out.endArray().endObject();
  }

  private void property(String name, Object given) throws IOException {
    Object value = given == null ? null : ValueType.normal(given);
    Optional<ValueType> type = value == null ? Optional.empty() : ValueType.of(value);
    if (type.isEmpty()) {
      return;
    }
    out.name(name).beginObject().name("type").value(type.get().name()).name("value");
    if (value instanceof Object[] elements) {
      out.beginArray();
      for (Object element : elements) {
        single(element);
      }
      out.endArray();
    } else {
      single(value);
    }
    out.endObject();
  }

  private void single(Object value) throws IOException {
    if (value == null) {
      out.nullValue();
    } else if (value instanceof Boolean truth) {
      out.value(truth);
    } else if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      out.value(number);
    } else if (value instanceof Password password) {
      char[] text = password.getPassword();
      out.value(text == null ? "" : new String(text));
    } else {
      out.value(value.toString());
    }
  }

  private void definition(OCD ocd) throws IOException {
    out.beginObject();
    text("id", ocd.getId());
    text("name", ocd.getName());
    text("description", ocd.getDescription());
    out.name("ad").beginArray();
    for (AD ad : ocd.getAD()) {
      attribute(ad);
    }
    out.endArray();
    if (!ocd.getIcon().isEmpty()) {
      out.name("icon").beginArray();
      for (Icon icon : ocd.getIcon()) {
        out.beginObject();
        text("resource", icon.getResource());
        out.name("size").value(icon.getSize()).endObject();
      }
      out.endArray();
    }
    out.endObject();
  }

  private void attribute(AD ad) throws IOException {
    out.beginObject();
    text("id", ad.getId());
    text("type", ad.getType().name());
    text("name", ad.getName());
    text("description", ad.getDescription());
    out.name("cardinality").value(ad.getCardinality());
    text("min", ad.getMin());
    text("max", ad.getMax());
    out.name("isRequired").value(ad.isRequired());
    text("defaultValue", ad.getDefault());
    if (!ad.getOption().isEmpty()) {
      out.name("option").beginArray();
      for (Option option : ad.getOption()) {
        out.beginObject();
        text("label", option.getLabel());
        text("value", option.getValue());
        out.endObject();
      }
      out.endArray();
    }
    out.endObject();
  }

  private void text(String name, String value) throws IOException {
    out.name(name).value(value);
  }
}
