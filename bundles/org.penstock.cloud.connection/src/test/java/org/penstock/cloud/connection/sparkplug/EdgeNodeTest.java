package org.penstock.cloud.connection.sparkplug;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

  /** A change of a source that breaks a rule. */
  private record Mutation(String rule, String file, String from, String to) {}

  private static final List<Mutation> MUTATIONS =
      List.of(
          new Mutation("births come first", "EdgeNode", "if (device.alive()) {", "if (false) {"),
          new Mutation(
              "births come first",
              "Session",
              "publish(topic, payload, 0, false)",
              "publish(topic, payload, 1, false)"),
          new Mutation(
              "births come first",
              "Session",
              "publish(topic, payload, 0, false)",
              "publish(topic, payload, 0, true)"),
          new Mutation("seq", "EdgeNode", "NUMBERS = 256", "NUMBERS = 255"),
          new Mutation("seq", "EdgeNode", "    seq = 0;\n", ""),
          new Mutation("bdSeq", "BirthNumber", "NUMBERS = 256", "NUMBERS = 255"),
          new Mutation(
              "bdSeq",
              "BirthNumber",
              "storage.replace(file,",
              "storage.replace(file.resolveSibling(\"x\"),"),
          new Mutation("late will", "EdgeNode", "    bdSeq = number;\n", ""),
          new Mutation("aliases", "EdgeNode", "nextAlias++", "nextAlias"),
          new Mutation(
              "aliases", "MetricGroup", "typed.asData(alias, old)", "typed.withAlias(alias)"),
          new Mutation(
              "names", "EdgeNode", "return aliased ? nextAlias++ : -1;", "return nextAlias++;"),
          new Mutation("DDEATH", "EdgeNode", "boolean dies = present", "boolean dies = false"),
          new Mutation("DDEATH", "EdgeNode", "if (!device.isEmpty() && !group.born()", "if (false"),
          new Mutation(
              "DDEATH", "EdgeNode", "      group.forget();\n    } else if", "    } else if"),
          new Mutation("quality", "EdgeNode", "!sample.isGood()", "false"),
          new Mutation(
              "new metric", "EdgeNode", "if (!group.covers(row.metrics()))", "if (!group.born())"),
          new Mutation("new type", "MetricGroup", "before.type() == m.type()", "true"),
          new Mutation(
              "node metrics", "EdgeNode", "metrics.addAll(own.birth(row));", "own.birth(row);"),
          new Mutation(
              "rebirth",
              "Session",
              "        node.rebirth();\n",
              "        if (node == null) node.rebirth();\n"),
          new Mutation("rebirth", "Session", "Boolean.TRUE.equals(m.value())", "true"),
          new Mutation("rebirth", "EdgeNode", "metric.alias() == REBIRTH_ALIAS", "false"),
          new Mutation(
              "DCMD", "Session", "transport.subscribe(topics.own(Topics.DCMD) + \"/#\", 1);", ""),
          new Mutation("DCMD", "MetricGroup", "candidate.alias() == command.alias()", "false"),
          new Mutation(
              "history",
              "MetricGroup",
              "boolean old = rowNumber < before.row() || rowNumber == 0;",
              "boolean old = false;"),
          new Mutation(
              "history",
              "MetricGroup",
              "boolean old = rowNumber < before.row() || rowNumber == 0;",
              "boolean old = true;"),
          new Mutation(
              "history", "MetricGroup", "rowNumber == 0 || rowNumber != before.row()", "true"),
          new Mutation("earlier run", "EdgeNode", "present ? row.seq() : 0", "row.seq()"),
          new Mutation(
              "newest first", "MetricGroup", "if (rowNumber > before.row()) {", "if (false) {"),
          new Mutation(
              "primary host",
              "Session",
              "      if (topics.host().isEmpty()) {\n        beBorn();",
              "      if (true) {\n        transport.subscribe(topics.state(), 1);\n        beBorn();"),
          new Mutation("primary host leaves", "Session", "if (!host.online()) {", "if (false) {"),
          new Mutation(
              "primary host leaves",
              "Session",
              "    transport.disconnect(LAST_WORDS_MS);\n    next(transport);",
              "    transport.disconnect(LAST_WORDS_MS);"),
          new Mutation("old STATE", "HostState", "timestamp < since", "false"),
          new Mutation("farewell", "Session", "    die();\n    birth.get()", "    birth.get()"),
          new Mutation(
              "confirmed",
              "Confirmations",
              "service.get().unsubscribe(question);",
              "if (service.isEmpty()) service.get().unsubscribe(question);"));

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
              () -> assertTrue(fails(mutation), "the mutant lives: " + mutation)));
    }
    return tests;
  }

  private static boolean fails(Mutation mutation) throws Exception {
    ClassLoader loader = new MutantLoader(mutation.file(), source -> mutated(source, mutation));
    try {
      loader
          .loadClass(EdgeNodeRules.class.getName())
          .getMethod("check", String.class, Codec.class)
          .invoke(null, mutation.rule(), codec);
      return false;
    } catch (InvocationTargetException e) {
      return true;
    }
  }

  private static String mutated(String source, Mutation mutation) {
    String mutant = source.replace(mutation.from(), mutation.to());
    assertTrue(!mutant.equals(source), "the source no longer has: " + mutation.from());
    return mutant;
  }
}
