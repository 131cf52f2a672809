package org.penstock.acceptance.inside.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.penstock.api.rest.Dispatcher;
import org.penstock.api.rest.RestAnswer;
import org.penstock.api.security.Caller;

/** Without this, one component's errors would reach those beside it, or nobody could see whose they are. */
class TroubleTest extends Probed {

  private static final Caller ADMIN = new Caller("admin", Set.of(Caller.ADMIN));

  private final AtomicBoolean bad = new AtomicBoolean(true);

  /** What {@code api/v1/flows/main} says of a component. */
  private static JsonObject figures(String pid) {
    RestAnswer answer =
        Board.service(Dispatcher.class)
            .dispatch(ADMIN, "GET", "/api/v1/flows/main", Map.of(), new byte[0]);
    String text = new String(answer.body(), StandardCharsets.UTF_8);
    assertEquals(200, answer.status(), text);
    for (JsonElement one :
        JsonParser.parseString(text).getAsJsonObject().getAsJsonArray("components")) {
      if (one.getAsJsonObject().get("pid").getAsString().equals(pid)) {
        return one.getAsJsonObject();
      }
    }
    throw new AssertionError(pid + " is not in " + text);
  }

  private void fan() throws Exception {
    new Board()
        .probe(in)
        .probe(out)
        .probe(second)
        .wire("sIn", "sOut")
        .wire("sIn", "sSecond")
        .apply();
  }

  @Test
  void whoThrowsIsMovedAsideAndComesBackWhenItIsWell() throws Exception {
    out.doing(
        envelope -> {
          if (bad.get()) {
            throw new IllegalStateException("broken on purpose");
          }
        });
    fan();
    in.emit("n", 0);
    assertEquals(List.of("n=0"), second.await(1).texts(), "its neighbour has the envelope");
    JsonObject aside = figures("sOut");
    assertTrue(aside.get("aside").getAsBoolean(), "" + aside);
    assertEquals(1, aside.get("failed").getAsLong());
    assertTrue(aside.get("lastError").getAsString().contains("broken on purpose"), "" + aside);
    assertTrue(aside.get("trouble").getAsString().contains("broken on purpose"), "" + aside);
    assertEquals(0, figures("sSecond").get("failed").getAsLong());
    bad.set(false);
    Board.await(
        () -> "" + figures("sOut"),
        () -> {
          in.emit("n", 1);
          return !figures("sOut").get("aside").getAsBoolean();
        });
    assertEquals("", figures("sOut").get("trouble").getAsString());
    assertTrue(figures("sOut").get("lastError").getAsString().contains("broken on purpose"));
    int before = out.got().size();
    in.emit("n", 2);
    assertEquals(before + 1, out.got().size(), "in the emitter's thread again");
  }

  @Test
  void timeIsChargedToTheComponentThatSpentIt() throws Exception {
    out.doing(envelope -> LockSupport.parkNanos(120_000_000));
    new Board()
        .probe(in)
        .probe(second)
        .probe(out)
        .wire("sIn", "sSecond")
        .wire("sSecond", "sOut")
        .apply();
    second.doing(envelope -> second.emit("passed", 1));
    in.emit("n", 0);
    out.await(1);
    Board.await(() -> "no time", () -> figures("sOut").get("totalNanos").getAsLong() > 0);
    assertTrue(figures("sOut").get("longestNanos").getAsLong() >= 100_000_000L);
    long passing = figures("sSecond").get("totalNanos").getAsLong();
    assertTrue(passing > 0 && passing < 60_000_000L, passing + " ns charged to who passes on");
    assertEquals(1, figures("sSecond").get("received").getAsLong());
    assertEquals(1, figures("sSecond").get("emitted").getAsLong());
    assertEquals(
        "passed",
        figures("sOut").getAsJsonArray("last").get(0).getAsJsonObject().keySet().iterator().next());
  }
}
