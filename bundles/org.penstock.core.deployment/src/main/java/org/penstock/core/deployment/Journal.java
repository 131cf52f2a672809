package org.penstock.core.deployment;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.penstock.api.deployment.Outcome;
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.storage.LogOptions;
import org.penstock.api.storage.SegmentedLog;

/** Who changed what, when, from where, with which result: the last thousand lines, durable. */
final class Journal implements AutoCloseable {

  private record Line(long position, Outcome outcome) {}

  private static final int KEPT = 1000;
  private static final int SEGMENT = 64 << 10;

  private final SegmentedLog log;
  private final Gson gson = new Gson();
  private final Deque<Line> lines = new ArrayDeque<>();

  Journal(DurableStorage storage, Path folder) throws IOException {
    log = storage.openLog(folder, new LogOptions(SEGMENT, Duration.ZERO));
    log.replay(
        (position, content) -> {
          try {
            String text = new String(content, StandardCharsets.UTF_8);
            keep(new Line(position, gson.fromJson(text, Outcome.class)));
          } catch (JsonParseException e) {
            throw new IOException("the journal's line at " + position + " is no JSON", e);
          }
        });
  }

  /** Durable when this returns. */
  void add(Outcome outcome) throws IOException {
    byte[] text = gson.toJson(outcome).getBytes(StandardCharsets.UTF_8);
    SegmentedLog.Appended appended = log.append(text);
    appended.durable().toCompletableFuture().join();
    synchronized (lines) {
      keep(new Line(appended.position(), outcome));
      log.truncateBefore(lines.peekFirst().position());
    }
  }

  private void keep(Line line) {
    synchronized (lines) {
      lines.addLast(line);
      if (lines.size() > KEPT) {
        lines.removeFirst();
      }
    }
  }

  /** Newest first. */
  List<Outcome> last(int limit) {
    List<Outcome> last = new ArrayList<>();
    synchronized (lines) {
      for (var all = lines.descendingIterator(); all.hasNext() && last.size() < limit; ) {
        last.add(all.next().outcome());
      }
    }
    return last;
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
