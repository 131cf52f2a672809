package org.penstock.acceptance.inside.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The rows Logger and Fifo of Kura's table of stock components, on the assembled product. */
class QueueComponentsTest extends Probed {

  private final CountDownLatch gate = new CountDownLatch(1);

  private void log(String verbosity) throws Exception {
    new Board()
        .probe(in)
        .put("sLog", 1, 0, WIRE + "Logger", "log.verbosity", verbosity)
        .wire("sIn", "sLog")
        .apply();
  }

  @Test
  void loggerTakesEnvelopesAndEmitsNone() throws Exception {
    log("VERBOSE");
    assertTrue(Board.helper().isReceiver("sLog"));
    assertFalse(Board.helper().isEmitter("sLog"));
    try (LogLines log = new LogLines("WireLogger")) {
      in.wires().emit(List.of(Probe.record("x", 1, "y", "two"), Probe.record("z", true)));
      log.await("INFO", "service.sIn", "x = 1", "y = two", "z = true");
    }
  }

  @Test
  void loggerThatIsQuietNamesTheEmitterOnly() throws Exception {
    log("QUIET");
    try (LogLines log = new LogLines("WireLogger")) {
      in.emit("x", 1);
      String line = log.await("INFO", "service.sIn");
      assertFalse(line.contains("x"), line);
    }
  }

  @Test
  void fifoPassesOnInOrderInAThreadOfItsOwn() throws Exception {
    chain(WIRE + "Fifo");
    for (int i = 0; i < 20; i++) {
      in.emit("i", i);
    }
    out.await(20);
    for (int i = 0; i < 20; i++) {
      assertEquals("i=" + i, out.texts().get(i));
    }
    assertFalse(out.threads().contains(Thread.currentThread().getName()));
  }

  /** The receiver behind the queue has the first envelope and waits at the gate. */
  private void stopped(int capacity, boolean discard) throws Exception {
    out.doing(
        envelope -> {
          try {
            gate.await(10, TimeUnit.SECONDS);
          } catch (InterruptedException woken) {
            Thread.currentThread().interrupt();
          }
        });
    chain(WIRE + "Fifo", "queue.capacity", capacity, "discard.envelopes", discard);
    in.emit("i", 0);
    out.await(1);
  }

  private static Object figure(String name) {
    return Board.health("flow/fifo/sUnder").figures().get(name);
  }

  @Test
  void fifoThatIsFullDropsWhatArrives() throws Exception {
    stopped(2, true);
    for (int i = 1; i < 10; i++) {
      in.emit("i", i);
    }
    assertEquals(Map.of("waiting", 2, "passed", 1L, "dropped", 7L), figures());
    gate.countDown();
    out.await(3);
    in.emit("i", 99);
    assertEquals(List.of("i=0", "i=1", "i=2", "i=99"), out.await(4).texts());
  }

  private static Map<String, Object> figures() {
    return Board.health("flow/fifo/sUnder").figures();
  }

  @Test
  void fifoThatIsFullMakesTheEmitterWait() throws Exception {
    stopped(1, false);
    in.emit("i", 1);
    Thread emitter = new Thread(() -> in.emit("i", 2), "test/emitter");
    emitter.start();
    Board.await(() -> "" + emitter.getState(), () -> emitter.getState() == Thread.State.WAITING);
    assertEquals(Map.of("waiting", 1, "passed", 1L, "dropped", 0L), figures());
    gate.countDown();
    emitter.join(10_000);
    assertFalse(emitter.isAlive());
    assertEquals(List.of("i=0", "i=1", "i=2"), out.await(3).texts());
  }

  @Test
  void fifoDropsItsQueueWhenItsConfigurationChanges() throws Exception {
    stopped(5, false);
    in.emit("i", 1);
    in.emit("i", 2);
    assertEquals(2, figure("waiting"));
    Board.update("sUnder", "queue.capacity", 6);
    Board.await(() -> "" + figures(), () -> figure("waiting").equals(0));
    gate.countDown();
    in.emit("i", 9);
    assertEquals(List.of("i=0", "i=9"), out.await(2).texts());
  }
}
