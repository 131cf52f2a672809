package org.penstock.cloud.connection.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A payload of Sparkplug B 3.0 (section 6.4): what a gateway sends and what it gets as commands.
 * Unchangeable.
 *
 * @param timestamp when it was made, milliseconds since 1970
 * @param seq 0 to 255, -1 for none
 * @param uuid empty for none
 */
public record SparkplugPayload(
    long timestamp, long seq, String uuid, List<SparkplugMetric> metrics) {

  private static final int PAYLOAD_TIMESTAMP = 1;
  private static final int PAYLOAD_METRIC = 2;
  private static final int PAYLOAD_SEQ = 3;
  private static final int PAYLOAD_UUID = 4;

  private static final int NAME = 1;
  private static final int ALIAS = 2;
  private static final int TIMESTAMP = 3;
  private static final int DATATYPE = 4;
  private static final int IS_HISTORICAL = 5;
  private static final int IS_NULL = 7;
  private static final int PROPERTIES = 9;
  private static final int INT_VALUE = 10;
  private static final int LONG_VALUE = 11;
  private static final int FLOAT_VALUE = 12;
  private static final int DOUBLE_VALUE = 13;
  private static final int BOOLEAN_VALUE = 14;
  private static final int STRING_VALUE = 15;
  private static final int BYTES_VALUE = 16;

  private static final int PROPERTY_KEYS = 1;
  private static final int PROPERTY_VALUES = 2;
  private static final int PROPERTY_TYPE = 1;
  private static final int PROPERTY_INT = 3;

  private static final int FIRST_CAPACITY = 256;

  private static final byte[] QUALITY_BAD = badQuality();

  /** The bytes. */
  public byte[] encode() {
    WireWriter out = new WireWriter(FIRST_CAPACITY);
    out.integer(PAYLOAD_TIMESTAMP, timestamp);
    for (SparkplugMetric metric : metrics) {
      out.bytes(PAYLOAD_METRIC, metric(metric));
    }
    if (seq >= 0) {
      out.integer(PAYLOAD_SEQ, seq);
    }
    if (!uuid.isEmpty()) {
      out.bytes(PAYLOAD_UUID, utf8(uuid));
    }
    return out.result();
  }

  private static byte[] metric(SparkplugMetric metric) {
    WireWriter out = new WireWriter(FIRST_CAPACITY / 2);
    if (!metric.name().isEmpty()) {
      out.bytes(NAME, utf8(metric.name()));
    }
    if (metric.alias() >= 0) {
      out.integer(ALIAS, metric.alias());
    }
    if (metric.timestamp() > 0) {
      out.integer(TIMESTAMP, metric.timestamp());
    }
    out.integer(DATATYPE, metric.type().code());
    if (metric.historical()) {
      out.integer(IS_HISTORICAL, 1);
    }
    if (metric.value() == null) {
      out.integer(IS_NULL, 1);
    }
    if (metric.bad()) {
      out.bytes(PROPERTIES, QUALITY_BAD);
    }
    value(out, metric.type(), metric.value());
    return out.result();
  }

  private static void value(WireWriter out, SparkplugType type, Object value) {
    if (value == null) {
      return;
    }
    switch (type) {
      case BOOLEAN -> out.integer(BOOLEAN_VALUE, (Boolean) value ? 1 : 0);
      case FLOAT -> out.number(FLOAT_VALUE, ((Number) value).floatValue());
      case DOUBLE -> out.number(DOUBLE_VALUE, ((Number) value).doubleValue());
      case STRING, TEXT -> out.bytes(STRING_VALUE, utf8(value.toString()));
      case BYTES -> out.bytes(BYTES_VALUE, (byte[]) value);
      case INT64, UINT64, DATE_TIME -> out.integer(LONG_VALUE, ((Number) value).longValue());
      default -> // 32 bits, so that -1 has five bytes and not ten
          out.integer(INT_VALUE, ((Number) value).intValue() & 0xffff_ffffL);
    }
  }

  /** The property Quality with the value 0, bad (section 6.4.20). */
  private static byte[] badQuality() {
    WireWriter value = new WireWriter(FIRST_CAPACITY / 8);
    value.integer(PROPERTY_TYPE, SparkplugType.INT32.code());
    value.integer(PROPERTY_INT, 0);
    WireWriter set = new WireWriter(FIRST_CAPACITY / 8);
    set.bytes(PROPERTY_KEYS, utf8("Quality"));
    set.bytes(PROPERTY_VALUES, value.result());
    return set.result();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads bytes. Metrics of types that no channel has are left out, unknown fields passed over; a
   * Quality is bad when there is one at all.
   *
   * @throws MalformedPayload it is no payload
   */
  public static SparkplugPayload decode(byte[] bytes) throws MalformedPayload {
    WireReader in = new WireReader(bytes);
    long timestamp = 0;
    long seq = -1;
    String uuid = "";
    List<SparkplugMetric> metrics = new ArrayList<>();
    while (in.next()) {
      switch (in.field()) {
        case PAYLOAD_TIMESTAMP -> timestamp = in.integer();
        case PAYLOAD_METRIC -> {
          SparkplugMetric metric = new MetricReader(in.message()).read();
          if (metric != null) {
            metrics.add(metric);
          }
        }
        case PAYLOAD_SEQ -> seq = in.integer();
        case PAYLOAD_UUID -> uuid = in.text();
        default -> in.skip();
      }
    }
    return new SparkplugPayload(timestamp, seq, uuid, List.copyOf(metrics));
  }

  /** Reads one metric. */
  private static final class MetricReader {

    private final WireReader in;
    private String name = "";
    private long alias = -1;
    private long timestamp;
    private int datatype;
    private boolean historical;
    private boolean bad;
    private Object value;

    MetricReader(WireReader in) {
      this.in = in;
    }

    /** Null when no channel can have it. */
    SparkplugMetric read() throws MalformedPayload {
      while (in.next()) {
        switch (in.field()) {
          case NAME -> name = in.text();
          case ALIAS -> alias = in.integer();
          case TIMESTAMP -> timestamp = in.integer();
          case DATATYPE -> datatype = (int) in.integer();
          case IS_HISTORICAL -> historical = in.integer() != 0;
          case PROPERTIES -> {
            in.skip();
            bad = true;
          }
          default -> value();
        }
      }
      SparkplugType type = SparkplugType.of(datatype).orElse(null);
      return datatype != 0 && type == null
          ? null
          : new SparkplugMetric(name, alias, timestamp, type, valueOf(type), historical, bad);
    }

    /** Without sign where the type has none; what no Long can hold is no value. */
    private Object valueOf(SparkplugType type) {
      if (type == SparkplugType.UINT32 && value instanceof Integer bits) {
        return Integer.toUnsignedLong(bits);
      }
      boolean beyond = type == SparkplugType.UINT64 && value instanceof Long bits && bits < 0;
      return beyond ? null : value;
    }

    private void value() throws MalformedPayload {
      switch (in.field()) {
        case INT_VALUE -> value = (int) in.integer();
        case LONG_VALUE -> value = in.integer();
        case FLOAT_VALUE -> value = in.float32();
        case DOUBLE_VALUE -> value = in.float64();
        case BOOLEAN_VALUE -> value = in.integer() != 0;
        case STRING_VALUE -> value = in.text();
        case BYTES_VALUE -> value = in.bytes();
        default -> in.skip();
      }
    }
  }
}
