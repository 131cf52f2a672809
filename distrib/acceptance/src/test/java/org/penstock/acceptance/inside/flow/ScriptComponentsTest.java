package org.penstock.acceptance.inside.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.api.health.HealthState.Level;

/** The rows of Kura's table of stock components that run scripts, on the assembled product. */
class ScriptComponentsTest extends Probed {

  private static final String COUNT =
      "var n = (n || 0) + 1; output = [newWireRecord()]; output[0].n = newIntegerValue(n);";

  /** Under its name and the one it had before Kura 6. */
  @ParameterizedTest
  @ValueSource(strings = {"script.tools.FilterComponent", "ScriptFilter"})
  void filterComponentEmitsTheListOutput(String factory) throws Exception {
    chain(
        WIRE + factory,
        "script",
        """
        var sum = sum || 0;
        output = new Array();
        for (var i = 0; i < input.records.length; i++) {
          sum = sum + input.records[i].n.getValue();
          var record = newWireRecord();
          record.sum = newLongValue(sum);
          output[i] = record;
        }
        if (sum > 10) { output = undefined }
        """);
    in.emit("n", 3);
    in.emit("n", 4);
    in.emit("n", 50);
    assertEquals(List.of("sum=3", "sum=7"), out.await(2).texts());
  }

  @Test
  void conditionalComponentForwardsByThenOrElse() throws Exception {
    new Board()
        .probe(in)
        .put(
            "sIf",
            1,
            2,
            WIRE + "script.tools.ConditionalComponent",
            "condition",
            "records[0].n.getValue() > 10")
        .probe(out)
        .probe(second)
        .wire("sIn", "sIf")
        .wire("sIf", 0, "sOut", 0)
        .wire("sIf", 1, "sSecond", 0)
        .apply();
    in.emit("n", 11);
    in.emit("n", 9);
    in.emit("other", 1);
    assertEquals(List.of("n=11"), out.await(1).texts());
    assertEquals(List.of("n=9"), second.await(1).texts());
  }

  /** A changed configuration keeps the variables, unless they are to be dropped. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void filterComponentDropsItsContextAsConfigured(boolean drop) throws Exception {
    chain(WIRE + "script.tools.FilterComponent", "script", COUNT, "script.context.drop", drop);
    in.emit("x", 1);
    in.emit("x", 1);
    assertEquals(List.of("n=1", "n=2"), out.await(2).texts());
    Board.update("sUnder", "script", COUNT + " output[0].c = newIntegerValue(2);");
    Board.await(
        () -> "" + out.texts(),
        () -> {
          in.emit("x", 1);
          return out.texts().stream().anyMatch(text -> text.startsWith("c=2"));
        });
    String first = out.texts().stream().filter(text -> text.startsWith("c=2")).findFirst().get();
    int before = (int) out.texts().stream().filter(text -> !text.startsWith("c=2")).count();
    assertEquals(drop ? "c=2 n=1" : "c=2 n=" + (before + 1), first);
  }

  /** What cannot be decided goes nowhere, says so, and what can be decided goes on afterwards. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | there is no condition",
        "'  ' | there is no condition",
        "'var a = 1;' | neither true nor false",
        "1 | neither true nor false",
        "'\"true\"' | neither true nor false",
        "'null' | neither true nor false",
        "'records[0].missing.getValue() > 1' | line 1"
      })
  void conditionalComponentPassesNothingWithoutABoolean(String condition, String reason)
      throws Exception {
    try (LogLines log = new LogLines("Trouble")) {
      new Board()
          .probe(in)
          .put(
              "sIf",
              1,
              2,
              WIRE + "script.tools.ConditionalComponent",
              "condition",
              condition.strip())
          .probe(out)
          .probe(second)
          .wire("sIn", "sIf")
          .wire("sIf", 0, "sOut", 0)
          .wire("sIf", 1, "sSecond", 0)
          .apply();
      in.emit("n", 1);
      log.await("ERROR", "sIf", reason);
      assertEquals(Level.FAILED, Board.health("flow/script/sIf").level());
      assertTrue(Board.health("flow/script/sIf").reason().contains(reason));
      Board.update("sIf", "condition", "records[0].n.getValue() > 1");
      Board.await(
          () -> "" + Board.health("flow/script/sIf"),
          () -> Board.health("flow/script/sIf").level() == Level.OK);
      in.emit("n", 2);
      in.emit("n", 0);
      assertEquals(List.of("n=2"), out.await(1).texts());
      assertEquals(List.of("n=0"), second.await(1).texts());
    }
  }
}
