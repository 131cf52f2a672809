package org.penstock.acceptance.product;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.penstock.test.payload.KuraPayloadProto.KuraPayload;
import org.penstock.test.payload.KuraPayloadProto.KuraPayload.KuraMetric;

/** Decodes payloads with the classes that the protobuf compiler made of the field table. */
public final class Payloads {

  private Payloads() {}

  /** The message of these bytes. */
  public static KuraPayload parse(byte[] payload) {
    try {
      return KuraPayload.parseFrom(payload);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("no Kura payload: " + e.getMessage(), e);
    }
  }

  /** Values by name, in Java's types. */
  public static Map<String, Object> metrics(byte[] payload) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (KuraMetric metric : parse(payload).getMetricList()) {
      values.put(
          metric.getName(),
          switch (metric.getType()) {
            case DOUBLE -> metric.getDoubleValue();
            case FLOAT -> metric.getFloatValue();
            case INT64 -> metric.getLongValue();
            case INT32 -> metric.getIntValue();
            case BOOL -> metric.getBoolValue();
            case STRING -> metric.getStringValue();
            case BYTES -> metric.getBytesValue();
          });
    }
    return values;
  }
}
