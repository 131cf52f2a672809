package org.penstock.console.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.penstock.api.security.Caller;
import org.penstock.console.rest.EventHub.Event;

/** Without it a watcher could miss events after a broken connection, or see what is not his. */
class EventHubTest {

  private long now;
  private final EventHub hub = new EventHub(() -> now);

  /** Keeps what it is given. */
  private static final class Keeper implements EventHub.Watcher {
    private final List<String> frames = new ArrayList<>();

    @Override
    public void take(Event event) {
      frames.add(new String(event.frame(), StandardCharsets.UTF_8));
    }

    @Override
    public Set<String> types() {
      return Set.of("alarms", "jobs", "logs");
    }

    private String id(int index) {
      String frame = frames.get(index);
      return frame.substring("id: ".length(), frame.indexOf('\n'));
    }
  }

  @Test
  void aFrameHasIdTypeAndData() {
    Keeper keeper = new Keeper();
    assertFalse(hub.watch(keeper, null), "who is new must read all anew");
    hub.tell("alarms", "alarms.read", Map.of("text", "a\nb"));
    String frame = keeper.frames.get(0);
    assertTrue(frame.matches("id: [0-9a-z]+-1\nevent: alarms\ndata: .*\n\n"), frame);
    assertTrue(frame.contains("{\"text\":\"a\\nb\"}"), "a line break would end the data: " + frame);
  }

  @Test
  void whoComesBackGetsWhatHeMissed() {
    Keeper first = new Keeper();
    hub.watch(first, null);
    for (int i = 0; i < 5; i++) {
      hub.tell("jobs", "jobs.read", Map.of("n", i));
    }
    hub.leave(first);
    hub.tell("jobs", "jobs.read", Map.of("n", 5));
    Keeper again = new Keeper();
    assertTrue(hub.watch(again, first.id(2)));
    hub.tell("jobs", "jobs.read", Map.of("n", 6));
    assertEquals(4, again.frames.size());
    assertTrue(again.frames.get(0).contains("\"n\":3"));
    assertTrue(again.frames.get(3).contains("\"n\":6"));
    Keeper upToDate = new Keeper();
    assertTrue(hub.watch(upToDate, again.id(3)));
    assertEquals(0, upToDate.frames.size());
  }

  @Test
  void whatIsGoneFromMemoryIsToldAsGone() {
    Keeper first = new Keeper();
    hub.watch(first, null);
    hub.tell("jobs", "jobs.read", Map.of());
    String old = first.id(0);
    hub.leave(first);
    for (int i = 0; i < 100; i++) {
      hub.tell("values", "assets.read", Map.of("long", "x".repeat(30_000)));
    }
    assertFalse(hub.watch(new Keeper(), old));
    for (String strange : List.of("", "x", "x-1", "-", old + "0", old.replaceAll("-.*", "-x"))) {
      assertFalse(hub.watch(new Keeper(), strange), strange);
    }
  }

  /** Else who was away for long would miss what nobody looked for meanwhile, and not know it. */
  @Test
  void whatNobodyLookedForIsNotResumed() {
    Keeper first = new Keeper();
    assertFalse(hub.isWanted("logs"));
    hub.watch(first, null);
    hub.tell("logs", "logs.engineer", Map.of());
    hub.leave(first);
    now += Duration.ofSeconds(119).toNanos();
    assertTrue(hub.isWanted("logs"), "he may come back");
    Keeper soon = new Keeper();
    assertTrue(hub.watch(soon, first.id(0)));
    hub.leave(soon);
    now += Duration.ofSeconds(120).toNanos();
    assertFalse(hub.isWanted("logs"));
    hub.tell("jobs", "jobs.read", Map.of());
    assertFalse(hub.watch(new Keeper(), first.id(0)), "lines were lost meanwhile");
  }

  @Test
  void anEventIsForThoseWhoMay() {
    Event ofNorth = hub.aside("values", Permissions.VALUES, "north", "pump1", Map.of());
    assertTrue(ofNorth.isFor(new Caller("a", Set.of("assets.read@north"))));
    assertTrue(ofNorth.isFor(new Caller("a", Set.of("*.read"))));
    assertTrue(ofNorth.isFor(new Caller("a", Set.of("rest.assets"))));
    assertFalse(ofNorth.isFor(new Caller("a", Set.of("assets.read@south"))));
    assertFalse(ofNorth.isFor(new Caller("a", Set.of("rest.position"))));
    Event reset = hub.aside("reset", Permissions.ANYBODY, "", "", Map.of());
    assertTrue(reset.isFor(new Caller("a", Set.of())));
  }
}
