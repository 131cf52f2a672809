package org.penstock.cloud.connection.sparkplug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.eclipse.kura.KuraNotConnectedException;
import org.penstock.test.sparkplug.Codec;
import org.penstock.test.sparkplug.Host;

/** What Sparkplug B 3.0 asks of an edge node, each rule by itself. Run by EdgeNodeTest. */
public final class EdgeNodeRules {

  private static final String REBIRTH =
      "{\"timestamp\":1,\"metrics\":[{\"name\":\"Node Control/Rebirth\",\"type\":\"Boolean\",\"value\":%s,\"timestamp\":1}]}";

  private EdgeNodeRules() {}

  /** The rules by name. */
  static Map<String, Consumer<Codec>> all() {
    Map<String, Consumer<Codec>> rules = new TreeMap<>();
    rules.put("births come first", EdgeNodeRules::birthsComeFirst);
    rules.put("seq", EdgeNodeRules::seq);
    rules.put("bdSeq", EdgeNodeRules::bdSeq);
    rules.put("late will", EdgeNodeRules::lateWill);
    rules.put("aliases", EdgeNodeRules::aliases);
    rules.put("names", EdgeNodeRules::names);
    rules.put("DDEATH", EdgeNodeRules::deviceDeath);
    rules.put("quality", EdgeNodeRules::quality);
    rules.put("new metric", EdgeNodeRules::newMetric);
    rules.put("new type", EdgeNodeRules::newType);
    rules.put("node metrics", EdgeNodeRules::nodeMetrics);
    rules.put("rebirth", EdgeNodeRules::rebirth);
    rules.put("DCMD", EdgeNodeRules::deviceCommand);
    rules.put("history", EdgeNodeRules::history);
    rules.put("earlier run", EdgeNodeRules::earlierRun);
    rules.put("newest first", EdgeNodeRules::newestFirst);
    rules.put("primary host", EdgeNodeRules::primaryHost);
    rules.put("primary host leaves", EdgeNodeRules::primaryHostLeaves);
    rules.put("old STATE", EdgeNodeRules::oldState);
    rules.put("farewell", EdgeNodeRules::farewell);
    rules.put("confirmed", EdgeNodeRules::confirmed);
    return rules;
  }

  /** Checks one rule. */
  public static void check(String rule, Codec codec) {
    all().get(rule).accept(codec);
  }

  private static void on(Codec codec, Consumer<EdgeStage> story, String... options) {
    try (EdgeStage stage = new EdgeStage(codec, options)) {
      story.accept(stage);
      assertEquals(List.of(), stage.host.breaches());
    }
  }

