package org.penstock.console.rest;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;

/** The last 1,000 log lines in memory, and new ones for watchers. */
@Component(service = LogWatch.class, immediate = true)
public final class LogWatch implements LogListener {

  /** Type of the events. */
  static final String TYPE = "logs";

  private static final int MOST = 1000;
  private static final int LONGEST = 4000;

  /** One line. */
  record Line(
      long number,
      String at,
      String level,
      String logger,
      String thread,
      String message,
      String exception) {}

  private final EventHub hub;
  private final LogReaderService reader;
  private final Deque<Line> lines = new ArrayDeque<>();
  private long number;

  /** Called by the component runtime. */
  @Activate
  public LogWatch(@Reference EventHub hub, @Reference LogReaderService reader) {
    this.hub = hub;
    this.reader = reader;
    reader.addLogListener(this);
  }

  /** Called by the component runtime. */
  @Deactivate
  public void stop() {
    reader.removeLogListener(this);
  }

  @Override
  public void logged(LogEntry entry) {
    Throwable error = entry.getException();
    Line line;
    synchronized (this) {
      line =
          new Line(
              ++number,
              Instant.ofEpochMilli(entry.getTime()).toString(),
              entry.getLogLevel().name(),
              entry.getLoggerName(),
              entry.getThreadInfo(),
              shortened(entry.getMessage()),
              error == null ? null : error.toString());
      lines.add(line);
      if (lines.size() > MOST) {
        lines.remove();
      }
    }
    if (hub.isWanted(TYPE)) {
      hub.tell(TYPE, List.of(Permissions.LOGS), "", "", line);
    }
  }

  private static String shortened(String text) {
    return text == null || text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }

  /** Oldest first. */
  synchronized List<Line> lines() {
    return new ArrayList<>(lines);
  }
}
