package org.penstock.acceptance.inside.flow;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.penstock.api.script.Sandbox;
import org.penstock.api.script.ScriptException;
import org.penstock.api.strand.Schedule;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;

/** Without this, a script that loops or fills memory could hold up what runs beside it. */
class NeighboursTest {

  private static final List<String> BOMBS =
      List.of(
          "while (true) {}",
          "var a = []; while (true) a.push([1, 2, 3])",
          "function f() { return f() + 1 } f()",
          "/(a+)+b/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')",
          "'x'.repeat(1 << 30)",
          "var s = 'abcdefgh'; while (true) s += s",
          "try { while (true) {} } finally { while (true) {} }",
          "var o = {}; for (var i = 0; ; i++) o['k' + i] = { i: i }");

  /** Ticks of a 20 ms period in two seconds, while the task runs. */
  private static int ticks(Strand strand, Runnable task) {
    AtomicInteger ticks = new AtomicInteger();
    java.time.Duration period = java.time.Duration.ofMillis(20);
    try (Schedule schedule = strand.every(period, period, ticks::incrementAndGet)) {
      long end = System.nanoTime() + 2_000_000_000L;
      while (System.nanoTime() < end) {
        task.run();
      }
    }
    return ticks.get();
  }

  @Test
  void neighboursKeepTheirPeriodsBesideScriptsThatAreStopped() {
    Sandbox sandbox = Board.service(Sandbox.class);
    AtomicInteger stopped = new AtomicInteger();
    try (Strand strand = Board.service(Strands.class).open("test/neighbour/one")) {
      int control = ticks(strand, () -> LockSupport.parkNanos(20_000_000));
      int beside =
          ticks(
              strand,
              () -> {
                String bomb = BOMBS.get(stopped.get() % BOMBS.size());
                try {
                  sandbox.compile("bomb", bomb, Map.of()).run(Map.of(), null);
                } catch (ScriptException expected) {
                  stopped.incrementAndGet();
                }
              });
      assertTrue(stopped.get() >= 5, "stopped " + stopped);
      assertTrue(beside >= control / 2, beside + " ticks beside bombs, " + control + " without");
    }
  }
}
