package org.penstock.flow.rules.language;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.penstock.api.expression.ExpressionException;

/** The functions that remember, and those of time. */
final class Memory {

  private static final Set<String> WINDOWS =
      Set.of("count", "sum", "avg", "min", "max", "stddev", "percentile", "delta", "rate", "first");
  private static final long LONGEST = 31L * 24 * 3600 * 1000;
  private static final Set<Type> NUMBER = EnumSet.of(Type.REAL, Type.WHOLE);
  private static final Set<Type> TRUTH = EnumSet.of(Type.TRUTH);
  private static final Set<Type> EITHER = EnumSet.of(Type.WHOLE, Type.REAL, Type.TRUTH);

  private final Compiler compiler;
  private final Run run;

  Memory(Compiler compiler) {
    this.compiler = compiler;
    this.run = compiler.run();
  }

  /** A window, or null when it is none. */
  Code window(Node.Call call) throws ExpressionException {
    List<Node> args = call.arguments();
    boolean spans = args.stream().skip(1).anyMatch(Memory::isSpan);
    boolean scalar = (call.name().equals("min") || call.name().equals("max")) && !spans;
    if (!WINDOWS.contains(call.name()) || scalar) {
      return null;
    }
    Window.Aggregate aggregate = Window.Aggregate.valueOf(call.name().toUpperCase(Locale.ROOT));
    int at = aggregate == Window.Aggregate.PERCENTILE ? 2 : 1;
    if (args.size() <= at || args.size() > at + 2 || !isSpan(args.get(at))) {
      throw new ExpressionException(
          call.at(),
          "%s takes a value%s and a window: 10 s, every 1 min, or every 1 min, late 5 s"
              .formatted(call.name(), at == 2 ? ", a percentage" : ""));
    }
    double percent = at == 2 ? number(args.get(1), 0, 100) : 0;
    boolean every = args.get(at) instanceof Node.Mark mark && mark.word().equals("every");
    long late = 0;
    if (args.size() == at + 2) {
      boolean marked = args.get(at + 1) instanceof Node.Mark mark && mark.word().equals("late");
      if (!marked || !every) {
        throw new ExpressionException(
            args.get(at + 1).at(), "only late may follow, after every: every 1 min, late 5 s");
      }
      late = span(args.get(at + 1));
    }
    Watched watched =
        compiler.watch(args.get(0), aggregate == Window.Aggregate.COUNT ? EITHER : NUMBER);
    if (watched.isConstant()) {
      throw new ExpressionException(
          args.get(0).at(), "a window is over values that come: name a channel in it");
    }
    Window.Shape shape = new Window.Shape(aggregate, span(args.get(at)), every, late, percent);
    Window window = compiler.remember(call.at(), new Window(run, watched, shape));
    return aggregate == Window.Aggregate.COUNT
        ? Code.whole(() -> (long) window.value())
        : Code.real(() -> run.finite(window.value(), call.at()));
  }

  private static boolean isSpan(Node node) {
    return node instanceof Node.Mark
        || node instanceof Node.Literal literal && literal.type() == Type.SPAN;
  }

  private static long span(Node node) throws ExpressionException {
    Node inside = node instanceof Node.Mark mark ? mark.span() : node;
    if (inside instanceof Node.Literal literal && literal.type() == Type.SPAN) {
      long span = (Long) literal.value();
      if (span > 0 && span <= LONGEST) {
        return span;
      }
    }
    throw new ExpressionException(
        node.at(), "a duration is needed here, written out, 1 ms to 31 d: 10 s");
  }

  /** A whole number that is written out. */
  static long literal(Node node, long least, long most) throws ExpressionException {
    if (node instanceof Node.Literal literal && literal.type() == Type.WHOLE) {
      long value = (Long) literal.value();
      if (value >= least && value <= most) {
        return value;
      }
    }
    throw new ExpressionException(
        node.at(), "a whole number is needed here, written out, %d to %d".formatted(least, most));
  }

  private static double number(Node node, double least, double most) throws ExpressionException {
    boolean minus = node instanceof Node.Unary unary && unary.operator().equals("-");
    Node inside = minus ? ((Node.Unary) node).operand() : node;
    if (inside instanceof Node.Literal literal && literal.type().isNumber()) {
      double value = ((Number) literal.value()).doubleValue() * (minus ? -1 : 1);
      if (value >= least && value <= most) {
        return value;
      }
    }
    String range = most < Double.MAX_VALUE ? ", %s to %s".formatted(least, most) : "";
    throw new ExpressionException(node.at(), "a number is needed here, written out" + range);
  }

  Code call(Node.Call call, List<Node> args) throws ExpressionException {
    return switch (call.name()) {
      case "held", "lingers" -> lasting(call);
      case "rises", "falls" -> {
        Functions.only(call, 1, "one condition");
        yield edge(call, TRUTH, 0);
      }
      case "changed" -> {
        double band = args.size() == 2 ? number(args.get(1), 0, Double.MAX_VALUE) : 0;
        if (args.size() != 2) {
          Functions.only(call, 1, "a value, and a deadband");
        }
        yield edge(call, EITHER, band);
      }
      case "hysteresis", "deadband" -> band(call);
      case "absent" -> absent(call);
      case "sequence", "missing" -> sequence(call);
      case "now" -> {
        Functions.only(call, 0, "nothing");
        yield Code.millis(Type.MOMENT, run::now);
      }
      case "shift", "onDay" -> calendar(call);
      case "hour" -> clock(call, ZonedDateTime::getHour);
      case "minute" -> clock(call, ZonedDateTime::getMinute);
      case "weekday" -> clock(call, time -> time.getDayOfWeek().getValue());
      case "day" -> clock(call, ZonedDateTime::getDayOfMonth);
      case "month" -> clock(call, ZonedDateTime::getMonthValue);
      default -> throw new ExpressionException(call.at(), unknown(call.name()));
    };
  }

