package org.penstock.flow.wires.component;

import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraPosition;
import org.eclipse.kura.wire.WireRecord;

/**
 * Makes a message of a record. Unchangeable.
 *
 * @param detail how much of the position goes along
 * @param bodyKey key of the value that becomes the body; empty for none
 * @param removeBody that value is no metric
 */
record MessageMaker(PositionDetail detail, String bodyKey, boolean removeBody) {

  /**
   * Reads the properties; what is missing has its default.
   *
   * @throws IllegalArgumentException with the key, the value and what is allowed
   */
  static MessageMaker parse(Settings settings) {
    return new MessageMaker(
        settings.choice(CloudPublisherConfig.POSITION, PositionDetail.NONE),
        settings.text(CloudPublisherConfig.BODY, "").strip(),
        settings.flag(CloudPublisherConfig.REMOVE_BODY, false));
  }

  KuraMessage message(WireRecord record, Date now, Optional<KuraPosition> position) {
    Map<String, Object> values = new HashMap<>(2 * record.getProperties().size());
    record.getProperties().forEach((key, value) -> values.put(key, value.getValue()));
    KuraPayload payload = new KuraPayload();
    payload.setTimestamp(now);
    position.ifPresent(payload::setPosition);
    Optional<byte[]> body = body(values.get(bodyKey));
    body.ifPresent(payload::setBody);
    values.forEach(
        (key, value) -> {
          if (body.isEmpty() || !removeBody || !key.equals(bodyKey)) {
            payload.addMetric(key, value);
          }
        });
    return new KuraMessage(payload, values);
  }

  private static Optional<byte[]> body(Object value) {
    if (value instanceof String text) {
      return Optional.of(text.getBytes(StandardCharsets.UTF_8));
    }
    return value instanceof byte[] bytes ? Optional.of(bytes) : Optional.empty();
  }
}
