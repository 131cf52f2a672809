package org.penstock.cloud.connection.sparkplug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.penstock.test.sparkplug.Codec;

/**
 * Each rule of the specification holds, and its test fails when the edge node breaks the rule:
 * mutants are compiled here from the sources. Without it a host could lose track of the gateway.
 */
class EdgeNodeTest {

  /**
   * A change of a source that breaks a rule.
   *
   * @param found what the failing assertion of the rule says
   */
  private record Mutation(String rule, String file, String from, String to, String found) {}

  private static final List<Mutation> MUTATIONS =
      List.of(
          new Mutation(
              "births come first",
              "EdgeNode",
              "if (device.alive()) {",
              "if (false) {",
              "<[NBIRTH]>"),
          new Mutation(
              "births come first",
              "Session",
              "publish(topic, payload, 0, false)",
              "publish(topic, payload, 1, false)",
              "NBIRTH has QoS 1"),
          new Mutation(
              "births come first",
              "Session",
              "publish(topic, payload, 0, false)",
              "publish(topic, payload, 0, true)",
              "NBIRTH is retained"),
          new Mutation(
              "seq", "EdgeNode", "NUMBERS = 256", "NUMBERS = 255", "DDATA has seq 0 after 254"),
          new Mutation("seq", "EdgeNode", "    seq = 0;\n", "", "NBIRTH does not begin with seq 0"),
          new Mutation(
              "bdSeq",
              "BirthNumber",
              "NUMBERS = 256",
              "NUMBERS = 255",
              "expected: <255> but was: <0>"),
          new Mutation(
              "bdSeq",
              "BirthNumber",
              "storage.replace(file,",
              "storage.replace(file.resolveSibling(\"x\"),",
              "expected: <2> but was: <0>"),
          new Mutation(
              "late will",
              "EdgeNode",
              "    bdSeq = number;\n",
              "",
              "expected: <true> but was: <false>"),
          new Mutation(
              "aliases", "EdgeNode", "nextAlias++", "nextAlias", "expected: <5> but was: <1>"),
          new Mutation(
              "aliases",
              "MetricGroup",
              "typed.asData(alias, old)",
              "typed.withAlias(alias)",
              "data with alias carry a name, too: flow"),
          new Mutation(
              "names",
              "EdgeNode",
              "return aliased ? nextAlias++ : -1;",
              "return nextAlias++;",
              "expected: <-1> but was: <2>"),
          new Mutation(
              "DDEATH",
              "EdgeNode",
              "boolean dies = present",
              "boolean dies = false",
              "was: <[NBIRTH, DBIRTH pump, DDATA pump, DDATA pump]>"),
          new Mutation(
              "DDEATH",
              "EdgeNode",
              "if (!device.isEmpty() && !group.born()",
              "if (false",
              "DDEATH pump, DBIRTH pump, DDEATH pump]>"),
          new Mutation(
              "DDEATH",
              "EdgeNode",
              "      group.forget();\n    } else if",
              "    } else if",
              "was: <[NBIRTH, DBIRTH pump, DDEATH pump, DDEATH pump]>"),
          new Mutation(
              "quality",
              "EdgeNode",
              "sample.isBad()",
              "false",
              "expected: <null bad> but was: <null>"),
          new Mutation(
              "new metric",
              "EdgeNode",
              "if (!group.covers(row.metrics()))",
              "if (group.born() && !group.covers(row.metrics())) { return; } if (!group.born())",
              "was: <[NBIRTH, DBIRTH pump]>"),
          new Mutation(
              "new type",
              "MetricGroup",
              "before.type() == m.type()",
              "true",
              "expected: <Double> but was: <Int32>"),
          new Mutation(
              "node metrics",
              "EdgeNode",
              "metrics.addAll(own.birth(row));",
              "own.birth(row);",
              "expected: <1> but was: <null>"),
          new Mutation(
              "rebirth",
              "Session",
              "        node.rebirth();\n",
              "        if (node == null) node.rebirth();\n",
              "was: <[]>"),
          new Mutation(
              "rebirth",
              "Session",
              "Boolean.TRUE.equals(m.value())",
              "true",
              "expected: <2> but was: <4>"),
          new Mutation(
              "rebirth",
              "EdgeNode",
              "metric.alias() == REBIRTH_ALIAS",
              "false",
              "expected: <6> but was: <4>"),
          new Mutation(
              "DCMD",
              "Session",
              "transport.subscribe(topics.own(Topics.DCMD) + \"/#\", 1);",
              "",
              "was: <[]>"),
          new Mutation(
              "DCMD",
              "MetricGroup",
              "candidate.alias() == command.alias()",
              "false",
              "was: <[pump/level DOUBLE 1.5]>"),
          new Mutation(
              "history",
              "MetricGroup",
              "boolean old = rowNumber < before.row() || rowNumber == 0;",
              "boolean old = false;",
              "was: <[2 false, 3 false, 4 false, 5 false, 7 false, 8 false]>"),
          new Mutation(
              "history",
              "MetricGroup",
              "boolean old = rowNumber < before.row() || rowNumber == 0;",
              "boolean old = true;",
              "was: <[2 true, 3 true, 4 true, 5 true, 7 true, 8 true]>"),
          new Mutation(
              "history",
              "MetricGroup",
              "rowNumber == 0 || rowNumber != before.row()",
              "true",
              "was: <[1 false, 2 true,"),
          new Mutation(
              "earlier run",
              "EdgeNode",
              "present ? row.seq() : 0",
              "row.seq()",
              "was: <[2 false, 3 false, 4 false]>"),
          new Mutation(
              "newest first",
              "MetricGroup",
              "if (rowNumber > before.row()) {",
              "if (false) {",
              "expected: <3> but was: <2>"),
          new Mutation(
              "primary host",
              "Session",
              "      if (topics.host().isEmpty()) {\n        beBorn();",
              "      if (true) {\n        transport.subscribe(topics.state(), 1);\n        beBorn();",
              "expected: <[]> but was: <[NBIRTH, DBIRTH pump]>"),
          new Mutation(
              "primary host leaves",
              "Session",
              "if (!host.online()) {",
              "if (false) {",
              "was: <[NBIRTH, NBIRTH]>"),
          new Mutation(
              "primary host leaves",
              "Session",
              "    transport.disconnect(LAST_WORDS_MS);\n    next(transport);",
              "    transport.disconnect(LAST_WORDS_MS);",
              "expected: <true> but was: <false>"),
          new Mutation(
              "old STATE", "HostState", "timestamp < since", "false", "was: <[NBIRTH, NDEATH]>"),
          new Mutation(
              "farewell",
              "Session",
              "    die();\n    birth.get()",
              "    birth.get()",
              "was: <[NBIRTH]>"),
          new Mutation(
              "confirmed",
              "Confirmations",
              "service.get().unsubscribe(question);",
              "if (service.isEmpty()) service.get().unsubscribe(question);",
              "not asked after the last message"));