  private static String unknown(String name) {
    Optional<String> near = Suggestions.nearest(name, Suggestions.FUNCTIONS);
    return "there is no function "
        + name
        + near.map(other -> "; did you mean " + other + "?")
            .orElse("; there are " + String.join(", ", Suggestions.FUNCTIONS));
  }

  private Code lasting(Node.Call call) throws ExpressionException {
    List<Node> args = Functions.only(call, 2, "a condition and a duration");
    Watched condition = compiler.watch(args.get(0), TRUTH);
    Lasting lasting = new Lasting(run, condition, span(args.get(1)), call.name().equals("lingers"));
    return Code.truth(compiler.remember(call.at(), lasting)::truth);
  }

  private Code edge(Node.Call call, Set<Type> types, double band) throws ExpressionException {
    Watched argument = compiler.watch(call.arguments().get(0), types);
    Edge.Kind kind = Edge.Kind.valueOf(call.name().toUpperCase(Locale.ROOT));
    return Code.truth(compiler.remember(call.at(), new Edge(run, argument, kind, band))::truth);
  }

  private Code band(Node.Call call) throws ExpressionException {
    boolean holding = call.name().equals("deadband");
    List<Node> args =
        Functions.only(
            call, holding ? 2 : 3, holding ? "a value and a width" : "a value, on and off");
    Watched argument = compiler.watch(args.get(0), NUMBER);
    double on = number(args.get(1), holding ? 0 : -Double.MAX_VALUE, Double.MAX_VALUE);
    double off = holding ? 0 : number(args.get(2), -Double.MAX_VALUE, Double.MAX_VALUE);
    Band band = compiler.remember(call.at(), new Band(run, argument, on, off, holding));
    return holding ? Code.real(band::real) : Code.truth(band::truth);
  }

  private Code absent(Node.Call call) throws ExpressionException {
    List<Node> args = Functions.only(call, 2, "a channel and a duration");
    if (!(args.get(0) instanceof Node.Reference reference)) {
      throw new ExpressionException(args.get(0).at(), "absent takes a channel, such as pump/speed");
    }
    Silence silence = new Silence(run, compiler.slot(reference), span(args.get(1)));
    return Code.truth(compiler.remember(call.at(), silence)::truth);
  }

  private Code sequence(Node.Call call) throws ExpressionException {
    List<Node> args = Functions.only(call, 3, "two conditions and a duration");
    Watched first = compiler.watch(args.get(0), TRUTH);
    Watched second = compiler.watch(args.get(1), TRUTH);
    boolean absent = call.name().equals("missing");
    Sequence sequence = new Sequence(run, first, second, span(args.get(2)), absent);
    return Code.truth(compiler.remember(call.at(), sequence)::truth);
  }

  private static String word(Node node, String what) throws ExpressionException {
    if (node instanceof Node.Literal literal && literal.type() == Type.TEXT) {
      return literal.value().toString();
    }
    throw new ExpressionException(node.at(), what + " is needed here, written out in quotes");
  }

  private Timetable timetable(Node.Call call, Optional<Node> zone) throws ExpressionException {
    ZoneId id = ZoneId.systemDefault();
    if (zone.isPresent()) {
      try {
        id = ZoneId.of(word(zone.get(), "a time zone such as 'Europe/Berlin'"));
      } catch (DateTimeException none) {
        throw new ExpressionException(
            zone.get().at(), "there is no such time zone; write 'Europe/Berlin' or 'UTC'");
      }
    }
    return compiler.remember(call.at(), new Timetable(run, id));
  }

  private Code clock(Node.Call call, ToLongFunction<ZonedDateTime> part)
      throws ExpressionException {
    List<Node> args = call.arguments();
    if (!args.isEmpty()) {
      Functions.only(call, 1, "a time zone, or nothing");
    }
    Timetable clock = timetable(call, args.stream().findFirst());
    return Code.whole(() -> part.applyAsLong(clock.now()));
  }

  private Code calendar(Node.Call call) throws ExpressionException {
    List<Node> args = call.arguments();
    if (args.size() != 1) {
      Functions.only(call, 2, "a timetable, and a time zone");
    }
    boolean shift = call.name().equals("shift");
    String text = word(args.get(0), shift ? "shifts" : "days");
    Timetable clock = timetable(call, args.stream().skip(1).findFirst());
    try {
      Predicate<ZonedDateTime> test = shift ? Timetable.shifts(text) : Timetable.dates(text);
      return Code.truth(() -> test.test(clock.now()));
    } catch (IllegalArgumentException wrong) {
      throw new ExpressionException(args.get(0).at(), wrong.getMessage());
    }
  }
}
