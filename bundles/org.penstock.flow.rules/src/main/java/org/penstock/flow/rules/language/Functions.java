package org.penstock.flow.rules.language;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import org.penstock.api.expression.ExpressionException;

/** The functions of values; those that remember are {@link Memory}'s. */
final class Functions {

  private static final int MOST_DIGITS = 9;

  private final Compiler compiler;
  private final Run run;

  Functions(Compiler compiler) {
    this.compiler = compiler;
    this.run = compiler.run();
  }

  Code call(Node.Call call) throws ExpressionException {
    List<Node> args = call.arguments();
    Code window = new Memory(compiler).window(call);
    if (window != null) {
      return window;
    }
    return switch (call.name()) {
      case "abs" -> abs(call);
      case "sqrt" -> real(call, Math::sqrt);
      case "exp" -> real(call, Math::exp);
      case "ln" -> real(call, Math::log);
      case "log10" -> real(call, Math::log10);
      case "sin" -> real(call, Math::sin);
      case "cos" -> real(call, Math::cos);
      case "tan" -> real(call, Math::tan);
      case "floor" -> whole(call, Math::floor);
      case "ceil" -> whole(call, Math::ceil);
      case "whole" -> whole(call, value -> value < 0 ? Math.ceil(value) : Math.floor(value));
      case "round" -> round(call);
      case "pow" -> pow(call);
      case "min", "max" -> extreme(call);
      case "clamp" -> clamp(call);
      case "bit" -> bit(call);
      case "length", "number" -> ofText(call);
      case "upper", "lower", "trim" -> text(call);
      case "contains", "startsWith", "endsWith" -> test(call);
      case "substring" -> substring(call);
      case "text" -> asText(call);
      case "good", "uncertain", "bad", "quality", "age", "time" -> ofChannel(call);
      case "orElse" -> orElse(call);
      case "seconds" -> {
        Code span = compiler.code(only(call, 1, "a duration").get(0), Type.SPAN);
        yield Code.real(() -> span.whole().getAsLong() / 1000.0);
      }
      default -> new Memory(compiler).call(call, args);
    };
  }

  /** The arguments, if they are so many. */
  static List<Node> only(Node.Call call, int count, String what) throws ExpressionException {
    if (call.arguments().size() != count) {
      throw new ExpressionException(
          call.at(),
          "%s takes %s, not %d %s"
              .formatted(
                  call.name(),
                  what,
                  call.arguments().size(),
                  call.arguments().size() == 1 ? "argument" : "arguments"));
    }
    return call.arguments();
  }

  private Code number(Node.Call call) throws ExpressionException {
    return compiler.code(only(call, 1, "one number").get(0), Type.REAL);
  }

  private Code abs(Node.Call call) throws ExpressionException {
    Code value = number(call);
    return value.type() == Type.WHOLE
        ? Code.whole(
            () -> {
              long whole = value.whole().getAsLong();
              return whole < 0 ? Operators.exact(run, call.at(), '-', 0, whole) : whole;
            })
        : Code.real(() -> Math.abs(value.real().getAsDouble()));
  }

  private Code real(Node.Call call, DoubleUnaryOperator function) throws ExpressionException {
    Code value = number(call);
    return Code.real(
        () -> run.finite(function.applyAsDouble(value.real().getAsDouble()), call.at()));
  }

  private Code whole(Node.Call call, DoubleUnaryOperator function) throws ExpressionException {
    Code value = number(call);
    return Code.whole(() -> fit(function.applyAsDouble(value.real().getAsDouble()), call.at()));
  }

  private long fit(double value, int at) {
    if (Math.abs(value) >= 0x1p63) {
      run.fail(() -> "character " + (at + 1) + ": the whole number becomes too great");
      return 0;
    }
    return (long) value;
  }

  private Code round(Node.Call call) throws ExpressionException {
    if (call.arguments().size() == 1) {
      return whole(call, Math::rint);
    }
    Code value = compiler.code(only(call, 2, "a number and digits").get(0), Type.REAL);
    double scale = Math.pow(10, Memory.literal(call.arguments().get(1), 0, MOST_DIGITS));
    return Code.real(
        () -> run.finite(Math.rint(value.real().getAsDouble() * scale) / scale, call.at()));
  }

  private Code pow(Node.Call call) throws ExpressionException {
    Code base = compiler.code(only(call, 2, "two numbers").get(0), Type.REAL);
    Code exponent = compiler.code(call.arguments().get(1), Type.REAL);
    return Code.real(
        () ->
            run.finite(
                Math.pow(base.real().getAsDouble(), exponent.real().getAsDouble()), call.at()));
  }

  private Code extreme(Node.Call call) throws ExpressionException {
    if (call.arguments().size() < 2) {
      throw new ExpressionException(
          call.at(),
          "%s takes several numbers, or a number and a window such as 10 s".formatted(call.name()));
    }
    boolean least = call.name().equals("min");
    Code result = compiler.code(call.arguments().get(0), Type.REAL);
    for (Node argument : call.arguments().subList(1, call.arguments().size())) {
      Code one = result;
      Code other = compiler.code(argument, Type.REAL);
      if (one.type() == Type.WHOLE && other.type() == Type.WHOLE) {
        result =
            Code.whole(
                least
                    ? () -> Math.min(one.whole().getAsLong(), other.whole().getAsLong())
                    : () -> Math.max(one.whole().getAsLong(), other.whole().getAsLong()));
      } else {
        result =
            Code.real(
                least
                    ? () -> Math.min(one.real().getAsDouble(), other.real().getAsDouble())
                    : () -> Math.max(one.real().getAsDouble(), other.real().getAsDouble()));
      }
    }
    return result;
  }

