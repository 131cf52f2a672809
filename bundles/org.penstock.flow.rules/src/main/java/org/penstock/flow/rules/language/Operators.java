package org.penstock.flow.rules.language;

import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.penstock.api.expression.ExpressionException;

/** The operators between two. */
final class Operators {

  private final Compiler compiler;
  private final Run run;

  Operators(Compiler compiler) {
    this.compiler = compiler;
    this.run = compiler.run();
  }

  Code binary(Node.Binary node) throws ExpressionException {
    return switch (node.operator()) {
      case "||" -> {
        Code left = compiler.code(node.left(), Type.TRUTH);
        Code right = compiler.code(node.right(), Type.TRUTH);
        yield Code.truth(() -> left.truth().getAsBoolean() || right.truth().getAsBoolean());
      }
      case "&&" -> {
        Code left = compiler.code(node.left(), Type.TRUTH);
        Code right = compiler.code(node.right(), Type.TRUTH);
        yield Code.truth(() -> left.truth().getAsBoolean() && right.truth().getAsBoolean());
      }
      case "==", "!=" -> {
        Code same =
            equal(node.at(), node.right(), compiler.code(node.left()), compiler.code(node.right()));
        yield node.operator().equals("==") ? same : Code.truth(() -> !same.truth().getAsBoolean());
      }
      case "<", "<=", ">", ">=" -> order(node);
      default -> arithmetic(node);
    };
  }

  /** Whether two are the same. */
  Code equal(int at, Node second, Code left, Code right) throws ExpressionException {
    Type type = common(second, left, right);
    return switch (type) {
      case TRUTH -> Code.truth(() -> left.truth().getAsBoolean() == right.truth().getAsBoolean());
      case REAL -> Code.truth(() -> left.real().getAsDouble() == right.real().getAsDouble());
      case TEXT -> Code.truth(() -> left.text().get().equals(right.text().get()));
      case BYTES ->
          throw new ExpressionException(at, "bytes are not compared; only their quality is tested");
      default -> Code.truth(() -> left.whole().getAsLong() == right.whole().getAsLong());
    };
  }

  private static Type common(Node second, Code left, Code right) throws ExpressionException {
    return Type.common(left.type(), right.type())
        .orElseThrow(() -> Compiler.wrong(second, right.type(), left.type()));
  }

  private Code order(Node.Binary node) throws ExpressionException {
    Code left = compiler.code(node.left());
    Code right = compiler.code(node.right());
    String operator = node.operator();
    Type type = common(node.right(), left, right);
    return switch (type) {
      case TRUTH, BYTES -> throw Compiler.wrong(node.left(), type, Type.REAL);
      case REAL -> reals(operator, left.real(), right.real());
      case TEXT -> wholes(operator, () -> left.text().get().compareTo(right.text().get()), () -> 0);
      default -> wholes(operator, left.whole(), right.whole());
    };
  }

  private static Code reals(String operator, DoubleSupplier left, DoubleSupplier right) {
    return Code.truth(
        switch (operator) {
          case "<" -> () -> left.getAsDouble() < right.getAsDouble();
          case "<=" -> () -> left.getAsDouble() <= right.getAsDouble();
          case ">" -> () -> left.getAsDouble() > right.getAsDouble();
          default -> () -> left.getAsDouble() >= right.getAsDouble();
        });
  }

  private static Code wholes(String operator, LongSupplier left, LongSupplier right) {
    return Code.truth(
        switch (operator) {
          case "<" -> () -> left.getAsLong() < right.getAsLong();
          case "<=" -> () -> left.getAsLong() <= right.getAsLong();
          case ">" -> () -> left.getAsLong() > right.getAsLong();
          default -> () -> left.getAsLong() >= right.getAsLong();
        });
  }

  private Code arithmetic(Node.Binary node) throws ExpressionException {
    Code left = compiler.code(node.left());
    Code right = compiler.code(node.right());
    char operator = node.operator().charAt(0);
    if (left.type() == Type.TEXT && right.type() == Type.TEXT && operator == '+') {
      return Code.text(() -> run.bounded(left.text().get() + right.text().get(), node.at()));
    }
    if (left.type().isNumber() && right.type().isNumber()) {
      return numbers(node.at(), operator, left, right);
    }
    return times(node, operator, left, right);
  }

  private Code numbers(int at, char operator, Code left, Code right) {
    if (left.type() == Type.WHOLE && right.type() == Type.WHOLE && operator != '/') {
      LongSupplier one = left.whole();
      LongSupplier other = right.whole();
      return Code.whole(() -> exact(run, at, operator, one.getAsLong(), other.getAsLong()));
    }
    DoubleSupplier one = left.real();
    DoubleSupplier other = right.real();
    return Code.real(
        switch (operator) {
          case '+' -> () -> run.finite(one.getAsDouble() + other.getAsDouble(), at);
          case '-' -> () -> run.finite(one.getAsDouble() - other.getAsDouble(), at);
          case '*' -> () -> run.finite(one.getAsDouble() * other.getAsDouble(), at);
          case '/' -> () -> run.finite(one.getAsDouble() / divisor(other.getAsDouble(), at), at);
          default -> () -> run.finite(one.getAsDouble() % divisor(other.getAsDouble(), at), at);
        });
  }

  private double divisor(double value, int at) {
    if (value == 0) {
      run.fail(() -> "character " + (at + 1) + ": division by zero");
      return 1;
    }
    return value;
  }

  /** Arithmetic of whole numbers that does not wrap around. */
  static long exact(Run run, int at, char operator, long left, long right) {
    if (operator == '%') {
      if (right == 0) {
        run.fail(() -> "character " + (at + 1) + ": division by zero");
        return 0;
      }
      return left % right;
    }
    try {
      return switch (operator) {
        case '+' -> Math.addExact(left, right);
        case '-' -> Math.subtractExact(left, right);
        default -> Math.multiplyExact(left, right);
      };
    } catch (ArithmeticException overflow) {
      run.fail(() -> "character " + (at + 1) + ": the whole number becomes too great");
      return 0;
    }
  }

  private Code times(Node.Binary node, char operator, Code left, Code right)
      throws ExpressionException {
    int at = node.at();
    LongSupplier one = left.whole();
    LongSupplier other = right.whole();
    boolean span = right.type() == Type.SPAN;
    if (span && left.type() == Type.SPAN && operator == '/') {
      return Code.real(() -> run.finite(one.getAsLong() / divisor(other.getAsLong(), at), at));
    }
    boolean sum = operator == '+' || operator == '-';
    if (span && sum && (left.type() == Type.SPAN || left.type() == Type.MOMENT)) {
      return Code.millis(
          left.type(), () -> exact(run, at, operator, one.getAsLong(), other.getAsLong()));
    }
    if (left.type() == Type.MOMENT && right.type() == Type.MOMENT && operator == '-') {
      return Code.millis(Type.SPAN, () -> exact(run, at, '-', one.getAsLong(), other.getAsLong()));
    }
    if (left.type() == Type.SPAN && right.type() == Type.WHOLE && operator == '*') {
      return Code.millis(Type.SPAN, () -> exact(run, at, '*', one.getAsLong(), other.getAsLong()));
    }
    throw new ExpressionException(
        at,
        "%s does not go between %s and %s%s"
            .formatted(
                operator,
                left.type().words(),
                right.type().words(),
                left.type() == Type.TEXT || right.type() == Type.TEXT
                    ? "; text(...) makes a text of a number, number(...) a number of a text"
                    : ""));
  }
}
