package org.penstock.acceptance.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.Script;

/** Without it the first thing that anyone tries could be broken. */
class DemoTest {

  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final Duration STOP = Duration.ofSeconds(10);
  private static final Pattern FLOWING = Pattern.compile(".* published +[1-9].*");

  /** Plant, gateway and subscriber count alike, and the status says so. */
  @Test
  void nothingIsLostOnTheWay() {
    try (Script demo = Script.start("demo", "--seconds", "4", "--check")) {
      int status = demo.end(LIMIT);
      List<String> lines = demo.lines();
      String last = lines.get(lines.size() - 1);
      assertTrue(
          last.matches("read ([1-9]\\d*) published \\1 received \\1 lost 0"), lines::toString);
      assertEquals(0, status);
    }
  }

  /** Ctrl-C reaches the whole foreground group, as it does here. */
  @Test
  void itTellsHowToLogInAndCtrlCStopsAllWithinFiveSeconds() {
    try (Script demo = Script.start("demo")) {
      for (String word : List.of("address ", "user ", "password ")) {
        demo.line(word, LIMIT);
      }
      Await.until(
          LIMIT,
          () -> "nothing flows: " + demo.lines(),
          () -> demo.lines().stream().anyMatch(l -> FLOWING.matcher(l).matches()));
      List<ProcessHandle> all = demo.family();
      assertTrue(all.size() >= 5, "demo, broker, subscriber, plant, gateway: " + all);
      demo.interrupt();
      Await.until(
          STOP,
          () -> "still there: " + all.stream().filter(ProcessHandle::isAlive).toList(),
          () -> all.stream().noneMatch(ProcessHandle::isAlive));
    }
  }

  @Test
  void aWrongWordIsSaidAtOnce() {
    try (Script demo = Script.start("demo", "--seconds", "soon")) {
      assertEquals(2, demo.end(LIMIT));
      assertTrue(demo.lines().get(0).contains("--seconds must be a number"), "" + demo.lines());
    }
  }
}
