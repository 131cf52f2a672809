package org.penstock.flow.rules.rule;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.storage.LogOptions;
import org.penstock.api.storage.SegmentedLog;

/**
 * What rules remember, by name: the last entry of each counts. Older ones are left behind when the
 * log has grown. Any thread may call.
 */
final class StateLog implements AutoCloseable {

  private static final LogOptions OPTIONS = new LogOptions(1 << 20, Duration.ofMillis(20));
  private static final long ROOM = 8L << 20;
  private static final int GROWTH = 4;

  private final SegmentedLog log;
  private final Map<String, byte[]> last = new HashMap<>();
  private long live;

  StateLog(DurableStorage storage, Path folder) throws IOException {
    log = storage.openLog(folder, OPTIONS);
    log.replay((position, content) -> read(content));
  }

  private void read(byte[] content) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
    String name = in.readUTF();
    keep(name, in.readAllBytes());
  }

  private void keep(String name, byte[] state) {
    byte[] before = last.put(name, state);
    live += state.length - (before == null ? 0 : before.length);
  }

  private static byte[] entry(String name, byte[] state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF(name);
    out.write(state);
    return bytes.toByteArray();
  }

  /** Remembers; durable within 20 ms. */
  synchronized void put(String name, byte[] state) throws IOException {
    keep(name, state);
    log.append(entry(name, state));
    if (log.bytes() > ROOM + GROWTH * live) {
      long first = -1;
      for (Map.Entry<String, byte[]> one : last.entrySet()) {
        long position = log.append(entry(one.getKey(), one.getValue())).position();
        first = first < 0 ? position : first;
      }
      log.truncateBefore(first);
    }
  }

  synchronized Optional<byte[]> get(String name) {
    return Optional.ofNullable(last.get(name));
  }

  @Override
  public synchronized void close() throws IOException {
    log.close();
  }
}
