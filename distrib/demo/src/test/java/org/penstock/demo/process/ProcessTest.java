package org.penstock.demo.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Without it benchmarks would blame the wrong process and the demo would wait for the dead. */
class ProcessTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** A name with spaces and brackets shifts the fields for whoever splits at spaces. */
  @Test
  void figuresAreReadBehindTheName() {
    ProcessFigures figures =
        ProcessFigures.parse(
            "42 (a b) c) S 1 42 42 0 -1 4194560 100 0 0 0 150 50 0 0 20 0 7 0 100 1 1",
            List.of("Name:\tx", "VmRSS:\t    1000 kB", "Threads:\t7"));
    assertEquals(new ProcessFigures(2.0, 1.024, 7), figures);
  }

  @Test
  void theSystemTellsOfThisProcess() throws IOException {
    ProcessFigures figures = ProcessFigures.of(ProcessHandle.current().pid());
    assertTrue(figures.residentMegabytes() > 1 && figures.threads() > 1, figures::toString);
  }

  /** If deleted: what a benchmark takes off for some threads could be that of all, or none. */
  @Test
  void theTimeOfSomeThreadsIsTheirsOnly() throws Exception {
    long own = ProcessHandle.current().pid();
    CountDownLatch end = new CountDownLatch(1);
    AtomicLong spun = new AtomicLong();
    Thread thread =
        new Thread(
            () -> {
              while (end.getCount() > 0) {
                spun.incrementAndGet();
              }
            },
            "spin one of all");
    thread.start();
    try {
      long limit = System.nanoTime() + LIMIT.toNanos();
      while (ProcessFigures.cpuSeconds(own, "spin one") < 0.05) {
        assertTrue(System.nanoTime() < limit, "no time counted for a thread that spins");
      }
    } finally {
      end.countDown();
      thread.join();
    }
    assertTrue(ProcessFigures.cpuSeconds(own, "") <= ProcessFigures.of(own).cpuSeconds() + 0.1);
    assertEquals(0, ProcessFigures.cpuSeconds(own, "no such thread"));
  }

  @Test
  void aChildIsAskedAndAnswers() throws IOException, InterruptedException {
    try (ChildProcess child =
        ChildProcess.start("sh", List.of("sh", "-c", "read a; echo \"$a 5\"; read b"))) {
      assertEquals("count 5", child.ask("count", LIMIT));
      assertTrue(child.isAlive());
      child.stop(LIMIT);
      assertFalse(child.isAlive());
    }
  }

  /** Waiting out the limit for a process that is gone would make each failure slow. */
  @Test
  void aDeadChildIsNotWaitedFor() throws IOException {
    try (ChildProcess child = ChildProcess.start("sh", List.of("sh", "-c", "echo no port"))) {
      long begin = System.nanoTime();
      IOException e = assertThrows(IOException.class, () -> child.await("ready", LIMIT));
      assertTrue(e.getMessage().contains("sh printed no line 'ready...' but no port"), e::toString);
      assertTrue(System.nanoTime() - begin < LIMIT.toNanos() / 2);
    }
  }
}
