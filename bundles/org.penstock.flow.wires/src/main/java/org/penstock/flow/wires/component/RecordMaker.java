package org.penstock.flow.wires.component;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.eclipse.kura.wire.WireRecord;

/**
 * Makes a record of a message. Unchangeable.
 *
 * @param bodyKey key of the body's value; empty for none
 * @param type how the body is given
 */
record RecordMaker(String bodyKey, BodyType type) {

  /** How a body becomes a value. */
  enum BodyType {
    /** As it is. */
    BYTE_ARRAY,
    /** As UTF-8 text. */
    STRING
  }

  /**
   * Reads the properties; what is missing has its default.
   *
   * @throws IllegalArgumentException with the key, the value and what is allowed
   */
  static RecordMaker parse(Settings settings) {
    return new RecordMaker(
        settings.text(CloudSubscriberConfig.PROPERTY, "").strip(),
        settings.choice(CloudSubscriberConfig.TYPE, BodyType.BYTE_ARRAY));
  }

  /** Metrics of types that wires do not have are left out. */
  WireRecord record(KuraMessage message) {
    Map<String, TypedValue<?>> values = new HashMap<>();
    KuraPayload payload = message.getPayload();
    if (payload != null) {
      payload
          .metrics()
          .forEach(
              (key, value) -> {
                if (isWireType(value)) {
                  values.put(key, TypedValues.newTypedValue(value));
                }
              });
      byte[] body = payload.getBody();
      if (body != null && !bodyKey.isEmpty()) {
        values.put(
            bodyKey,
            type == BodyType.STRING
                ? TypedValues.newStringValue(new String(body, StandardCharsets.UTF_8))
                : TypedValues.newByteArrayValue(body));
      }
    }
    return new WireRecord(values);
  }

  private static boolean isWireType(Object value) {
    return value instanceof Boolean
        || value instanceof byte[]
        || value instanceof String
        || value instanceof Integer
        || value instanceof Long
        || value instanceof Float
        || value instanceof Double;
  }
}
