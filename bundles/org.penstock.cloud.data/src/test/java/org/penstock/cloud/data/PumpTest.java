package org.penstock.cloud.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.kura.data.DataTransportService;
import org.eclipse.kura.data.DataTransportToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.outbox.OutboxMessage;
import org.penstock.api.outbox.OutboxMessage.Durability;
import org.penstock.api.storage.LogOptions;
import org.penstock.core.storage.RecordingDisk;

/** Without it a message could overtake those that a lost connection had in flight. */
class PumpTest {

  @TempDir Path folder;
  private final ManualStrand strand = new ManualStrand();
  private final List<String> sent = new ArrayList<>();
  private final DataTransportService transport =
      (DataTransportService)
          Proxy.newProxyInstance(
              DataTransportService.class.getClassLoader(),
              new Class<?>[] {DataTransportService.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("publish")) {
                  sent.add((String) arguments[0]);
                  return new DataTransportToken(sent.size(), "t");
                }
                return method.getReturnType() == boolean.class ? true : null;
              });

  private static OutboxMessage message(String topic) {
    byte[] payload = topic.getBytes(StandardCharsets.UTF_8);
    return new OutboxMessage("", topic, payload, 1, false, 7, Durability.GROUP, false);
  }

  @Test
  void nothingIsSentBeforeWhatWasInFlightWaitsAgain() throws IOException {
    Outbox outbox =
        new Outbox(
            RecordingDisk.storage(new RecordingDisk(folder))
                .openLog(folder.resolve("o"), new LogOptions(4096, Duration.ofMillis(1))),
            new Outbox.Capacity(100, 1 << 20, Eviction.parse("oldest")));
    Window window = new Window(100, System::nanoTime);
    Pump pump =
        new Pump(outbox, strand, window, null, new Pump.Ears((id, topic) -> {}, (id, topic) -> {}));
    pump.use(transport);
    pump.open(true);
    outbox.add(message("a"));
    pump.wake();
    strand.advance(Duration.ZERO);
    pump.open(false);
    outbox.add(message("b"));
    pump.wake(); // the transport has connected again and has not yet said so
    strand.advance(Duration.ZERO);
    assertEquals(List.of("a"), sent);
    pump.newSession(true);
    pump.open(true);
    pump.wake();
    strand.advance(Duration.ZERO);
    assertEquals(List.of("a", "a", "b"), sent);
    outbox.close();
  }

  /** Without it one bad listener could leave the window full of what the broker has long confirmed. */
  @Test
  void aListenerThatThrowsHoldsUpNeitherTheOthersNorWhatWaits() throws IOException {
    Outbox outbox =
        new Outbox(
            RecordingDisk.storage(new RecordingDisk(folder))
                .openLog(folder.resolve("o"), new LogOptions(4096, Duration.ofMillis(1))),
            new Outbox.Capacity(1000, 1 << 20, Eviction.parse("oldest")));
    List<Integer> told = new ArrayList<>();
    Window window = new Window(150, System::nanoTime);
    Pump pump =
        new Pump(
            outbox,
            strand,
            window,
            null,
            new Pump.Ears(
                (id, topic) -> {},
                (id, topic) -> {
                  told.add(id);
                  if (id == 3) {
                    throw new IllegalStateException("a bad listener");
                  }
                }));
    pump.use(transport);
    pump.open(true);
    for (int i = 0; i < 120; i++) {
      outbox.add(message("m" + i));
    }
    pump.wake();
    strand.advance(Duration.ZERO);
    assertEquals(50, sent.size(), "the window's first size");
    for (int i = 1; i <= 50; i++) {
      pump.confirm(new DataTransportToken(i, "t"));
    }
    assertEquals(1, strand.waiting(), "one task for all of them");
    assertThrows(IllegalStateException.class, () -> strand.advance(Duration.ZERO));
    strand.advance(Duration.ZERO);
    assertEquals(IntStream.rangeClosed(1, 50).boxed().toList(), told);
    assertEquals(70, outbox.depth());
    assertEquals(120, sent.size());
    outbox.close();
  }

  /**
   * A broker of MQTT 3.1.1 hangs up when a message is too large for it. That message was sent first over
   * each new connection, and nothing else ever again.
   */
  @Test
  void aMessageThatEndsEachConnectionHeldUpAllBehindIt() throws IOException {
    Outbox outbox =
        new Outbox(
            RecordingDisk.storage(new RecordingDisk(folder))
                .openLog(folder.resolve("o"), new LogOptions(4096, Duration.ofMillis(1))),
            new Outbox.Capacity(1000, 1 << 20, Eviction.parse("oldest")));
    Pump pump =
        new Pump(
            outbox,
            strand,
            new Window(10, System::nanoTime),
            null,
            new Pump.Ears((id, topic) -> {}, (id, topic) -> {}));
    pump.use(transport);
    List<String> delivered = new ArrayList<>();
    for (String topic : List.of("a", "b", "bad", "c", "d", "e")) {
      outbox.add(message(topic));
    }
    int connections = 0;
    for (int seen = 0; connections < 20 && outbox.depth() > 1; connections++) {
      pump.newSession(true);
      pump.open(true);
      boolean up = true;
      while (up) {
        pump.wake();
        strand.advance(Duration.ZERO);
        up = seen < sent.size() && !"bad".equals(sent.get(seen));
        if (up) {
          delivered.add(sent.get(seen++));
          pump.confirm(new DataTransportToken(seen, "t"));
          strand.advance(Duration.ZERO);
        }
      }
      seen = sent.size();
      if (outbox.depth() > 1) {
        pump.lost();
      }
    }
    assertEquals(List.of("a", "b", "c", "d", "e"), delivered);
    assertEquals(1, outbox.depth(), "nothing is lost");
    assertEquals(1, pump.restingCount());
    assertTrue(pump.trouble().contains("to bad of 3 bytes rests for 10 min"), pump.trouble());
    assertTrue(connections <= 2 + Suspects.MOST, connections + " connections");
    outbox.close();
  }
}
