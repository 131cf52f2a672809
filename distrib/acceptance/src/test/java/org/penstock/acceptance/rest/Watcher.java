package org.penstock.acceptance.rest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.Gateway;

/** Reads an event stream line by line, as a browser does. */
final class Watcher implements AutoCloseable {

  private final List<String> ids = new ArrayList<>();
  private final List<String> types = new ArrayList<>();
  private final List<String> data = new ArrayList<>();
  private final InputStream stream;

  /** As admin. */
  Watcher(Gateway gateway, String query, String lastId) {
    this(gateway, gateway.authorised("/api/v1/events?" + query), lastId);
  }

  /** With an API token. */
  Watcher(Gateway gateway, String bearer, String query, String lastId) {
    this(
        gateway,
        gateway.request("/api/v1/events?" + query).header("Authorization", bearer),
        lastId);
  }

  private Watcher(Gateway gateway, HttpRequest.Builder request, String lastId) {
    if (lastId != null) {
      request.header("Last-Event-ID", lastId);
    }
    HttpResponse<InputStream> answer = gateway.stream(request);
    if (answer.statusCode() != 200) {
      throw new AssertionError("the stream answers " + answer.statusCode());
    }
    stream = answer.body();
    Thread reader = new Thread(this::read, "watcher");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        take(line);
      }
    } catch (IOException e) {
      take("ended: " + e.getMessage());
    }
  }

  private synchronized void take(String line) {
    if (line.startsWith("id: ")) {
      ids.add(line.substring("id: ".length()));
    } else if (line.startsWith("event: ")) {
      types.add(line.substring("event: ".length()));
    } else if (line.startsWith("data: ")) {
      data.add(line.substring("data: ".length()));
    }
  }

  void awaitEvents(String type, int count, Duration limit) {
    Await.until(limit, () -> "events: " + data(), () -> count(type) >= count);
  }

  synchronized long count(String type) {
    return types.stream().filter(type::equals).count();
  }

  synchronized List<String> data() {
    return List.copyOf(data);
  }

  synchronized String lastId() {
    return ids.get(ids.size() - 1);
  }

  synchronized String firstId() {
    return ids.get(0);
  }

  static long number(String id) {
    return Long.parseLong(id.substring(id.indexOf('-') + 1));
  }

  @Override
  public void close() {
    try {
      stream.close(); // not the reader: its lock is held while a line is waited for
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
