package org.penstock.flow.rules.language;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.Test;
import org.penstock.api.driver.ChannelState;
import org.penstock.api.driver.Quality;
import org.penstock.api.expression.Expression;
import org.penstock.flow.rules.language.Naive.Step;

/**
 * Random expressions over random histories, beside the {@link Naive} evaluator: values that are late,
 * missing, bad or doubtful, and restarts in between. If deleted: a window could drift from what it says.
 */
class MeaningTest {

  private static final int EXPRESSIONS = 2400;
  private static final int STEPS = 24;
  private static final long BEGIN = 1_700_000_000_000L;
  private static final Map<String, DataType> TYPES =
      Map.of(
          "t/a", DataType.DOUBLE,
          "t/b", DataType.INTEGER,
          "t/c", DataType.BOOLEAN,
          "t/d", DataType.BOOLEAN,
          "t/s", DataType.STRING);

  /** Makes expressions of a type. */
  private static final class Author {
    private final Random random;

    Author(Random random) {
      this.random = random;
    }

    private String one(String... choices) {
      return choices[random.nextInt(choices.length)];
    }

    String truth(int depth) {
      if (depth == 0) {
        return one("t/c", "t/d", "true", "good(t/a)", "bad(t/b)", "t/a > 3", "t/b == 2");
      }
      int next = depth - 1;
      return switch (random.nextInt(14)) {
        case 0 -> "(" + truth(next) + one(" && ", " and ") + truth(next) + ")";
        case 1 -> "(" + truth(next) + one(" || ", " or ") + truth(next) + ")";
        case 2 -> one("!", "not ") + "(" + truth(next) + ")";
        case 3, 4 ->
            number(next) + one(" < ", " <= ", " > ", " >= ", " == ", " != ") + number(next);
        case 5 -> text() + one(" == ", " != ", " < ") + text();
        case 6 -> number(next) + " in (1, 2.5, " + number(0) + ")";
        case 7 -> "held(%s, %s)".formatted(truth(next), span());
        case 8 -> "lingers(%s, %s)".formatted(truth(next), span());
        case 9 -> one("rises", "falls", "changed") + "(" + truth(next) + ")";
        case 10 -> "hysteresis(%s, %s)".formatted(number(next), one("4, 2", "2, 4", "0, -3"));
        case 11 -> "absent(%s, %s)".formatted(one("t/a", "t/b", "t/s"), span());
        case 12 ->
            "%s(%s, %s, %s)"
                .formatted(one("sequence", "missing"), truth(next), truth(next), span());
        default -> "changed(" + number(next) + ", 1.5)";
      };
    }

    String number(int depth) {
      if (depth == 0) {
        return one("t/a", "t/b", "2", "0", "3.5", "length(t/s)");
      }
      int next = depth - 1;
      return switch (random.nextInt(8)) {
        case 0, 1 ->
            "(" + number(next) + one(" + ", " - ", " * ", " / ", " % ") + number(next) + ")";
        case 2 -> "(" + truth(next) + " ? " + number(next) + " : " + number(next) + ")";
        case 3 -> "orElse(" + number(next) + ", " + number(next) + ")";
        case 4 -> "deadband(" + number(next) + ", 1)";
        case 5 -> "count(good(t/a) && " + truth(next) + ", " + window() + ")";
        case 6 ->
            "percentile(t/b + "
                + number(next)
                + ", "
                + one("0", "50", "90", "100")
                + ", "
                + window()
                + ")";
        default ->
            one("sum", "avg", "min", "max", "stddev", "delta", "rate", "first", "count")
                + "(0 * t/b + "
                + number(next)
                + ", "
                + window()
                + ")";
      };
    }

    private String text() {
      return one("t/s", "\"x\"", "'yy'", "t/s + \"z\"");
    }

    private String span() {
      return one("1 s", "1500ms", "3 s", "1 min");
    }

    private String window() {
      return one("2 s", "5 s", "every 2 s", "every 3 s, late 1 s", "every 2 s, late 4 s");
    }
  }

  private static List<Step> history(Random random) {
    List<Step> steps = new ArrayList<>();
    Map<String, ChannelState> states = new HashMap<>();
    long now = BEGIN + random.nextInt(5000);
    for (int i = 0; i < STEPS; i++) {
      for (String name : List.of("t/a", "t/b", "t/c", "t/d", "t/s")) {
        if (random.nextInt(3) == 0) {
          long at = now - (random.nextInt(4) == 0 ? random.nextInt(3000) : 0);
          states.put(name, state(random, TYPES.get(name), Instant.ofEpochMilli(at)));
        }
      }
      steps.add(new Step(now, Map.copyOf(states)));
      now += random.nextInt(10) == 0 ? 7000 : random.nextInt(1200);
    }
    return steps;
  }

