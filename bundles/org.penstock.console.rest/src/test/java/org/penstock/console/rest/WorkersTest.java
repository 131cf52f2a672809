package org.penstock.console.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.penstock.api.rest.RestAnswer;

/** Without it one resource that hangs could take the threads of all others. */
@Timeout(60)
class WorkersTest {

  private static final String PATH = "/api/v1/hanging/here";

  private final CountDownLatch never = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final Workers workers = new Workers(Duration.ofMillis(200));

  /** A resource that hangs until it is interrupted, or for good. */
  @Path("api/v1/hanging")
  public final class Hanging {
    @GET
    @Path("here")
    @PermitAll
    public String here() {
      try {
        never.await();
      } catch (InterruptedException e) {
        interrupted.countDown();
      }
      return "over";
    }
  }

  @AfterEach
  void end() {
    never.countDown();
    workers.close();
  }

  private static RestAnswer answer() {
    return JerseyEngine.text(200, "here");
  }

  /** Seen in review: the door waited for an answer without limit. */
  @Test
  void aResourceThatHangsIsGivenUpAndItsThreadIsFreed() throws InterruptedException {
    JerseyEngine engine = new JerseyEngine(List.of(new Hanging()));
    RestAnswer answer =
        workers.answer(
            PATH, () -> engine.serve(null, "GET", "/services" + PATH, Map.of(), new byte[0]));
    assertEquals(503, answer.status());
    assertEquals(List.of("application/problem+json"), answer.headers().get("Content-Type"));
    assertTrue(Calls.message(answer).contains(Workers.LIMIT), Calls.message(answer));
    assertTrue(interrupted.await(30, TimeUnit.SECONDS), "the thread is not freed");
    engine.close();
  }

  /** What no interrupt ends costs a few threads, and only its own application. */
  @Test
  void anApplicationThatHangsForGoodGetsNoMoreThreads() {
    for (int i = 0; i < Workers.MOST_HANGING; i++) {
      assertEquals(503, workers.answer(PATH, this::deaf).status());
    }
    RestAnswer more = workers.answer(PATH, WorkersTest::answer);
    assertEquals(503, more.status());
    assertTrue(Calls.message(more).contains("/api/v1/hanging hang"), Calls.message(more));
    assertEquals(200, workers.answer("/api/v1/other", WorkersTest::answer).status());
    never.countDown();
    while (workers.answer(PATH, WorkersTest::answer).status() != 200) {
      Thread.onSpinWait(); // until the four have ended; the test's time is limited
    }
  }

  private RestAnswer deaf() {
    boolean over = false;
    while (!over) {
      try {
        never.await();
        over = true;
      } catch (InterruptedException e) {
        over = false;
      }
    }
    return answer();
  }

  @Test
  void aResourceThatAsksAnotherNeedsOneThread() {
    RestAnswer answer =
        workers.answer(
            PATH,
            () -> {
              Thread asking = Thread.currentThread();
              return workers.answer(
                  PATH,
                  () -> JerseyEngine.text(asking == Thread.currentThread() ? 200 : 500, "inner"));
            });
    assertEquals(200, answer.status());
  }

  @Test
  void anApplicationIsWhereAResourceIs() {
    assertEquals("/api/v1/channels", Workers.application("/api/v1/channels/a/b?x=/y"));
    assertEquals("/services/assets", Workers.application("/services/assets?x=/y"));
    assertEquals("/services", Workers.application("/services"));
  }
}