  private Code clamp(Node.Call call) throws ExpressionException {
    Code value = compiler.code(only(call, 3, "a number and two bounds").get(0), Type.REAL);
    Code low = compiler.code(call.arguments().get(1), Type.REAL);
    Code high = compiler.code(call.arguments().get(2), Type.REAL);
    return Code.real(
        () ->
            Math.max(
                low.real().getAsDouble(),
                Math.min(high.real().getAsDouble(), value.real().getAsDouble())));
  }

  private Code bit(Node.Call call) throws ExpressionException {
    Code value = compiler.code(only(call, 2, "a whole number and a bit").get(0), Type.WHOLE);
    long bit = Memory.literal(call.arguments().get(1), 0, Long.SIZE - 1);
    return Code.truth(() -> (value.whole().getAsLong() >> bit & 1) == 1);
  }

  private Code ofText(Node.Call call) throws ExpressionException {
    Code value = compiler.code(only(call, 1, "one text").get(0), Type.TEXT);
    if (call.name().equals("length")) {
      return Code.whole(() -> value.text().get().length());
    }
    return Code.real(
        () -> {
          String text = value.text().get().strip();
          try {
            return run.finite(Double.parseDouble(text), call.at());
          } catch (NumberFormatException none) {
            run.fail(() -> "character %d: '%s' is no number".formatted(call.at() + 1, text));
            return 0;
          }
        });
  }

  private Code text(Node.Call call) throws ExpressionException {
    Code value = compiler.code(only(call, 1, "one text").get(0), Type.TEXT);
    return switch (call.name()) {
      case "upper" -> Code.text(() -> value.text().get().toUpperCase(Locale.ROOT));
      case "lower" -> Code.text(() -> value.text().get().toLowerCase(Locale.ROOT));
      default -> Code.text(() -> value.text().get().strip());
    };
  }

  private Code test(Node.Call call) throws ExpressionException {
    Code value = compiler.code(only(call, 2, "two texts").get(0), Type.TEXT);
    Code part = compiler.code(call.arguments().get(1), Type.TEXT);
    return Code.truth(
        switch (call.name()) {
          case "contains" -> () -> value.text().get().contains(part.text().get());
          case "startsWith" -> () -> value.text().get().startsWith(part.text().get());
          default -> () -> value.text().get().endsWith(part.text().get());
        });
  }

  private Code substring(Node.Call call) throws ExpressionException {
    Code value = compiler.code(only(call, 3, "a text, a begin and a length").get(0), Type.TEXT);
    Code begin = compiler.code(call.arguments().get(1), Type.WHOLE);
    Code length = compiler.code(call.arguments().get(2), Type.WHOLE);
    return Code.text(
        () -> {
          String text = value.text().get();
          long from = Math.max(0, Math.min(text.length(), begin.whole().getAsLong()));
          long most = Math.max(0, Math.min(text.length() - from, length.whole().getAsLong()));
          return text.substring((int) from, (int) (from + most));
        });
  }

  private Code asText(Node.Call call) throws ExpressionException {
    List<Node> args = call.arguments();
    Code value = compiler.code(args.size() == 2 ? args.get(0) : only(call, 1, "a value").get(0));
    if (args.size() == 2) {
      if (!value.type().isNumber()) {
        throw Compiler.wrong(args.get(0), value.type(), Type.REAL);
      }
      String format = "%." + Memory.literal(args.get(1), 0, MOST_DIGITS) + "f";
      return Code.text(() -> String.format(Locale.ROOT, format, value.real().getAsDouble()));
    }
    return switch (value.type()) {
      case TEXT -> value;
      case TRUTH -> Code.text(() -> Boolean.toString(value.truth().getAsBoolean()));
      case WHOLE -> Code.text(() -> Long.toString(value.whole().getAsLong()));
      case REAL -> Code.text(() -> Double.toString(value.real().getAsDouble()));
      case SPAN -> Code.text(() -> value.whole().getAsLong() + " ms");
      case MOMENT ->
          Code.text(() -> java.time.Instant.ofEpochMilli(value.whole().getAsLong()).toString());
      case BYTES -> throw Compiler.wrong(args.get(0), Type.BYTES, Type.REAL);
    };
  }

  private Code ofChannel(Node.Call call) throws ExpressionException {
    if (!(only(call, 1, "one channel").get(0) instanceof Node.Reference reference)) {
      throw new ExpressionException(
          call.at(), call.name() + " takes a channel, such as pump/speed");
    }
    Slot slot = compiler.slot(reference);
    return switch (call.name()) {
      case "quality" -> Code.text(() -> slot.level().name());
      case "age" -> Code.millis(Type.SPAN, () -> known(slot) ? run.now() - slot.goodAt() : 0);
      case "time" -> Code.millis(Type.MOMENT, () -> known(slot) ? slot.goodAt() : 0);
      default -> {
        String level = call.name().toUpperCase(Locale.ROOT);
        yield Code.truth(() -> slot.level().name().equals(level));
      }
    };
  }

  private boolean known(Slot slot) {
    if (!slot.everGood()) {
      run.fail(() -> slot.name() + " never had a good value");
    }
    return slot.everGood();
  }

  private Code orElse(Node.Call call) throws ExpressionException {
    Code value = compiler.code(only(call, 2, "a value and what stands for it").get(0));
    Code otherwise = compiler.code(call.arguments().get(1));
    return OrElse.of(run, call.arguments().get(1), value, otherwise);
  }
}
