package org.penstock.flow.rules.alarm;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.storage.LogOptions;
import org.penstock.api.storage.SegmentedLog;

/**
 * The durable journal of alarms: what happened, in order. When it has grown, the alarms as they are
 * are written down and the older half goes. One thread at a time writes; any may read meanwhile, and
 * makes the one that writes wait for nothing but a look at what there is.
 */
final class AlarmJournal implements AutoCloseable {

  private static final LogOptions OPTIONS = new LogOptions(4 << 20, Duration.ofMillis(20));
  private static final long MOST_BYTES = 32L << 20;
  private static final int MOST_SHOWN = 100_000;
  private static final char ENTRY = 'e';
  private static final char ALARM = 'a';

  private final Gson gson = new GsonBuilder().disableHtmlEscaping().create();
  private final SegmentedLog log;
  private final Deque<Line> lines = new ArrayDeque<>(); // with names, guarded by itself
  private final Map<String, String> names = new HashMap<>();
  private final AtomicLong oldest = new AtomicLong();
  private final AtomicLong unlisted = new AtomicLong(-1); // the newest of which no line is kept
  private final long most;
  private long checkpoint = -1;
  private CompletableFuture<Void> copied = CompletableFuture.completedFuture(null);
  private long next;

  /** Where an entry is, and of which alarm. */
  private record Line(long position, String name) {}

  AlarmJournal(DurableStorage storage, Path folder) throws IOException {
    this(storage, folder, MOST_BYTES);
  }

  AlarmJournal(DurableStorage storage, Path folder, long most) throws IOException {
    this.log = storage.openLog(folder, OPTIONS);
    this.most = most;
    this.next = most;
  }

  /** Gives back what is in it, oldest first: alarms as they were, and what happened since. */
  void replay(Consumer<Alarm> alarms, BiConsumer<Long, Entry> entries) throws IOException {
    log.replay(
        (position, content) -> {
          if (content[0] == ALARM) {
            alarms.accept(gson.fromJson(text(content), Alarm.class));
          } else {
            Entry entry = gson.fromJson(text(content), Entry.class);
            note(position, entry.name());
            entries.accept(position, entry);
          }
        });
  }

  private void note(long position, String name) {
    synchronized (lines) {
      lines.add(new Line(position, names.computeIfAbsent(name, same -> same)));
      if (lines.size() > MOST_SHOWN) {
        unlisted.set(lines.remove().position());
      }
    }
  }

  private static String text(byte[] content) {
    return new String(content, 1, content.length - 1, StandardCharsets.UTF_8);
  }

  private SegmentedLog.Appended write(char kind, Object what) throws IOException {
    return log.append((kind + gson.toJson(what)).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes an entry; durable within 20 ms.
   *
   * @param alarms as they are after it
   */
  long append(Entry entry, Supplier<Collection<Alarm>> alarms) throws IOException {
    long position = write(ENTRY, entry).position();
    note(position, entry.name());
    if (log.bytes() > next) {
      checkpoint(alarms.get());
      next = log.bytes() + most / 2;
    }
    return position;
  }

  /** What is older than the alarms that were written down the last time may go, once those are on disk. */
  private void checkpoint(Collection<Alarm> alarms) throws IOException {
    long cut = copied.isDone() && !copied.isCompletedExceptionally() ? checkpoint : -1;
    checkpoint = -1;
    List<SegmentedLog.Appended> copies = new ArrayList<>();
    try {
      for (Alarm alarm : alarms) {
        copies.add(write(ALARM, alarm));
      }
    } catch (IOException full) {
      return; // the entry is written; what is not whole is no place to cut at
    }
    copied =
        CompletableFuture.allOf(
            copies.stream()
                .map(copy -> copy.durable().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
    checkpoint = copies.isEmpty() ? -1 : copies.get(0).position();
    if (cut >= 0) {
      oldest.set(cut);
      synchronized (lines) {
        while (!lines.isEmpty() && lines.peek().position() < cut) {
          lines.poll();
        }
      }
      log.truncateBefore(cut);
    }
  }

  /** Any thread. */
  Entry read(long position) throws IOException {
    return gson.fromJson(text(log.read(position)), Entry.class);
  }

  /** The newest entries, newest first, of one alarm or of all. Any thread. */
  List<Entry> newest(String name, int count) throws IOException {
    List<Entry> found = new ArrayList<>();
    for (long position : positions(name, count)) {
      try {
        found.add(read(position));
      } catch (IOException unreadable) {
        if (has(position)) {
          throw unreadable;
        }
        break; // it has gone meanwhile, and what is older with it
      }
    }
    return found;
  }

  private List<Long> positions(String name, int count) {
    List<Long> found = new ArrayList<>();
    synchronized (lines) {
      Iterator<Line> all = lines.descendingIterator();
      while (all.hasNext() && found.size() < count) {
        Line line = all.next();
        if (name == null || name.equals(line.name())) {
          found.add(line.position());
        }
      }
    }
    return found;
  }

  /** It has not been cut off. Any thread. */
  boolean has(long position) {
    return position >= oldest.get();
  }

  /** Positions of the entries behind that one, oldest first, so many at most. Any thread. */
  List<Long> after(long position, int count) throws IOException {
    long end;
    synchronized (lines) {
      end = unlisted.get();
      if (position >= end) {
        return lines.stream()
            .map(Line::position)
            .filter(each -> each > position)
            .limit(count)
            .toList();
      }
    }
    List<Long> found = scan(position, end, count);
    return found.isEmpty() ? after(end, count) : found;
  }

  /** What has no line is looked for in the log itself. */
  private List<Long> scan(long position, long end, int count) throws IOException {
    List<Long> found = new ArrayList<>();
    try {
      log.replay(
          (at, content) -> {
            if (at > end || found.size() == count) {
              throw new Enough();
            }
            if (at > position && content[0] == ENTRY) {
              found.add(at);
            }
          });
    } catch (Enough enough) {
      return found;
    }
    return found;
  }

  /** Ends a reading of the log. */
  private static final class Enough extends IOException {
    private static final long serialVersionUID = 1;
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