  private static Codec codec;

  @BeforeAll
  static void open() {
    codec = new Codec();
  }

  @AfterAll
  static void close() {
    codec.close();
  }

  @TestFactory
  List<DynamicTest> rulesHold() {
    return EdgeNodeRules.all().keySet().stream()
        .map(rule -> DynamicTest.dynamicTest(rule, () -> EdgeNodeRules.check(rule, codec)))
        .toList();
  }

  @Test
  void everyRuleHasAMutation() {
    Set<String> mutated = new TreeSet<>();
    MUTATIONS.forEach(m -> mutated.add(m.rule()));
    assertEquals(EdgeNodeRules.all().keySet(), mutated);
  }

  @TestFactory
  List<DynamicTest> mutantsAreFound() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Mutation mutation : MUTATIONS) {
      tests.add(
          DynamicTest.dynamicTest(
              mutation.rule() + ": " + mutation.file() + " " + mutation.to().strip(),
              () -> isFoundBy(mutation)));
    }
    return tests;
  }

  /** An assertion of the rule itself fails: a mutant that only crashes or hangs shows nothing. */
  private static void isFoundBy(Mutation mutation) throws Exception {
    ClassLoader loader = new MutantLoader(mutation.file(), source -> mutated(source, mutation));
    Throwable found = null;
    try {
      loader
          .loadClass(EdgeNodeRules.class.getName())
          .getMethod("check", String.class, Codec.class)
          .invoke(null, mutation.rule(), codec);
    } catch (InvocationTargetException e) {
      found = e.getCause();
    }
    assertInstanceOf(AssertionError.class, found, "the mutant lives, or crashes: " + mutation);
    assertTrue(String.valueOf(found.getMessage()).contains(mutation.found()), found.toString());
  }

  private static String mutated(String source, Mutation mutation) {
    String mutant = source.replace(mutation.from(), mutation.to());
    assertTrue(!mutant.equals(source), "the source no longer has: " + mutation.from());
    return mutant;
  }
}
