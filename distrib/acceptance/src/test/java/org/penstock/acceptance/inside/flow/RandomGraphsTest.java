package org.penstock.acceptance.inside.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Random graphs (500 with {@code penstock.all}), one over the other, while probes emit without pause. Without this, an envelope could
 * reach what was removed, a graph could be half of one and half of another, or threads could be left.
 */
class RandomGraphsTest {

  private static final int GRAPHS = Boolean.getBoolean("penstock.all") ? 500 : 40;
  private static final String[] FACTORIES = {
    "org.eclipse.kura.wire.RegexFilter",
    "org.eclipse.kura.wire.Fifo",
    "org.penstock.flow.wires.Deadband",
    "org.penstock.flow.wires.Batch",
    "org.eclipse.kura.wire.Logger"
  };

  private final Random random = new Random(42);
  private final List<Probe> sources = new ArrayList<>();
  private final Map<String, Probe> sinks = new HashMap<>();
  private final List<Probe> gone = new ArrayList<>();

  @Test
  void eachGraphIsWholeAndNothingReachesWhatIsGone() throws Exception {
    Set<String> threadsBefore = threads();
    for (int i = 0; i < 3; i++) {
      sources.add(new Probe("rSource" + i, 0, 1));
    }
    AtomicBoolean running = new AtomicBoolean(true);
    Thread load = new Thread(() -> load(running), "test/load");
    load.start();
    try {
      for (int round = 0; round < GRAPHS; round++) {
        Set<String> wanted = round();
        Board.await(
            () -> wanted + " wanted, found " + Board.connected(),
            () -> new TreeSet<>(Board.connected()).equals(wanted));
      }
    } finally {
      running.set(false);
      load.join(20_000);
    }
    Board.clear();
    for (Probe probe : gone) {
      assertEquals(0, probe.late(), probe.pid() + " got envelopes after it was gone");
    }
    assertTrue(
        sinks.values().stream().anyMatch(sink -> !sink.got().isEmpty())
            || gone.stream().anyMatch(sink -> !sink.got().isEmpty()),
        "no envelope went through");
    sources.forEach(Probe::close);
    sinks.values().forEach(Probe::close);
    Board.await(() -> "threads left: " + left(threadsBefore), () -> left(threadsBefore).isEmpty());
  }

  /** Draws a graph and applies it; gives the wires that must be there. */
  private Set<String> round() throws Exception {
    Board board = new Board();
    sources.forEach(board::probe);
    List<String> made = new ArrayList<>();
    for (int i = 0; i < random.nextInt(7); i++) {
      String pid = "r" + random.nextInt(10);
      if (!made.contains(pid)) {
        String factory = FACTORIES[random.nextInt(FACTORIES.length)];
        board.put(pid, 1, factory.endsWith("Logger") ? 0 : 1, factory);
        made.add(factory.endsWith("Logger") ? pid + "!" : pid);
      }
    }
    String sink = "rSink" + random.nextInt(3);
    if (sinks.containsKey(sink) && random.nextInt(4) == 0) {
      Probe old = sinks.remove(sink);
      old.close();
      gone.add(old);
    }
    board.probe(sinks.computeIfAbsent(sink, pid -> new Probe(pid, 1, 0)));
    List<String> emitters =
        made.stream().filter(pid -> !pid.endsWith("!")).collect(Collectors.toList());
    Set<String> wanted = new HashSet<>();
    for (int i = 0; i < made.size(); i++) {
      String to = made.get(i).replace("!", "");
      int before = (int) made.subList(0, i).stream().filter(pid -> !pid.endsWith("!")).count();
      String from =
          before > 0 && random.nextBoolean()
              ? emitters.get(random.nextInt(before))
              : "rSource" + random.nextInt(3);
      wanted.add(from + ".0>" + to + ".0");
      board.wire(from, to);
    }
    String last = emitters.isEmpty() ? "rSource0" : emitters.get(emitters.size() - 1);
    wanted.add(last + ".0>" + sink + ".0");
    board.wire(last, sink);
    Board.graphs().update(board.configuration());
    return new TreeSet<>(wanted);
  }

  private void load(AtomicBoolean running) {
    int n = 0;
    while (running.get()) {
      for (Probe source : sources) {
        source.emit("n", n++);
      }
      LockSupport.parkNanos(500_000);
    }
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .collect(Collectors.toSet());
  }

  /** Strand names of components that should be gone; the pool's own threads come and go. */
  private static List<String> left(Set<String> before) {
    return threads().stream()
        .filter(name -> name.matches("flow/(fifo|batch|aside|throttle|timer)/r.*"))
        .filter(name -> !before.contains(name))
        .toList();
  }
}
