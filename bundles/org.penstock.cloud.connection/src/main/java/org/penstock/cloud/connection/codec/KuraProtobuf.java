package org.penstock.cloud.connection.codec;

import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Map;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraPosition;

/** KuraPayload as a protobuf (proto2) message. Any thread may call. */
public final class KuraProtobuf {

  private static final int FIRST_CAPACITY = 512;
  private static final int METRIC_CAPACITY = 24; // a number of a short name

  private KuraProtobuf() {}

  /**
   * Encodes. Metrics that are null are left out, and so is a position without latitude or longitude.
   *
   * @throws KuraException ENCODE_ERROR: a metric's class can't be sent
   */
  public static byte[] encode(KuraPayload payload) throws KuraException {
    byte[] body = payload.getBody();
    int expected = FIRST_CAPACITY + METRIC_CAPACITY * payload.metrics().size();
    WireWriter out = new WireWriter(expected + (body == null ? 0 : body.length));
    if (payload.getTimestamp() != null) {
      out.integer(Fields.TIMESTAMP, payload.getTimestamp().getTime());
    }
    KuraPosition position = payload.getPosition();
    if (position != null && position.getLatitude() != null && position.getLongitude() != null) {
      out.bytes(Fields.POSITION, position(position));
    }
    for (Map.Entry<String, Object> metric : payload.metrics().entrySet()) {
      if (metric.getValue() != null) {
        metric(out, metric.getKey(), metric.getValue());
      }
    }
    if (body != null) {
      out.bytes(Fields.BODY, body);
    }
    return out.result();
  }

  private static byte[] position(KuraPosition position) {
    WireWriter out = new WireWriter(96);
    number(out, Fields.LATITUDE, position.getLatitude());
    number(out, Fields.LONGITUDE, position.getLongitude());
    number(out, Fields.ALTITUDE, position.getAltitude());
    number(out, Fields.PRECISION, position.getPrecision());
    number(out, Fields.HEADING, position.getHeading());
    number(out, Fields.SPEED, position.getSpeed());
    Date time = position.getTimestamp();
    integer(out, Fields.POSITION_TIMESTAMP, time == null ? null : time.getTime());
    integer(out, Fields.SATELLITES, position.getSatellites());
    integer(out, Fields.STATUS, position.getStatus());
    return out.result();
  }

  private static void number(WireWriter out, int field, Double value) {
    if (value != null) {
      out.number(field, value);
    }
  }

  private static void integer(WireWriter out, int field, Number value) {
    if (value != null) {
      out.integer(field, value.longValue());
    }
  }

  private static void metric(WireWriter out, String name, Object value) throws KuraException {
    byte[] key = name.getBytes(StandardCharsets.UTF_8);
    if (value instanceof Double v) {
      head(out, key, Fields.DOUBLE, Long.BYTES);
      out.number(Fields.METRIC_VALUE + Fields.DOUBLE, v);
    } else if (value instanceof Float v) {
      head(out, key, Fields.FLOAT, Integer.BYTES);
      out.number(Fields.METRIC_VALUE + Fields.FLOAT, v);
    } else if (value instanceof Long v) {
      head(out, key, Fields.INT64, WireWriter.varintSize(v));
      out.integer(Fields.METRIC_VALUE + Fields.INT64, v);
    } else if (value instanceof Integer v) {
      head(out, key, Fields.INT32, WireWriter.varintSize(v));
      out.integer(Fields.METRIC_VALUE + Fields.INT32, v);
    } else if (value instanceof Boolean v) {
      head(out, key, Fields.BOOL, 1);
      out.integer(Fields.METRIC_VALUE + Fields.BOOL, v ? 1 : 0);
    } else if (value instanceof String v) {
      block(out, key, Fields.STRING, v.getBytes(StandardCharsets.UTF_8));
    } else if (value instanceof byte[] v) {
      block(out, key, Fields.BYTES, v);
    } else {
      throw new KuraException(
          KuraErrorCode.ENCODE_ERROR,
          "metric "
              + name
              + " is a "
              + value.getClass().getName()
              + "; can be sent: Double, Float, Long, Integer, Boolean, String, byte[]");
    }
  }

