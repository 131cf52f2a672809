package org.penstock.driver.lorawan.payload;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.penstock.api.script.Sandbox;
import org.penstock.api.script.Script;
import org.penstock.api.script.ScriptException;

/**
 * JavaScript with {@code decodeUplink} and {@code encodeDownlink}, as The Things Stack 3 and ChirpStack
 * 4 have it, in the gateway's sandbox.
 */
final class ScriptCodec implements PayloadCodec {

  private static final int MOST_FIELDS = 1_000;

  private final Script script;

  ScriptCodec(Sandbox sandbox, String name, String source) throws PayloadException {
    try {
      script = sandbox.compile(name, source, Map.of());
    } catch (ScriptException e) {
      throw new PayloadException(e.getMessage());
    }
  }

  @Override
  public Map<String, Object> decode(int port, byte[] bytes) throws PayloadException {
    Map<String, Object> input = Map.of("bytes", bytes, "fPort", port, "variables", Map.of());
    Map<?, ?> result = call("decodeUplink", input);
    if (!(result.get("data") instanceof Map<?, ?> data)) {
      throw new PayloadException("decodeUplink gave no data");
    }
    Map<String, Object> values = new LinkedHashMap<>();
    flatten("", data, values);
    return values;
  }

  private Map<?, ?> call(String function, Map<String, ?> input) throws PayloadException {
    try {
      if (!(script.call(function, List.of(input)) instanceof Map<?, ?> result)) {
        throw new PayloadException(function + " gave no object");
      }
      if (result.get("errors") instanceof List<?> errors && !errors.isEmpty()) {
        throw new PayloadException(function + ": " + errors.get(0));
      }
      return result;
    } catch (ScriptException e) {
      throw new PayloadException(e.getMessage());
    }
  }

  private static void flatten(String prefix, Object value, Map<String, Object> into)
      throws PayloadException {
    if (into.size() >= MOST_FIELDS) {
      throw new PayloadException("decodeUplink gave more than " + MOST_FIELDS + " values");
    }
    String inner = prefix.isEmpty() ? "" : prefix + '.';
    if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        flatten(inner + entry.getKey(), entry.getValue(), into);
      }
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        flatten(inner + i, list.get(i), into);
      }
    } else if (value instanceof Boolean || value instanceof Number || value instanceof String) {
      into.put(prefix, value);
    }
  }

  @Override
  public Content encode(String field, Object value) throws PayloadException {
    Map<?, ?> result = call("encodeDownlink", Map.of("data", Map.of(field, value)));
    if (!(result.get("bytes") instanceof List<?> list) || list.size() > 242) {
      throw new PayloadException("encodeDownlink gave no bytes, or more than 242");
    }
    byte[] bytes = new byte[list.size()];
    for (int i = 0; i < bytes.length; i++) {
      if (!(list.get(i) instanceof Number number)
          || number.doubleValue() < -128
          || number.doubleValue() > 255) {
        throw new PayloadException("encodeDownlink gave " + list.get(i) + " where a byte must be");
      }
      bytes[i] = number.byteValue();
    }
    int port = result.get("fPort") instanceof Number number ? number.intValue() : 0;
    return new Content(port, bytes);
  }
}
