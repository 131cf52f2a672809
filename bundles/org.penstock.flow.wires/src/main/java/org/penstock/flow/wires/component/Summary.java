package org.penstock.flow.wires.component;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;

/** What numbers come to, one after the other in constant space. Not thread safe. */
final class Summary {

  /** What can be asked; the name in lower case is the suffix of the emitted key. */
  enum Function {
    COUNT,
    MIN,
    MAX,
    MEAN,
    SUM,
    FIRST,
    LAST,
    DEVIATION;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final double[] held = new double[7];
  private static final int COUNT = 0;
  private static final int MIN = 1;
  private static final int MAX = 2;
  private static final int SUM = 3;
  private static final int FIRST = 4;
  private static final int LAST = 5;
  private static final int SQUARES = 6;

  /**
   * Reads names with commas between them.
   *
   * @throws IllegalArgumentException with what is allowed
   */
  static List<Function> functions(String text) {
    List<Function> read = new ArrayList<>();
    for (String name : text.split(",")) {
      Function found =
          Arrays.stream(Function.values())
              .filter(one -> one.toString().equals(name.strip().toLowerCase(Locale.ROOT)))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "%s has '%s', must be of %s"
                              .formatted(
                                  AggregateConfig.FUNCTIONS,
                                  name.strip(),
                                  Arrays.toString(Function.values()))));
      if (!read.contains(found)) {
        read.add(found);
      }
    }
    return List.copyOf(read);
  }

  /** Welford's way, so that large values with small changes keep their deviation. */
  void add(double value) {
    double count = ++held[COUNT];
    double meanBefore = count == 1 ? value : (held[SUM]) / (count - 1);
    held[MIN] = count == 1 ? value : Math.min(held[MIN], value);
    held[MAX] = count == 1 ? value : Math.max(held[MAX], value);
    held[SUM] += value;
    held[FIRST] = count == 1 ? value : held[FIRST];
    held[LAST] = value;
    held[SQUARES] += (value - meanBefore) * (value - held[SUM] / count);
  }

  TypedValue<?> get(Function function) {
    return switch (function) {
      case COUNT -> TypedValues.newLongValue((long) held[COUNT]);
      case MIN -> TypedValues.newDoubleValue(held[MIN]);
      case MAX -> TypedValues.newDoubleValue(held[MAX]);
      case MEAN -> TypedValues.newDoubleValue(held[SUM] / held[COUNT]);
      case SUM -> TypedValues.newDoubleValue(held[SUM]);
      case FIRST -> TypedValues.newDoubleValue(held[FIRST]);
      case LAST -> TypedValues.newDoubleValue(held[LAST]);
      case DEVIATION ->
          TypedValues.newDoubleValue(
              held[COUNT] < 2 ? 0 : Math.sqrt(Math.max(0, held[SQUARES]) / (held[COUNT] - 1)));
    };
  }
}
