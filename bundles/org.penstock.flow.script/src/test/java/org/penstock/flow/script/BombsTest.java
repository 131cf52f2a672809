package org.penstock.flow.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.penstock.api.script.ScriptException;

/**
 * Without this, a user's script could stop the gateway, fill its memory or reach its Java. Each case of
 * {@code bombs.txt} must end within its share, each of {@code escapes.txt} must find nothing.
 */
class BombsTest {

  /**
   * Five times the 200 ms (100 allowed, as much again for what one native step may take) that the bench of wires
   * holds each bomb to: on a machine that is shared, caches and compiler take their part.
   */
  private static final long CPU_MS = 5 * 200;

  private static final long BYTES = 3 * Limits.BYTES;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final SandboxService sandbox = new SandboxService();

  private record Case(String name, String source) {}

  private record Outcome(Object result, ScriptException failure, long cpuMs, long bytes) {}

  private static List<Case> cases(String file) throws IOException {
    List<Case> cases = new ArrayList<>();
    try (InputStream in = BombsTest.class.getResourceAsStream(file)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String one : text.split("(?m)^=== ")) {
        if (!one.isBlank()) {
          int end = one.indexOf('\n');
          cases.add(new Case(one.substring(0, end).strip(), one.substring(end + 1)));
        }
      }
    }
    return cases;
  }

  /** On a thread with the small stack that the gateway's threads have. */
  private Outcome run(String source) throws InterruptedException {
    AtomicReference<Outcome> outcome = new AtomicReference<>();
    Thread thread =
        new Thread(
            null,
            () -> {
              long cpu = THREADS.getCurrentThreadCpuTime();
              long bytes = THREADS.getCurrentThreadAllocatedBytes();
              Object result = null;
              ScriptException failure = null;
              try {
                result = sandbox.compile("case", source, Map.of()).run(Map.of(), null);
              } catch (ScriptException stopped) {
                failure = stopped;
              }
              outcome.set(
                  new Outcome(
                      result,
                      failure,
                      (THREADS.getCurrentThreadCpuTime() - cpu) / 1_000_000,
                      THREADS.getCurrentThreadAllocatedBytes() - bytes));
            },
            "test/bomb",
            512 * 1024);
    thread.setDaemon(true);
    thread.start();
    thread.join(10_000);
    return outcome.get();
  }

  private void warmUp() throws InterruptedException {
    run(
        "var s = ''; for (var i = 0; i < 1000; i++) { s = 'a' + i; [i].map(function(x){return x}) }");
    for (int i = 0; i < 5; i++) { // what is kept is looked at, too
      run("var kept = []; for (;;) { kept.push({a: kept.length}); }");
    }
  }

  @TestFactory
  List<DynamicTest> bombsAreStoppedWithinTheirShare() throws Exception {
    warmUp();
    List<Case> cases = cases("bombs.txt");
    assertTrue(cases.size() >= 40, "bombs: " + cases.size());
    return cases.stream()
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.name(),
                    () -> {
                      Outcome outcome = run(one.source());
                      assertNotNull(outcome, "still runs after 10 s");
                      assertNotNull(outcome.failure(), "was not stopped: " + outcome.result());
                      String what = outcome.failure().getMessage() + " " + outcome;
                      assertTrue(outcome.failure().stopped(), what);
                      assertTrue(outcome.cpuMs() <= CPU_MS, what);
                      assertTrue(outcome.bytes() <= BYTES, what);
                    }))
        .toList();
  }

  @TestFactory
  List<DynamicTest> escapesFindNothing() throws Exception {
    List<Case> cases = cases("escapes.txt");
    assertTrue(cases.size() >= 30, "escapes: " + cases.size());
    return cases.stream()
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.name(),
                    () -> {
                      Outcome outcome = run(one.source());
                      assertNotNull(outcome, "still runs after 10 s");
                      if (outcome.failure() == null && !"nothing".equals(outcome.result())) {
                        fail("gave " + outcome.result());
                      }
                    }))
        .toList();
  }

  @Test
  void afterAllBombsAnHonestScriptRunsAndTheTallyIsRight() throws Exception {
    for (Case one : cases("bombs.txt")) {
      run(one.source());
    }
    assertEquals(3.0, run("1 + 2").result());
    long ends =
        sandbox.health().figures().entrySet().stream()
            .filter(figure -> figure.getKey().startsWith("ended."))
            .mapToLong(figure -> (Long) figure.getValue())
            .sum();
    assertEquals(cases("bombs.txt").size(), ends);
  }
}
