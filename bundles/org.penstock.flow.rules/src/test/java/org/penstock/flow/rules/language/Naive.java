package org.penstock.flow.rules.language;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.penstock.api.driver.ChannelState;
import org.penstock.api.driver.Quality;

/**
 * What the language means, said as plainly as possible: each value is worked out anew from all that
 * has happened. Slow, without state; null is "bad".
 */
final class Naive {

  /** One look at the channels. */
  record Step(long now, Map<String, ChannelState> states) {}

  /** A window's value and its time. */
  private record Sample(long time, double value) {}

  private final List<Step> steps;

  Naive(List<Step> steps) {
    this.steps = steps;
  }

  private long now(int i) {
    return steps.get(i).now();
  }

  /** The value at a step: Boolean, Long, Double, String, or null. */
  Object value(Node node, int i) {
    if (node instanceof Node.Literal literal) {
      return literal.value();
    }
    if (node instanceof Node.Reference reference) {
      return reference(reference, i);
    }
    if (node instanceof Node.Unary unary) {
      Object operand = value(unary.operand(), i);
      if (operand == null) {
        return null;
      }
      if (operand instanceof Boolean flag) {
        return !flag;
      }
      return operand instanceof Long whole ? (Object) (-whole) : (Object) (-(Double) operand);
    }
    if (node instanceof Node.Choice choice) {
      Object condition = value(choice.condition(), i);
      return condition == null
          ? null
          : value((Boolean) condition ? choice.then() : choice.otherwise(), i);
    }
    if (node instanceof Node.OneOf oneOf) {
      for (Node member : oneOf.members()) {
        Object same = binary("==", oneOf.value(), member, i);
        if (same == null || (Boolean) same) {
          return same;
        }
      }
      return false;
    }
    if (node instanceof Node.Binary binary) {
      return binary(binary.operator(), binary.left(), binary.right(), i);
    }
    return call((Node.Call) node, i);
  }

  private Object reference(Node.Reference reference, int i) {
    ChannelState state = steps.get(i).states().get(reference.name());
    if (state == null || state.quality().level() == Quality.Level.BAD) {
      return null;
    }
    Object value = state.lastGood().orElseThrow().getValue();
    return value instanceof Integer whole ? (Object) Long.valueOf(whole) : value;
  }

  private Object binary(String operator, Node leftNode, Node rightNode, int i) {
    Object left = value(leftNode, i);
    if (left == null) {
      return null;
    }
    if (operator.equals("&&") && !(Boolean) left || operator.equals("||") && (Boolean) left) {
      return left;
    }
    Object right = value(rightNode, i);
    if (right == null || operator.equals("&&") || operator.equals("||")) {
      return right;
    }
    if (left instanceof String && operator.equals("+")) {
      return left + (String) right;
    }
    if (left instanceof Boolean || left instanceof String) {
      int order = left.equals(right) ? 0 : left.toString().compareTo(right.toString());
      return compared(operator, order);
    }
    if ("+-*%".contains(operator) && left instanceof Long a && right instanceof Long b) {
      return switch (operator) {
        case "+" -> a + b;
        case "-" -> a - b;
        case "*" -> a * b;
        default -> b == 0 ? null : (Object) (a % b);
      };
    }
    double a = ((Number) left).doubleValue();
    double b = ((Number) right).doubleValue();
    return switch (operator) {
      case "+" -> a + b;
      case "-" -> a - b;
      case "*" -> a * b;
      case "/" -> b == 0 ? null : (Object) (a / b);
      case "%" -> b == 0 ? null : (Object) (a % b);
      default -> compared(operator, a < b ? -1 : a > b ? 1 : 0);
    };
  }