  private static ChannelState state(Random random, DataType type, Instant at) {
    TypedValue<?> value =
        switch (type) {
          case DOUBLE -> TypedValues.newDoubleValue(random.nextInt(60) / 8.0 - 1);
          case INTEGER -> TypedValues.newIntegerValue(random.nextInt(6));
          case BOOLEAN -> TypedValues.newBooleanValue(random.nextBoolean());
          default -> TypedValues.newStringValue("xyz".substring(0, random.nextInt(4)));
        };
    Quality quality =
        switch (random.nextInt(8)) {
          case 0 -> Quality.bad("no answer");
          case 1 -> Quality.uncertain("old");
          default -> Quality.GOOD;
        };
    return new ChannelState(quality, at, Optional.of(value), Optional.of(at));
  }

  @Test
  void randomExpressionsMeanWhatTheNaiveEvaluatorSays() throws Exception {
    Language language = new Language();
    int good = 0;
    for (int seed = 0; seed < EXPRESSIONS; seed++) {
      Random random = new Random(seed);
      Author author = new Author(random);
      boolean truth = random.nextBoolean();
      String text = truth ? author.truth(3) : author.number(3);
      List<Step> steps = history(random);
      Naive naive = new Naive(steps);
      Node tree = Parser.parse(text);
      DataType type = truth ? DataType.BOOLEAN : DataType.DOUBLE;
      Program program = language.compile(text, type, name -> Optional.ofNullable(TYPES.get(name)));
      for (int i = 0; i < STEPS; i++) {
        Step step = steps.get(i);
        Expression.Result result =
            program.evaluate(
                name -> Optional.ofNullable(step.states().get(name)),
                Instant.ofEpochMilli(step.now()));
        Object expected = naive.value(tree, i);
        String place = "seed %d, step %d: %s gave %s".formatted(seed, i, text, result);
        assertEquals(expected == null, result.value().isEmpty(), () -> place + " not " + expected);
        if (expected instanceof Number number) {
          double real = (Double) result.value().orElseThrow().getValue();
          double tolerance = 1e-9 * Math.max(1, Math.abs(real));
          assertEquals(number.doubleValue(), real, tolerance, place);
        } else if (expected != null) {
          assertEquals(expected, result.value().orElseThrow().getValue(), place);
        }
        good += expected == null ? 0 : 1;
      }
    }
    assertTrue(good > EXPRESSIONS * STEPS / 3, "too few values: " + good);
  }

  @Test
  void aRestartInBetweenChangesNothing() throws Exception {
    Language language = new Language();
    for (int seed = 0; seed < EXPRESSIONS / 6; seed++) {
      Random random = new Random(seed);
      String text = new Author(random).truth(3);
      List<Step> steps = history(random);
      Program whole =
          language.compile(text, DataType.BOOLEAN, name -> Optional.ofNullable(TYPES.get(name)));
      Program before =
          language.compile(text, DataType.BOOLEAN, name -> Optional.ofNullable(TYPES.get(name)));
      int cut = STEPS / 2;
      for (int i = 0; i < cut; i++) {
        step(whole, steps.get(i));
        step(before, steps.get(i));
      }
      byte[] saved = before.save();
      Program after =
          language.compile(text, DataType.BOOLEAN, name -> Optional.ofNullable(TYPES.get(name)));
      after.load(saved);
      assertArrayEquals(saved, after.save(), text);
    }
  }

  private static Expression.Result step(Program program, Step step) {
    return program.evaluate(
        name -> Optional.ofNullable(step.states().get(name)), Instant.ofEpochMilli(step.now()));
  }

  /** What the engine relies on: nothing changes between evaluations before {@code due}. */
  @Test
  void nothingChangesByTimeBeforeItIsDue() throws Exception {
    Language language = new Language();
    for (int seed = 0; seed < EXPRESSIONS / 6; seed++) {
      Random random = new Random(seed);
      String text = new Author(random).truth(2);
      List<Step> steps = history(random);
      Program program =
          language.compile(text, DataType.BOOLEAN, name -> Optional.ofNullable(TYPES.get(name)));
      for (Step step : steps) {
        Expression.Result result = step(program, step);
        long due = program.due();
        long later = Math.min(due - 1, step.now() + 500);
        if (later > step.now()) {
          Expression.Result still = step(program, new Step(later, step.states()));
          assertEquals(result.value(), still.value(), "seed " + seed + ": " + text);
        }
      }
    }
  }
}