  private static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + 10_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within 10 s");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static void birthsComeFirst(Codec codec) {
    on(
        codec,
        s -> {
          s.row("pump", 10, "flow=1", "level=2.5");
          s.row("fan", 11, "speed=3");
          s.online();
          assertEquals(List.of("NBIRTH", "DBIRTH fan", "DBIRTH pump"), s.host.told());
          assertEquals("2.5", s.host.current().get("pump/level"));
          s.live("pump", 12, "flow=4");
          assertEquals("DDATA pump", s.host.told().get(3));
          assertEquals("4", s.host.current().get("pump/flow"));
          s.live("tank", 13, "level=5");
          assertEquals(List.of("DBIRTH tank"), s.host.told().subList(4, 5));
          assertEquals("5", s.host.current().get("tank/level"));
        });
  }

  private static void seq(Codec codec) {
    on(
        codec,
        s -> {
          s.online();
          for (int i = 0; i < 300; i++) {
            s.live("pump", i + 1, "flow=" + i);
          }
          assertEquals("299", s.host.current().get("pump/flow"));
          s.command("NCMD/gw", REBIRTH.formatted("true"));
          s.live("pump", 400, "flow=1");
        });
  }

  private static void bdSeq(Codec codec) {
    on(
        codec,
        s -> {
          for (int i = 0; i < 258; i++) {
            s.online();
            assertEquals(i % 256, s.host.bdSeq());
            s.broker.breakDown().run();
            assertFalse(s.host.online());
          }
          s.begin();
          s.online();
          assertEquals(2, s.host.bdSeq());
        });
  }

  private static void lateWill(Codec codec) {
    on(
        codec,
        s -> {
          s.online();
          Runnable will = s.broker.breakDown();
          s.online();
          will.run();
          assertTrue(s.host.online());
        });
  }

  private static void aliases(Codec codec) {
    on(
        codec,
        s -> {
          s.online();
          s.live("pump", 1, "flow=1", "level=2");
          s.live("fan", 1, "flow=3", "level=4");
          s.live("pump", 2, "flow=5", "level=6");
          assertEquals("5", s.host.current().get("pump/flow"));
          assertEquals("6", s.host.current().get("pump/level"));
          assertTrue(s.host.alias("pump/flow") >= 0);
          assertNotEquals(s.host.alias("pump/flow"), s.host.alias("fan/flow"));
        });
  }

  private static void names(Codec codec) {
    on(
        codec,
        s -> {
          s.online();
          s.live("pump", 1, "flow=1");
          s.live("pump", 2, "flow=5");
          assertEquals("5", s.host.current().get("pump/flow"));
          assertEquals(-1, s.host.alias("pump/flow"));
        },
        "aliases=false");
  }

  private static void deviceDeath(Codec codec) {
    on(
        codec,
        s -> {
          s.online();
          s.live("pump", 1, "flow=1");
          s.live("pump", 2, "flow=!");
          s.live("pump", 3, "flow=!");
          assertEquals(List.of("NBIRTH", "DBIRTH pump", "DDEATH pump"), s.host.told());
          s.live("pump", 4, "flow=2");
          assertEquals(List.of("DBIRTH pump"), s.host.told().subList(3, 4));
          assertEquals("2", s.host.current().get("pump/flow"));
          s.live("pump", 5, "flow=3");
          assertEquals("3", s.host.current().get("pump/flow"));
        });
  }

  private static void quality(Codec codec) {
    on(
        codec,
        s -> {
          s.online();
          s.live("pump", 1, "flow=1", "level=2");
          s.live("pump", 2, "flow=!", "level=3");
          assertEquals("null bad", s.host.current().get("pump/flow"));
          assertEquals("3", s.host.current().get("pump/level"));
        });
  }

  private static void newMetric(Codec codec) {
    on(
        codec,
        s -> {
          s.online();
          s.live("pump", 1, "flow=1");
          s.live("pump", 2, "flow=2", "level=3");
          s.live("pump", 3, "flow=4", "level=5");
          assertEquals(
              List.of("NBIRTH", "DBIRTH pump", "DBIRTH pump", "DDATA pump"), s.host.told());
          assertEquals("5", s.host.current().get("pump/level"));
        });
  }

  private static void newType(Codec codec) {
    on(
        codec,
        s -> {
          s.online();
          s.live("pump", 1, "flow=1");
          s.live("pump", 2, "flow=2.5");
          s.live("pump", 3, "flow=3.5");
          assertEquals("Double", s.host.type("pump", "flow"));
          assertEquals("3.5", s.host.current().get("pump/flow"));
        });
  }

  private static void nodeMetrics(Codec codec) {
    on(
        codec,
        s -> {
          s.row("", 1, "load=1");
          s.row("pump", 1, "flow=1");
          s.online();
          assertEquals("1", s.host.current().get("/load"));
          s.live("", 2, "load=2");
          s.live("", 3, "load=3", "heat=4");
          s.live("", 4, "heat=5");
          assertEquals(
              List.of("NBIRTH", "DBIRTH pump", "NDATA", "NBIRTH", "DBIRTH pump", "NDATA"),
              s.host.told());
          assertEquals("5", s.host.current().get("/heat"));
          assertEquals("3", s.host.current().get("/load"));
        });
  }

  private static void rebirth(Codec codec) {
    on(
        codec,
        s -> {
          s.online();
          s.live("pump", 1, "flow=1");
          long number = s.host.bdSeq();
          s.command("NCMD/gw", REBIRTH.formatted("false"));
          s.command("NCMD/other", REBIRTH.formatted("true"));
          assertEquals(2, s.host.told().size());
          s.command("NCMD/gw", REBIRTH.formatted("true"));
          assertEquals(
              List.of("NBIRTH", "DBIRTH pump"), s.host.told().subList(2, s.host.told().size()));
          assertEquals(number, s.host.bdSeq());
          s.command(
              "NCMD/gw",
              REBIRTH
                  .formatted("true")
                  .replace(
                      "\"name\":\"Node Control/Rebirth\"",
                      "\"alias\":" + s.host.alias("/Node Control/Rebirth")));
          assertEquals(6, s.host.told().size());
          s.live("pump", 2, "flow=2");
        });
  }

  private static void deviceCommand(Codec codec) {
    on(
        codec,
        s -> {
          List<String> heard = new ArrayList<>();
          s.node.setCommands(
              (device, metrics) ->
                  metrics.forEach(
                      m -> heard.add(device + "/" + m.name() + " " + m.type() + " " + m.value())));
          s.online();
          s.live("pump", 1, "flow=1", "level=2.5");
          s.command(
              "DCMD/gw/pump",
              "{\"timestamp\":1,\"metrics\":[{\"alias\":%d,\"type\":\"Int32\",\"value\":-7,\"timestamp\":1},{\"name\":\"nothing\",\"type\":\"Int32\",\"value\":1,\"timestamp\":1}]}"
                  .formatted(s.host.alias("pump/flow")));
          s.command(
              "DCMD/gw/pump",
              "{\"timestamp\":1,\"metrics\":[{\"name\":\"level\",\"type\":\"Double\",\"value\":1.5,\"timestamp\":1}]}");
          assertEquals(List.of("pump/flow INT32 -7", "pump/level DOUBLE 1.5"), heard);
        });
  }

  private static void history(Codec codec) {
    on(
        codec,
        s -> {
          s.online();
          s.live("pump", 100, "flow=1");
          s.broker.breakDown().run();
          List<byte[]> stored = new ArrayList<>();
          for (int i = 2; i < 7; i++) {
            stored.add(s.row("pump", 100 + i, "flow=" + i));
          }
          s.online();
          assertEquals("6", s.host.current().get("pump/flow"));
          stored.forEach(row -> s.send("pump", row));
          s.live("pump", 50, "flow=7"); // the clock was set back
          s.live("pump", 51, "flow=8");
          assertEquals(
              List.of("2 true", "3 true", "4 true", "5 true", "7 false", "8 false"),
              s.host.values().stream().map(v -> v.text() + " " + v.historical()).toList());
          assertEquals("8", s.host.current().get("pump/flow"));
        });
  }

  private static void earlierRun(Codec codec) {
    on(
        codec,
        s -> {
          s.online();
          s.live("pump", 100, "flow=1");
          List<byte[]> stored = List.of(s.row("pump", 101, "flow=2"), s.row("pump", 102, "flow=3"));
          s.broker.breakDown().run();
          s.begin();
          s.online();
          assertEquals(List.of(), List.copyOf(s.host.devices()));
          stored.forEach(row -> s.send("pump", row));
          s.live("pump", 200, "flow=4");
          assertEquals(
              List.of("2 true", "3 true", "4 false"),
              s.host.values().stream().map(v -> v.text() + " " + v.historical()).toList());
          assertEquals("4", s.host.current().get("pump/flow"));
        });
  }

  private static void newestFirst(Codec codec) {
    on(
        codec,
        s -> {
          s.online();
          s.live("pump", 100, "flow=1");
          byte[] old = s.row("pump", 101, "flow=2");
          s.live("pump", 102, "flow=3");
          s.send("pump", old);
          assertEquals("3", s.host.current().get("pump/flow"));
          Host.Value last = s.host.values().get(1);
          assertEquals("2 true", last.text() + " " + last.historical());
        });
  }

  private static void primaryHost(Codec codec) {
    on(
        codec,
        s -> {
          byte[] row = s.row("pump", 1, "flow=1");
          Thread connecting = s.connect();
          until(() -> s.broker.subscriptions.containsKey("spBv1.0/STATE/scada"));
          s.settle();
          assertEquals(List.of(), s.host.told());
          assertFalse(s.node.isConnected());
          assertThrows(
              KuraNotConnectedException.class,
              () -> s.node.publish(s.node.rowTopic("pump"), row, 1, false));
          s.state(false, 5);
          assertEquals(List.of(), s.host.told());
          s.state(true, 6);
          until(() -> !connecting.isAlive());
          assertEquals(List.of("NBIRTH", "DBIRTH pump"), s.host.told());
          assertTrue(s.node.isConnected());
          assertEquals(List.of("up"), s.outbox);
        },
        "primary.host.id=scada");
  }

  private static void awaited(EdgeStage s) {
    Thread connecting = s.connect();
    until(() -> s.broker.subscriptions.containsKey("spBv1.0/STATE/scada"));
    s.state(true, 6);
    until(() -> !connecting.isAlive());
  }

  private static void primaryHostLeaves(Codec codec) {
    on(
        codec,
        s -> {
          awaited(s);
          s.state(false, 6);
          assertEquals(List.of("NBIRTH", "NDEATH"), s.host.told());
          assertFalse(s.node.isConnected());
          assertTrue(s.broker.calls.contains("next"));
          assertTrue(s.outbox.contains("lost"));
        },
        "primary.host.id=scada");
  }

  private static void oldState(Codec codec) {
    on(
        codec,
        s -> {
          awaited(s);
          s.state(false, 5);
          assertEquals(List.of("NBIRTH"), s.host.told());
          assertTrue(s.node.isConnected());
        },
        "primary.host.id=scada");
  }

  private static void farewell(Codec codec) {
    on(
        codec,
        s -> {
          s.online();
          s.node.disconnect(0);
          assertEquals(List.of("NBIRTH", "NDEATH"), s.host.told());
          assertFalse(s.host.online());
        });
  }

  private static void confirmed(Codec codec) {
    on(
        codec,
        s -> {
          s.online();
          s.live("pump", 1, "flow=1");
          s.settle();
          assertTrue(s.outbox.contains("confirmed"));
          assertTrue(
              s.broker.calls.lastIndexOf("asked") > s.broker.calls.lastIndexOf("sent"),
              "not asked after the last message: " + s.broker.calls);
          byte[] row = s.row("pump", 2, "flow=2");
          s.broker.breakDown().run();
          s.settle();
          assertThrows(
              KuraNotConnectedException.class,
              () -> s.node.publish(s.node.rowTopic("pump"), row, 1, false));
        });
  }
}
