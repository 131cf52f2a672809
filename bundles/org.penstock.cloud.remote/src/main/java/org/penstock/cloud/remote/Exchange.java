package org.penstock.cloud.remote;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.request.RequestHandlerMessageConstants;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraResponsePayload;

/** Reads requests and makes answers. */
final class Exchange {

  private Exchange() {}

  /** The levels of the topic behind the method. */
  static List<String> args(KuraMessage request) {
    Object args = request.getProperties().get(RequestHandlerMessageConstants.ARGS_KEY.value());
    return args instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
  }

  static String text(KuraMessage request, String metric) throws KuraException {
    Object value = request.getPayload().getMetric(metric);
    if (value == null || value.toString().isBlank()) {
      throw bad("the metric " + metric + " is missing");
    }
    return value.toString();
  }

  static Optional<String> optional(KuraMessage request, String metric) {
    return Optional.ofNullable(request.getPayload().getMetric(metric)).map(Object::toString);
  }

  static long number(KuraMessage request, String metric) throws KuraException {
    Object value = request.getPayload().getMetric(metric);
    if (value instanceof Number n) {
      return n.longValue();
    }
    throw bad("the metric " + metric + " is missing, or no number");
  }

  static long number(KuraMessage request, String metric, long otherwise) {
    return request.getPayload().getMetric(metric) instanceof Number n ? n.longValue() : otherwise;
  }

  static boolean flag(KuraMessage request, String metric, boolean otherwise) {
    Object value = request.getPayload().getMetric(metric);
    return value == null ? otherwise : Boolean.parseBoolean(value.toString());
  }

  static String body(KuraMessage request) {
    byte[] body = request.getPayload().getBody();
    return body == null ? "" : new String(body, StandardCharsets.UTF_8);
  }

  static KuraException bad(String message) {
    return new KuraException(KuraErrorCode.BAD_REQUEST, message);
  }

  static KuraException notFound(String message) {
    return new KuraException(KuraErrorCode.NOT_FOUND, message);
  }

  static KuraMessage ok() {
    return new KuraMessage(new KuraResponsePayload(KuraResponsePayload.RESPONSE_CODE_OK));
  }

  static KuraMessage ok(String body) {
    return answer(KuraResponsePayload.RESPONSE_CODE_OK, body.getBytes(StandardCharsets.UTF_8));
  }

  static KuraMessage answer(int code, byte[] body) {
    KuraPayload payload = new KuraResponsePayload(code);
    if (body.length > 0) {
      payload.setBody(body);
    }
    return new KuraMessage(payload);
  }
}
