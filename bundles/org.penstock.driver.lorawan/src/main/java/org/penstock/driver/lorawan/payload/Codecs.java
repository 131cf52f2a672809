package org.penstock.driver.lorawan.payload;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.penstock.api.script.Sandbox;

/**
 * The codecs of a driver by name: {@code raw}, {@code lpp}, and those of the user's text, each tried with
 * its pairs of bytes and values before it is used.
 */
public final class Codecs {

  private static final Pattern HEAD =
      Pattern.compile("==\\s*(\\S+)\\s+(fields|javascript|tests)\\s*");
  private static final Pattern PAIR = Pattern.compile("(\\d{1,3})\\s+([0-9a-fA-F]*)\\s+(\\{.*})");
  private static final double CLOSE = 1e-9;

  private final Map<String, PayloadCodec> byName = new HashMap<>();
  private final Map<String, String> problems = new HashMap<>();

  /**
   * Reads the user's text; what is wrong concerns its codec only.
   *
   * @param text sections that begin with {@code == <name> fields|javascript|tests}
   * @param sandbox null when there is none
   */
  public Codecs(String text, Sandbox sandbox) {
    byName.put("raw", (port, bytes) -> Map.of());
    byName.put("lpp", new CayenneLpp());
    String name = "";
    String kind = "";
    List<String> lines = new ArrayList<>();
    for (String line : text.lines().toList()) {
      Matcher head = HEAD.matcher(line);
      if (head.matches()) {
        section(name, kind, lines, sandbox);
        name = head.group(1);
        kind = head.group(2);
        lines.clear();
      } else {
        lines.add(line);
      }
    }
    section(name, kind, lines, sandbox);
  }

  private void section(String name, String kind, List<String> lines, Sandbox sandbox) {
    List<String> filled = lines.stream().filter(line -> !line.isBlank()).toList();
    try {
      switch (kind) {
        case "fields" -> byName.put(name, new FieldTable(filled));
        case "javascript" -> byName.put(name, script(name, String.join("\n", lines), sandbox));
        case "tests" -> test(name, filled);
        default -> {
          if (!filled.isEmpty()) {
            problems.put("", "text before the first line '== <name> fields|javascript|tests'");
          }
        }
      }
    } catch (PayloadException wrong) {
      byName.remove(name);
      problems.put(name, wrong.getMessage());
    }
  }

  private static PayloadCodec script(String name, String source, Sandbox sandbox)
      throws PayloadException {
    if (sandbox == null) {
      throw new PayloadException("there is no sandbox for scripts here");
    }
    return new ScriptCodec(sandbox, name, source);
  }

  private void test(String name, List<String> lines) throws PayloadException {
    for (String line : lines) {
      Matcher pair = PAIR.matcher(line.strip());
      if (!pair.matches()) {
        throw new PayloadException("'" + line + "' is no test: <port> <hex> {<values as JSON>}");
      }
      try {
        byte[] bytes = HexFormat.of().parseHex(pair.group(2));
        Map<String, Object> values = of(name).decode(Integer.parseInt(pair.group(1)), bytes);
        JsonObject expected = JsonParser.parseString(pair.group(3)).getAsJsonObject();
        for (Map.Entry<String, JsonElement> each : expected.entrySet()) {
          if (!isSame(values.get(each.getKey()), each.getValue())) {
            throw new PayloadException(
                "the test '"
                    + line
                    + "' gave "
                    + each.getKey()
                    + " = "
                    + values.get(each.getKey()));
          }
        }
      } catch (IllegalArgumentException | JsonParseException | IllegalStateException malformed) {
        throw new PayloadException("'" + line + "' is no test: " + malformed.getMessage());
      }
    }
  }

  private static boolean isSame(Object value, JsonElement expected) {
    if (value instanceof Number number) {
      return Math.abs(number.doubleValue() - expected.getAsDouble()) < CLOSE;
    }
    return value != null && value.toString().equals(expected.getAsString());
  }

  /**
   * A codec.
   *
   * @throws PayloadException when there is none of that name, or it is wrong; says why
   */
  public PayloadCodec of(String name) throws PayloadException {
    PayloadCodec codec = byName.get(name);
    if (codec == null) {
      throw new PayloadException(
          problems.containsKey(name)
              ? "codec " + name + ": " + problems.get(name)
              : "there is no codec " + name);
    }
    return codec;
  }

  /** All that can be used. */
  public Set<String> names() {
    return Set.copyOf(byName.keySet());
  }

  /** What is wrong, by codec. */
  public Map<String, String> problems() {
    return Map.copyOf(problems);
  }
}
