package org.penstock.acceptance.rest;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Requests that are nearly right, or not at all: paths, queries, headers and JSON bodies. */
final class FuzzRequests {

  /** What stops, restarts or empties the gateway on purpose; and what never ends. */
  private static final List<String> LEFT_OUT =
      List.of(
          "/events",
          "_rollback",
          "bundles/_st",
          "v1/restart",
          "/logout",
          "/login/",
          "systemPackages",
          "/inventory/v1/inventory");

  private static final String[] WORDS = {
    "name",
    "pid",
    "pids",
    "configs",
    "properties",
    "type",
    "value",
    "channels",
    "id",
    "asset",
    "channel",
    "edits",
    "op",
    "writes",
    "identity",
    "and",
    "or",
    "not",
    "names",
    "kind",
    "arguments",
    "alias",
    "permissions",
    "days",
    "factoryPid",
    "interfaceNames",
    "takeSnapshot",
    "command",
    "keystoreServicePid",
    "certificate",
    "values",
    "hand",
    "url",
    "username"
  };

  private static final String[] SCALARS = {
    "null",
    "true",
    "0",
    "-1",
    "1e999",
    "1.5",
    "9223372036854775808",
    "\"\"",
    "\"pump1\"",
    "\"count\"",
    "\"\\u0000\"",
    "\"STRING\"",
    "\"../../x\"",
    "\"\ud83d\ude00\"",
    "\"\\ud800\"",
    "[]",
    "{}",
    "[null]"
  };

  private static final String[] QUERIES = {
    "limit", "offset", "sort", "q", "asset", "check", "level", "after", "format", "x"
  };

  private static final String[] HEADERS = {
    "Accept",
    "If-Match",
    "Content-Encoding",
    "Transfer-Encoding",
    "Range",
    "Cookie",
    "Expect",
    "Last-Event-ID",
    "X-XSRF-Token",
    "penstock-session",
    "Content-Type",
    "X-HTTP-Method-Override",
    "Accept-Language",
    "Origin",
    "Upgrade",
    "Host",
    "TE",
    "Forwarded"
  };

  private record Operation(String method, String path, String type) {

    /** Takes nothing in which a fault could be. */
    boolean isPlain() {
      return type == null && !path.contains("{") && !path.endsWith("/channels");
    }
  }

  private final List<Operation> operations = new ArrayList<>();
  private final Random random;
  private final String login;

  /**
   * Requests to the operations of a document.
   *
   * @param login the value of the header Authorization
   */
  FuzzRequests(JsonObject document, Random random, String login) {
    this.random = random;
    this.login = login;
    for (Map.Entry<String, JsonElement> path : document.getAsJsonObject("paths").entrySet()) {
      if (LEFT_OUT.stream().noneMatch(path.getKey()::contains)) {
        for (Map.Entry<String, JsonElement> one : path.getValue().getAsJsonObject().entrySet()) {
          JsonObject body = one.getValue().getAsJsonObject().getAsJsonObject("requestBody");
          String type =
              body == null ? null : body.getAsJsonObject("content").keySet().iterator().next();
          operations.add(new Operation(one.getKey().toUpperCase(Locale.ROOT), path.getKey(), type));
        }
      }
    }
  }

  private String json(int depth) {
    int kind = depth > 3 ? 0 : random.nextInt(4);
    StringBuilder text = new StringBuilder();
    if (kind == 1) {
      text.append('[');
      for (int i = random.nextInt(4); i >= 0; i--) {
        text.append(json(depth + 1)).append(i == 0 ? "" : ",");
      }
      return text.append(']').toString();
    }
    if (kind >= 2) {
      text.append('{');
      for (int i = random.nextInt(4); i >= 0; i--) {
        text.append('"').append(WORDS[random.nextInt(WORDS.length)]).append("\":");
        text.append(json(depth + 1)).append(i == 0 ? "" : ",");
      }
      return text.append('}').toString();
    }
    return SCALARS[random.nextInt(SCALARS.length)];
  }

  private byte[] body() {
    if (random.nextInt(500) == 0) {
      return "[".repeat(20_000).getBytes(StandardCharsets.UTF_8); // deeper than a stack
    }
    byte[] text = json(0).getBytes(StandardCharsets.UTF_8);
    if (random.nextInt(5) == 0) {
      text[random.nextInt(text.length)] = (byte) random.nextInt(256);
    }
    return text;
  }

  private String word() {
    return switch (random.nextInt(40)) {
      case 0, 1, 2, 3, 4, 5, 6, 7 -> "pump1";
      case 8, 9, 10, 11, 12, 13, 14 -> "count";
      case 15, 16 -> "%C3%A4%20%2B";
      case 17, 18 -> "x".repeat(random.nextInt(300) + 1);
      case 19 -> "%23%3F";
      case 20 -> "..%2F..%2Fetc";
      case 21 -> "%" + (char) (32 + random.nextInt(95)) + (char) (32 + random.nextInt(95));
      case 22 -> ";a=b" + (char) (33 + random.nextInt(94));
      default -> Integer.toString(random.nextInt());
    };
  }

  private String url(Operation operation) {
    StringBuilder url = new StringBuilder();
    for (String part : operation.path().split("(?=\\{)|(?<=})")) {
      url.append(part.startsWith("{") ? word() : part);
    }
    if (random.nextInt(40) == 0) {
      url.setCharAt(1 + random.nextInt(url.length() - 1), (char) (33 + random.nextInt(94)));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      url.append(url.indexOf("?") < 0 ? '?' : '&');
      url.append(QUERIES[random.nextInt(QUERIES.length)]).append('=').append(word());
    }
    return url.toString();
  }

  private String value() {
    return switch (random.nextInt(40)) {
      case 0 -> {
        StringBuilder odd = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
          int c = random.nextInt(256);
          odd.append((char) (c == '\r' || c == '\n' ? 'r' : c));
        }
        yield odd.toString();
      }
      case 1, 2 -> "text/html";
      case 3, 4 -> "*/*;q=0." + random.nextInt(9);
      case 5 -> "";
      case 6 -> "x".repeat(random.nextInt(2000));
      case 7, 8, 9 -> "a=b; JSESSIONID=" + random.nextLong() + "; =;;";
      default -> "\"" + random.nextInt() + "\"";
    };
  }

  /** The next request, whole. */
  byte[] next() {
    Operation operation = operations.get(random.nextInt(operations.size()));
    while (operation.isPlain() && random.nextInt(20) > 0) {
      operation = operations.get(random.nextInt(operations.size()));
    }
    boolean bare = random.nextInt(30) == 0; // as a command line sends it that forgot the body
    byte[] body = operation.type() == null || bare ? new byte[0] : body();
    StringBuilder head = new StringBuilder();
    head.append(operation.method()).append(' ').append(url(operation)).append(" HTTP/1.1\r\n");
    head.append("Host: localhost\r\nAuthorization: ").append(login).append("\r\n");
    if (operation.type() != null && !bare) {
      String type = operation.type().equals("*/*") ? "application/json" : operation.type();
      boolean other = random.nextInt(20) == 0;
      head.append("Content-Type: ").append(other ? value() : type).append("\r\n");
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      String name = HEADERS[random.nextInt(HEADERS.length)];
      String value = value();
      if (!name.equals("Transfer-Encoding") || !value.contains("chunked")) {
        head.append(name).append(": ").append(value).append("\r\n");
      }
    }
    head.append("\r\n");
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    whole.writeBytes(body);
    return whole.toByteArray();
  }
}
