package org.penstock.acceptance.inside.flow;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;

/** What one class logs from now on, as level and text. */
final class LogLines implements AutoCloseable {

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final LogReaderService reader = Board.service(LogReaderService.class);
  private final LogListener listener;

  LogLines(String simpleName) {
    listener =
        entry -> {
          if (entry.getLoggerName().endsWith("." + simpleName)) {
            lines.add(entry.getLogLevel() + " " + entry.getMessage());
          }
        };
    reader.addLogListener(listener);
  }

  List<String> all() {
    return lines;
  }

  /** Waits for a line with all the words, and gives it. */
  String await(String... words) {
    Board.await(() -> List.of(words) + " not in " + lines, () -> first(words) != null);
    return first(words);
  }

  private String first(String... words) {
    return lines.stream()
        .filter(line -> List.of(words).stream().allMatch(line::contains))
        .findFirst()
        .orElse(null);
  }

  @Override
  public void close() {
    reader.removeLogListener(listener);
  }
}
