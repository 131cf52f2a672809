package org.penstock.acceptance.inside.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.penstock.api.health.HealthState;
import org.penstock.api.health.HealthState.Level;

/**
 * Scripts that loop, fill memory or look for Java, as components of a graph on the assembled product.
 * Without it one of them could stop the flow beside it, or nobody would learn which limit ended it.
 */
class ScriptBombsTest extends Probed {

  private static final long MB = 1024 * 1024;
  private static final int LEAST = 3;

  /** On a busy machine the time may end a script before the limit that it is to meet. */
  private static final int MOST = 10;

  private static final String SHARE = "ran longer than 100 ms|used more than 32 MB";

  /** Each with a pattern of what the health page must say of it. */
  private static final String[][] BOMBS = {
    {"while (true) {}", "ran longer than 100 ms"},
    {"try { while (true) {} } finally { while (true) {} }", "ran longer than 100 ms"},
    {"while (true) { new Uint8Array(60000) }", "used more than 32 MB"},
    {"var o = {}; for (var i = 0; ; i++) o['k' + i] = { i: i }", SHARE},
    {"function f() { return f() + 1 } f()", "maximum stack depth|too deep"},
    {"function f(x) { return [x].map(f) } f(1)", "maximum stack depth|too deep"},
    {"var a = []; while (true) a.push([1, 2, 3])", "more than the 10000 allowed"},
    {"output = [{ s: newStringValue('x'.repeat(1 << 30)) }]", "more than the 65536 allowed"},
    {"var s = 'abcdefghijkl'; while (true) s += s", "more than the 65536 allowed"},
    {"new Array(4294967295).fill(0)", "more than the 10000 allowed"},
    {"/(a+)+b/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')", SHARE},
    {"output = [{ s: newStringValue(java.lang.System.getProperty('user.home')) }]", "\"java\""},
    {"new java.lang.Thread(function () {}).start(); output = input.records", "\"java\""},
    {"new Packages.java.io.File('/etc/passwd').length(); output = input.records", "Packages"},
    {"importClass(java.io.FileWriter); output = input.records", "importClass"},
    {"[].constructor.constructor('return java')().lang.Runtime; output = input.records", "line 1"},
    {"Function('return this')().java.lang.Runtime.getRuntime().exec('id')", "Function"}
  };

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private Board board() {
    Board board =
        new Board()
            .put(
                "sTimer",
                0,
                1,
                WIRE + "Timer",
                "simple.interval",
                50,
                "simple.time.unit",
                "MILLISECONDS")
            .probe(in)
            .probe(out)
            .probe(second)
            .wire("sTimer", "sOut");
    for (int i = 0; i < BOMBS.length; i++) {
      String pid = "sBomb" + i;
      board
          .put(pid, 1, 1, WIRE + "script.tools.FilterComponent", "script", BOMBS[i][0])
          .wire("sIn", pid)
          .wire(pid, "sSecond");
    }
    return board;
  }

  private final Set<Integer> named = new HashSet<>();

  @Test
  void theGraphGoesOnBesideBombsAndEachSaysWhichLimitEndedIt() throws Exception {
    board().apply();
    in.emit("x", 0);
    long before = used();
    int ticks = out.got().size();
    long began = System.nanoTime();
    int rounds = 0;
    Map<String, String> wrong = new LinkedHashMap<>();
    do {
      in.emit("x", rounds++);
      wrong.clear();
      for (int i = 0; i < BOMBS.length; i++) {
        HealthState health = Board.health("flow/script/sBomb" + i);
        assertEquals(Level.FAILED, health.level(), BOMBS[i][0]);
        if (Pattern.compile(BOMBS[i][1]).matcher(health.reason()).find()) {
          named.add(i);
        } else if (!named.contains(i)) {
          wrong.put(BOMBS[i][0], health.reason());
        }
      }
    } while (rounds < LEAST || !wrong.isEmpty() && rounds < MOST);
    long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    int beside = out.got().size() - ticks;
    assertEquals(Map.of(), wrong);
    assertEquals(List.of(), second.texts(), "emitted by bombs");
    assertTrue(tookMs < rounds * BOMBS.length * 200, tookMs + " ms");
    assertTrue(beside >= tookMs / 50 / 2, beside + " ticks of 50 ms within " + tookMs + " ms");
    assertTrue(used() - before < 64 * MB, (used() - before) / MB + " MB more are held");
    for (int i = 0; i < BOMBS.length; i++) {
      Board.update("sBomb" + i, "script", "output = input.records");
    }
    Board.await(
        () -> second.texts() + " are not all",
        () -> {
          in.emit("x", 8);
          return IntStream.range(0, BOMBS.length)
              .allMatch(i -> Board.health("flow/script/sBomb" + i).level() == Level.OK);
        });
  }

  /** Each run is within its share; what is kept of all of them would fill the heap. */
  @Test
  void aScriptThatKeepsMoreInEachRunLosesItsVariables() throws Exception {
    chain(
        WIRE + "script.tools.FilterComponent",
        "script",
        """
        var kept = kept || [];
        for (var i = 0; i < 20; i++) { kept.push(new Uint8Array(60000)) }
        output = [newWireRecord()];
        output[0].n = newIntegerValue(kept.length);
        """);
    try (LogLines log = new LogLines("Trouble")) {
      long before = used();
      for (int run = 0; run < 200; run++) {
        in.emit("x", run);
      }
      log.await("ERROR", "sUnder", "its variables are dropped, they held more than 8 MB");
      assertTrue(used() - before < 64 * MB, (used() - before) / MB + " MB more are held");
      long begun = out.texts().stream().filter("n=20"::equals).count();
      assertTrue(begun >= 5, "began afresh " + begun + " times: " + out.texts());
      assertTrue(out.got().size() >= 100, "goes on: " + out.got().size() + " of 200");
    }
  }
}