  private static void block(WireWriter out, byte[] key, int type, byte[] value) {
    head(out, key, type, WireWriter.varintSize(value.length) + value.length);
    out.bytes(Fields.METRIC_VALUE + type, value);
  }

  /** Everything of a metric before its value, whose size without tag is given. */
  private static void head(WireWriter out, byte[] key, int type, int valueSize) {
    out.tag(Fields.METRIC, Fields.LENGTH);
    out.varint(1 + WireWriter.varintSize(key.length) + key.length + 2 + 1 + valueSize);
    out.bytes(Fields.METRIC_NAME, key);
    out.integer(Fields.METRIC_TYPE, type);
  }

  static KuraPayload decode(byte[] bytes) throws MalformedPayload {
    KuraPayload payload = new KuraPayload();
    WireReader in = new WireReader(bytes);
    boolean known = false;
    while (in.next()) {
      switch (in.field()) {
        case Fields.TIMESTAMP -> payload.setTimestamp(new Date(in.integer()));
        case Fields.POSITION -> payload.setPosition(position(in.message()));
        case Fields.METRIC -> metric(in.message(), payload);
        case Fields.BODY -> payload.setBody(in.bytes());
        default -> {
          in.skip();
          continue;
        }
      }
      known = true;
    }
    if (!known) {
      throw new MalformedPayload("no field of a KuraPayload");
    }
    return payload;
  }

  private static KuraPosition position(WireReader in) throws MalformedPayload {
    KuraPosition position = new KuraPosition();
    while (in.next()) {
      switch (in.field()) {
        case Fields.LATITUDE -> position.setLatitude(in.float64());
        case Fields.LONGITUDE -> position.setLongitude(in.float64());
        case Fields.ALTITUDE -> position.setAltitude(in.float64());
        case Fields.PRECISION -> position.setPrecision(in.float64());
        case Fields.HEADING -> position.setHeading(in.float64());
        case Fields.SPEED -> position.setSpeed(in.float64());
        case Fields.POSITION_TIMESTAMP -> position.setTimestamp(new Date(in.integer()));
        case Fields.SATELLITES -> position.setSatellites((int) in.integer());
        case Fields.STATUS -> position.setStatus((int) in.integer());
        default -> in.skip();
      }
    }
    if (position.getLatitude() == null || position.getLongitude() == null) {
      throw new MalformedPayload("position without latitude or longitude");
    }
    return position;
  }

  private static void metric(WireReader in, KuraPayload payload) throws MalformedPayload {
    String name = null;
    long type = -1;
    Object[] values = {0d, 0f, 0L, 0, false, "", new byte[0]};
    while (in.next()) {
      switch (in.field()) {
        case Fields.METRIC_NAME -> name = in.text();
        case Fields.METRIC_TYPE -> type = in.integer();
        case Fields.METRIC_VALUE + Fields.DOUBLE -> values[Fields.DOUBLE] = in.float64();
        case Fields.METRIC_VALUE + Fields.FLOAT -> values[Fields.FLOAT] = in.float32();
        case Fields.METRIC_VALUE + Fields.INT64 -> values[Fields.INT64] = in.integer();
        case Fields.METRIC_VALUE + Fields.INT32 -> values[Fields.INT32] = (int) in.integer();
        case Fields.METRIC_VALUE + Fields.BOOL -> values[Fields.BOOL] = in.integer() != 0;
        case Fields.METRIC_VALUE + Fields.STRING -> values[Fields.STRING] = in.text();
        case Fields.METRIC_VALUE + Fields.BYTES -> values[Fields.BYTES] = in.bytes();
        default -> in.skip();
      }
    }
    if (name == null || type < 0 || type >= values.length) {
      throw new MalformedPayload("metric " + name + " of type " + type);
    }
    payload.addMetric(name, values[(int) type]);
  }
}