  private static boolean compared(String operator, int order) {
    return switch (operator) {
      case "==" -> order == 0;
      case "!=" -> order != 0;
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }

  private Object call(Node.Call call, int i) {
    List<Node> args = call.arguments();
    return switch (call.name()) {
      case "good", "bad" -> {
        ChannelState state = steps.get(i).states().get(((Node.Reference) args.get(0)).name());
        boolean good = state != null && state.quality().level() == Quality.Level.GOOD;
        boolean bad = state == null || state.quality().level() == Quality.Level.BAD;
        yield call.name().equals("good") ? good : bad;
      }
      case "orElse" -> {
        Object value = value(args.get(0), i);
        yield value == null ? value(args.get(1), i) : value;
      }
      case "length" -> {
        Object text = value(args.get(0), i);
        yield text == null ? null : (Object) (long) ((String) text).length();
      }
      case "held" -> held(args.get(0), span(args.get(1)), i);
      case "lingers" -> lingers(args.get(0), span(args.get(1)), i);
      case "rises", "falls", "changed" -> edge(call, i);
      case "hysteresis" -> hysteresis(args, i);
      case "deadband" -> deadband(args, i);
      case "absent" -> absent(args, i);
      case "sequence", "missing" -> sequence(call, i);
      default -> window(call, i);
    };
  }

  private static long span(Node node) {
    Node inside = node instanceof Node.Mark mark ? mark.span() : node;
    return (Long) ((Node.Literal) inside).value();
  }

  private Object held(Node condition, long span, int i) {
    if (value(condition, i) == null) {
      return null;
    }
    int first = i + 1;
    while (first > 0 && Boolean.TRUE.equals(value(condition, first - 1))) {
      first--;
    }
    return first <= i && now(i) - now(first) >= span;
  }

  private Object lingers(Node condition, long span, int i) {
    Object value = value(condition, i);
    if (value == null || (Boolean) value) {
      return value;
    }
    for (int j = i - 1; j >= 0; j--) {
      if (Boolean.TRUE.equals(value(condition, j))) {
        return now(i) - now(j) < span;
      }
    }
    return false;
  }

  private static double number(Object value) {
    return value instanceof Boolean flag ? (flag ? 1 : 0) : ((Number) value).doubleValue();
  }

  private static double literal(Node node) {
    return node instanceof Node.Unary minus
        ? -number(((Node.Literal) minus.operand()).value())
        : number(((Node.Literal) node).value());
  }

  private Object edge(Node.Call call, int i) {
    double band = call.arguments().size() == 2 ? literal(call.arguments().get(1)) : 0;
    Double last = null;
    Object fired = null;
    for (int j = 0; j <= i; j++) {
      Object value = value(call.arguments().get(0), j);
      fired = null;
      if (value != null) {
        double now = number(value);
        fired =
            last != null
                && switch (call.name()) {
                  case "rises" -> now > last;
                  case "falls" -> now < last;
                  default -> Math.abs(now - last) > band;
                };
        boolean follows = last == null || !call.name().equals("changed") || (Boolean) fired;
        last = follows ? (Double) now : last;
      }
    }
    return fired;
  }

  private Object hysteresis(List<Node> args, int i) {
    double on = literal(args.get(1));
    double off = literal(args.get(2));
    boolean active = false;
    for (int j = 0; j <= i; j++) {
      Object value = value(args.get(0), j);
      if (value != null) {
        double now = number(value);
        if (on >= off) {
          active = now >= on || active && now > off;
        } else {
          active = now <= on || active && now < off;
        }
      }
    }
    return value(args.get(0), i) == null ? null : active;
  }

  private Object deadband(List<Node> args, int i) {
    double width = literal(args.get(1));
    Double held = null;
    for (int j = 0; j <= i; j++) {
      Object value = value(args.get(0), j);
      if (value != null && (held == null || Math.abs(number(value) - held) > width)) {
        held = number(value);
      }
    }
    return value(args.get(0), i) == null ? null : held;
  }

  private Object absent(List<Node> args, int i) {
    String name = ((Node.Reference) args.get(0)).name();
    long since = now(0);
    boolean ever = false;
    for (int j = 0; j <= i; j++) {
      ChannelState state = steps.get(j).states().get(name);
      if (state != null && state.quality().level() != Quality.Level.BAD) {
        long at = state.at().toEpochMilli();
        since = ever || j > 0 ? Math.max(since, at) : at;
        ever = true;
      }
    }
    return now(i) - since >= span(args.get(1));
  }

  private Object sequence(Node.Call call, int i) {
    long span = span(call.arguments().get(2));
    boolean absent = call.name().equals("missing");
    boolean fired = false;
    Boolean lastA = false;
    Boolean lastB = false;
    Long armed = null;
    for (int j = 0; j <= i; j++) {
      Boolean a = (Boolean) value(call.arguments().get(0), j);
      Boolean b = (Boolean) value(call.arguments().get(1), j);
      fired = false;
      if (armed != null && absent && now(j) >= armed + span) {
        fired = true;
        armed = null;
      }
      boolean secondRises = b != null && b && !lastB;
      if (armed != null && secondRises) {
        fired = !absent && now(j) <= armed + span;
        armed = null;
      }
      if (a != null && a && !lastA) {
        armed = now(j);
      }
      lastA = a == null ? lastA : a;
      lastB = b == null ? lastB : b;
    }
    return fired;
  }

  private Set<String> names(Node node) {
    Set<String> names = new TreeSet<>();
    if (node instanceof Node.Reference reference) {
      names.add(reference.name());
    } else if (node instanceof Node.Unary unary) {
      names.addAll(names(unary.operand()));
    } else if (node instanceof Node.Binary binary) {
      names.addAll(names(binary.left()));
      names.addAll(names(binary.right()));
    } else if (node instanceof Node.Choice choice) {
      names.addAll(names(choice.condition()));
      names.addAll(names(choice.then()));
      names.addAll(names(choice.otherwise()));
    } else if (node instanceof Node.OneOf oneOf) {
      names.addAll(names(oneOf.value()));
      oneOf.members().forEach(member -> names.addAll(names(member)));
    } else if (node instanceof Node.Call call) {
      call.arguments().forEach(argument -> names.addAll(names(argument)));
    }
    return names;
  }

  /** What came at a step, with its time; null when nothing did. */
  private Sample sample(Node node, int j) {
    Set<String> names = names(node);
    boolean fresh = j == 0;
    long time = Long.MIN_VALUE;
    for (String name : names) {
      ChannelState state = steps.get(j).states().get(name);
      fresh |= j > 0 && state != null && !state.equals(steps.get(j - 1).states().get(name));
      time = state == null ? time : Math.max(time, state.at().toEpochMilli());
    }
    Object value = value(node, j);
    return fresh && value != null ? new Sample(time, number(value)) : null;
  }

  private static long floor(long value, long span) {
    return Math.floorDiv(value, span) * span;
  }

  private Object window(Node.Call call, int i) {
    List<Node> args = call.arguments();
    int at = call.name().equals("percentile") ? 2 : 1;
    long span = span(args.get(at));
    boolean every = args.get(at) instanceof Node.Mark;
    long late = args.size() > at + 1 ? span(args.get(at + 1)) : 0;
    long end = floor(now(i) - late, span);
    if (every && end <= floor(now(0) - late, span)) {
      return null;
    }
    List<Sample> inside = new ArrayList<>();
    for (int j = 0; j <= i; j++) {
      Sample sample = sample(args.get(0), j);
      if (sample == null || call.name().equals("count") && sample.value() == 0) {
        continue;
      }
      boolean counts =
          every
              ? sample.time() >= end - span
                  && sample.time() < end
                  && sample.time() >= floor(now(j) - late, span)
              : sample.time() > now(j) - span && sample.time() > now(i) - span;
      if (counts) {
        inside.add(sample);
      }
    }
    inside.sort(Comparator.comparingLong(Sample::time));
    return aggregate(call.name(), inside, at == 2 ? literal(args.get(1)) : 0);
  }

  private static Object aggregate(String name, List<Sample> inside, double percent) {
    double[] values = inside.stream().mapToDouble(Sample::value).toArray();
    int n = values.length;
    if (name.equals("count")) {
      return (long) n;
    }
    double sum = java.util.Arrays.stream(values).sum();
    if (name.equals("sum")) {
      return sum;
    }
    if (n == 0) {
      return null;
    }
    double mean = sum / n;
    long time = inside.get(n - 1).time() - inside.get(0).time();
    double[] sorted = values.clone();
    java.util.Arrays.sort(sorted);
    return switch (name) {
      case "avg" -> mean;
      case "min" -> sorted[0];
      case "max" -> sorted[n - 1];
      case "first" -> values[0];
      case "delta" -> values[n - 1] - values[0];
      case "rate" -> time == 0 ? null : (Object) ((values[n - 1] - values[0]) / (time / 1000.0));
      case "percentile" -> {
        int rank = 0;
        while (rank < n - 1 && (rank + 1) * 100.0 / n < percent - 1e-9) {
          rank++;
        }
        yield sorted[rank];
      }
      default ->
          Math.sqrt(java.util.Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / n);
    };
  }
}
