package org.penstock.cloud.connection.form;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.penstock.api.driver.ChannelState;
import org.penstock.api.driver.Quality;
import org.penstock.api.expression.Expression;
import org.penstock.api.expression.ExpressionException;
import org.penstock.api.expression.Expressions;

/**
 * The expressions of one template, over the values of the message that is being made. Any thread may
 * call.
 */
public final class Formulas {

  private static final List<DataType> RESULTS =
      List.of(DataType.DOUBLE, DataType.BOOLEAN, DataType.STRING);

  private final Consumer<String> problems;
  private final Map<String, Expression> compiled = new HashMap<>();
  private final Set<String> failing = new HashSet<>();
  private Expressions language;

  /**
   * Without a language yet.
   *
   * @param problems hears why an expression has no value
   */
  public Formulas(Consumer<String> problems) {
    this.problems = problems;
  }

  /** The language from now on; null for none. */
  public synchronized void use(Expressions now) {
    language = now;
    compiled.clear();
    failing.clear();
  }

  /** The language goes. */
  public synchronized void leave(Expressions gone) {
    if (language == gone) {
      use(null);
    }
  }

  /** The value; empty when there is none, and then the reason has been told. */
  synchronized Optional<Object> value(String text, List<Sample> samples) {
    if (language == null) {
      return none(text, "${=%s} has no value: no expression language is installed".formatted(text));
    }
    Map<String, Sample> byName = new HashMap<>();
    samples.forEach(s -> byName.put(s.asset() + "/" + s.channel(), s));
    try {
      Expression expression = compiled.get(text);
      if (expression == null) {
        expression = compile(text, byName);
        compiled.put(text, expression);
      }
      Expression.Result result = expression.evaluate(n -> state(byName.get(n)), Instant.now());
      if (result.value().isEmpty()) {
        return none(text, "${=%s} has no value: %s".formatted(text, result.quality().reason()));
      }
      failing.remove(text);
      return result.value().map(TypedValue::getValue);
    } catch (ExpressionException e) {
      return none(
          text, "${=%s}, character %d: %s".formatted(text, e.position() + 1, e.getMessage()));
    }
  }

  private Optional<Object> none(String text, String reason) {
    if (failing.add(text)) {
      problems.accept(reason);
    }
    return Optional.empty();
  }

  /** An expression had no value when it was asked last. */
  public synchronized boolean failing() {
    return !failing.isEmpty();
  }

  /** A number if it can be one, else true or false, else text. */
  private Expression compile(String text, Map<String, Sample> byName) throws ExpressionException {
    ExpressionException first = null;
    for (DataType result : RESULTS) {
      try {
        return language.compile(text, result, name -> type(byName.get(name)));
      } catch (ExpressionException e) {
        first = first == null ? e : first;
      }
    }
    throw first;
  }

  private static Optional<DataType> type(Sample sample) {
    return typed(sample).map(TypedValue::getType);
  }

  private static Optional<TypedValue<?>> typed(Sample sample) {
    return sample == null || sample.value() == null
        ? Optional.empty()
        : Optional.of(TypedValues.newTypedValue(sample.value()));
  }

  private static Optional<ChannelState> state(Sample sample) {
    if (sample == null) {
      return Optional.empty();
    }
    Instant at = Instant.ofEpochMilli(sample.timestamp());
    Optional<TypedValue<?>> value = typed(sample);
    Quality quality = quality(sample);
    return Optional.of(new ChannelState(quality, at, value, value.map(v -> at)));
  }

  private static Quality quality(Sample sample) {
    if (sample.isGood()) {
      return Quality.GOOD;
    }
    return sample.isBad()
        ? Quality.bad("the device did not tell it")
        : Quality.uncertain("the asset is not certain of it");
  }
}
