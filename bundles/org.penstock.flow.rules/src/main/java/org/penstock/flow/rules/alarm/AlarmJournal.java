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
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.storage.LogOptions;
import org.penstock.api.storage.SegmentedLog;

/**
 * The durable journal of alarms: what happened, in order. When it has grown, the alarms as they are
 * are written down and the older half goes. One thread at a time.
 */
final class AlarmJournal implements AutoCloseable {

  private static final LogOptions OPTIONS = new LogOptions(4 << 20, Duration.ofMillis(20));
  private static final long MOST_BYTES = 32L << 20;
  private static final int MOST_SHOWN = 100_000;
  private static final char ENTRY = 'e';
  private static final char ALARM = 'a';

  private final Gson gson = new GsonBuilder().disableHtmlEscaping().create();
  private final SegmentedLog log;
  private final Deque<Long> positions = new ArrayDeque<>();
  private final long most;
  private long checkpoint = -1;
  private long next;

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
            positions.add(position);
            entries.accept(position, gson.fromJson(text(content), Entry.class));
          }
        });
  }

  private static String text(byte[] content) {
    return new String(content, 1, content.length - 1, StandardCharsets.UTF_8);
  }

  private long write(char kind, Object what) throws IOException {
    return log.append((kind + gson.toJson(what)).getBytes(StandardCharsets.UTF_8)).position();
  }

  /**
   * Writes an entry; durable within 20 ms.
   *
   * @param alarms as they are after it
   */
  long append(Entry entry, Supplier<Collection<Alarm>> alarms) throws IOException {
    long position = write(ENTRY, entry);
    positions.add(position);
    if (positions.size() > MOST_SHOWN) {
      positions.poll();
    }
    if (log.bytes() > next) {
      checkpoint(alarms.get());
      next = log.bytes() + most / 2;
    }
    return position;
  }

  /** What was written down the last time is durable by now: what is older than that may go. */
  private void checkpoint(Collection<Alarm> alarms) throws IOException {
    long cut = checkpoint;
    checkpoint = -1;
    for (Alarm alarm : alarms) {
      long position = write(ALARM, alarm);
      checkpoint = checkpoint < 0 ? position : checkpoint;
    }
    if (cut >= 0) {
      log.truncateBefore(cut);
      while (!positions.isEmpty() && positions.peek() < cut) {
        positions.poll();
      }
    }
  }

  Entry read(long position) throws IOException {
    return gson.fromJson(text(log.read(position)), Entry.class);
  }

  /** The newest entries, newest first, of one alarm or of all. */
  List<Entry> newest(String name, int count) throws IOException {
    List<Entry> found = new ArrayList<>();
    var all = positions.descendingIterator();
    while (all.hasNext() && found.size() < count) {
      Entry entry = read(all.next());
      if (name == null || name.equals(entry.name())) {
        found.add(entry);
      }
    }
    return found;
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
