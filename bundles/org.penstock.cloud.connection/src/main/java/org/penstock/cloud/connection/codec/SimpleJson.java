package org.penstock.cloud.connection.codec;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraPosition;

/** KuraPayload as Kura's simple JSON. Any thread may call. */
public final class SimpleJson {

  private SimpleJson() {}

  /**
   * Encodes as UTF-8. Null metrics and numbers that are not finite are left out; bytes are Base64.
   *
   * @throws KuraException ENCODE_ERROR: a metric's class can't be sent
   */
  public static byte[] encode(KuraPayload payload) throws KuraException {
    StringWriter text = new StringWriter(256);
    try (JsonWriter out = new JsonWriter(text)) {
      out.setHtmlSafe(false);
      out.setSerializeNulls(false);
      out.beginObject();
      if (payload.getTimestamp() != null) {
        out.name("sentOn").value(payload.getTimestamp().getTime());
      }
      if (payload.getPosition() != null) {
        position(out.name("position"), payload.getPosition());
      }
      if (!payload.metrics().isEmpty()) {
        out.name("metrics").beginObject();
        for (Map.Entry<String, Object> metric : payload.metrics().entrySet()) {
          metric(out, metric.getKey(), metric.getValue());
        }
        out.endObject();
      }
      if (payload.getBody() != null) {
        out.name("body").value(Base64.getEncoder().encodeToString(payload.getBody()));
      }
      out.endObject();
    } catch (IOException e) {
      throw new KuraException(KuraErrorCode.ENCODE_ERROR, e, e.getMessage());
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void position(JsonWriter out, KuraPosition position) throws IOException {
    out.beginObject();
    finite(out, "latitude", position.getLatitude());
    finite(out, "longitude", position.getLongitude());
    finite(out, "altitude", position.getAltitude());
    finite(out, "heading", position.getHeading());
    finite(out, "precision", position.getPrecision());
    out.name("satellites").value(position.getSatellites());
    finite(out, "speed", position.getSpeed());
    Date time = position.getTimestamp();
    out.name("timestamp").value(time == null ? null : (Long) time.getTime());
    out.name("status").value(position.getStatus());
    out.endObject();
  }

  private static void finite(JsonWriter out, String name, Number value) throws IOException {
    if (value != null && Double.isFinite(value.doubleValue())) {
      out.name(name).value(value);
    }
  }

  private static void metric(JsonWriter out, String name, Object value)
      throws IOException, KuraException {
    if (value instanceof Double || value instanceof Float) {
      finite(out, name, (Number) value);
    } else if (value instanceof Long || value instanceof Integer) {
      out.name(name).value((Number) value);
    } else if (value instanceof Boolean v) {
      out.name(name).value(v);
    } else if (value instanceof String v) {
      out.name(name).value(v);
    } else if (value instanceof byte[] v) {
      out.name(name).value(Base64.getEncoder().encodeToString(v));
    } else if (value != null) {
      throw new KuraException(
          KuraErrorCode.ENCODE_ERROR, "metric " + name + " is a " + value.getClass().getName());
    }
  }

  static KuraPayload decode(byte[] bytes) throws MalformedPayload {
    KuraPayload payload = new KuraPayload();
    try (JsonReader in =
        new JsonReader(new StringReader(new String(bytes, StandardCharsets.UTF_8)))) {
      in.beginObject();
      while (in.hasNext()) {
        String name = in.nextName();
        switch (name) {
          case "sentOn" -> payload.setTimestamp(new Date(in.nextLong()));
          case "position" -> payload.setPosition(position(in));
          case "metrics" -> metrics(in, payload);
          case "body" -> payload.setBody(Base64.getDecoder().decode(in.nextString()));
          default -> throw new MalformedPayload("unknown key " + name);
        }
      }
      in.endObject();
      if (in.peek() != JsonToken.END_DOCUMENT) {
        throw new MalformedPayload("text after the object");
      }
      return payload;
    } catch (IOException | IllegalStateException | IllegalArgumentException e) {
      throw new MalformedPayload(e.getMessage());
    }
  }

  private static KuraPosition position(JsonReader in) throws IOException, MalformedPayload {
    KuraPosition position = new KuraPosition();
    in.beginObject();
    while (in.hasNext()) {
      String name = in.nextName();
      switch (name) {
        case "latitude" -> position.setLatitude(in.nextDouble());
        case "longitude" -> position.setLongitude(in.nextDouble());
        case "altitude" -> position.setAltitude(in.nextDouble());
        case "heading" -> position.setHeading(in.nextDouble());
        case "precision" -> position.setPrecision(in.nextDouble());
        case "satellites" -> position.setSatellites(in.nextInt());
        case "speed" -> position.setSpeed(in.nextDouble());
        case "timestamp" -> position.setTimestamp(new Date(in.nextLong()));
        case "status" -> position.setStatus(in.nextInt());
        default -> throw new MalformedPayload("unknown key " + name);
      }
    }
    in.endObject();
    return position;
  }

  private static void metrics(JsonReader in, KuraPayload payload)
      throws IOException, MalformedPayload {
    in.beginObject();
    while (in.hasNext()) {
      String name = in.nextName();
      switch (in.peek()) {
        case NUMBER -> payload.addMetric(name, number(in.nextString()));
        case STRING -> payload.addMetric(name, in.nextString());
        case BOOLEAN -> payload.addMetric(name, in.nextBoolean());
        case NULL -> in.nextNull();
        default -> throw new MalformedPayload("metric " + name + " is no simple value");
      }
    }
    in.endObject();
  }

  private static Object number(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      return Double.valueOf(text);
    }
  }
}
