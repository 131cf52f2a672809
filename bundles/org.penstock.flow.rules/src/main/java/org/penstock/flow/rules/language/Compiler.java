package org.penstock.flow.rules.language;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.kura.type.DataType;
import org.penstock.api.expression.ChannelTypes;
import org.penstock.api.expression.ExpressionException;

/** Makes closures of a tree; finds unknown channels and wrong types. For one program, once. */
final class Compiler {

  private static final int MOST_STATEFUL = 32;

  private final ChannelTypes channels;
  private final Run run = new Run();
  private final Map<String, Slot> slots = new LinkedHashMap<>();
  private final List<Slot> touched = new ArrayList<>();
  private final List<Stateful> stateful = new ArrayList<>();

  Compiler(ChannelTypes channels) {
    this.channels = channels;
  }

  /** The whole, with the type that is asked for. */
  Program program(Node tree, DataType result) throws ExpressionException {
    Code code = code(tree);
    Type wanted = Type.of(result);
    if (wanted == Type.BYTES) {
      throw new ExpressionException(0, "no expression gives bytes; choose another type");
    }
    boolean fits = code.type() == wanted || code.type().isNumber() && wanted.isNumber();
    if (!fits) {
      throw new ExpressionException(
          tree.at(),
          "the whole gives %s, but %s is needed%s"
              .formatted(code.type().words(), wanted.words(), remedy(code.type(), wanted)));
    }
    return new Program(run, code, result, slots, stateful);
  }

  private static String remedy(Type found, Type wanted) {
    if (found == Type.SPAN && wanted.isNumber()) {
      return "; seconds(...) makes one of a duration";
    }
    if (wanted == Type.TRUTH && found.isNumber()) {
      return "; compare it: ... > 0";
    }
    return wanted == Type.TEXT ? "; text(...) makes one" : "";
  }

  Run run() {
    return run;
  }

  /** Every program has few parts that remember. */
  <S extends Stateful> S remember(int at, S part) throws ExpressionException {
    if (stateful.size() == MOST_STATEFUL) {
      throw new ExpressionException(
          at, "an expression has at most %d functions that remember".formatted(MOST_STATEFUL));
    }
    stateful.add(part);
    return part;
  }

  /** An argument that is evaluated aside. */
  Watched watch(Node node, Set<Type> types) throws ExpressionException {
    int from = touched.size();
    Code code = code(node);
    if (!types.contains(code.type())) {
      throw wrong(node, code.type(), types.iterator().next());
    }
    return new Watched(run, code, touched.subList(from, touched.size()));
  }

  /** A part of that type; whole numbers do for numbers. */
  Code code(Node node, Type type) throws ExpressionException {
    Code code = code(node);
    if (code.type() != type && !(type == Type.REAL && code.type() == Type.WHOLE)) {
      throw wrong(node, code.type(), type);
    }
    return code;
  }

  static ExpressionException wrong(Node node, Type found, Type wanted) {
    return new ExpressionException(
        node.at(),
        "this is %s, but %s is needed here%s"
            .formatted(found.words(), wanted.words(), remedy(found, wanted)));
  }

  Code code(Node node) throws ExpressionException {
    if (node instanceof Node.Literal literal) {
      return literal(literal);
    }
    if (node instanceof Node.Reference reference) {
      return reference(slot(reference));
    }
    if (node instanceof Node.Unary unary) {
      return unary(unary);
    }
    if (node instanceof Node.Binary binary) {
      return new Operators(this).binary(binary);
    }
    if (node instanceof Node.Choice choice) {
      return choice(choice);
    }
    if (node instanceof Node.OneOf oneOf) {
      return oneOf(oneOf);
    }
    if (node instanceof Node.Call call) {
      return new Functions(this).call(call);
    }
    Node.Mark mark = (Node.Mark) node;
    throw new ExpressionException(
        mark.at(), mark.word() + " belongs into a window: avg(pump/speed, every 1 min)");
  }

  private static Code literal(Node.Literal literal) {
    Object value = literal.value();
    return switch (literal.type()) {
      case TRUTH -> {
        boolean flag = (Boolean) value;
        yield Code.truth(() -> flag);
      }
      case WHOLE, SPAN, MOMENT -> {
        long whole = (Long) value;
        yield literal.type() == Type.WHOLE
            ? Code.whole(() -> whole)
            : Code.millis(literal.type(), () -> whole);
      }
      case REAL -> {
        double real = (Double) value;
        yield Code.real(() -> real);
      }
      case TEXT, BYTES -> {
        String text = value.toString();
        yield Code.text(() -> text);
      }
    };
  }

  /** The slot of a channel, whatever its type. */
  Slot slot(Node.Reference reference) throws ExpressionException {
    Slot slot = slots.get(reference.name());
    if (slot == null) {
      Optional<DataType> type = channels.type(reference.name());
      if (type.isEmpty()) {
        throw new ExpressionException(reference.at(), unknown(reference.name()));
      }
      slot = new Slot(reference.name(), Type.of(type.get()));
      slots.put(reference.name(), slot);
    }
    touched.add(slot);
    return slot;
  }

  private String unknown(String name) {
    Set<String> known = new HashSet<>(channels.known());
    Optional<String> near = Suggestions.nearest(name, known);
    String remedy =
        near.map(other -> "; did you mean " + Suggestions.written(other) + "?")
            .orElseGet(() -> otherwise(name));
    return "there is no channel " + name + remedy;
  }

  private String otherwise(String name) {
    if (Suggestions.FUNCTIONS.contains(name)) {
      return "; the function is written " + name + "(...)";
    }
    int slash = name.indexOf('/');
    boolean division =
        slash > 0
            && channels.type(name.substring(0, slash)).isPresent()
            && channels.type(name.substring(slash + 1)).isPresent();
    if (division) {
      return "; to divide, put spaces around /";
    }
    return slash > 0 ? "" : "; channels are written asset/channel, texts in quotes";
  }

  private Code reference(Slot slot) {
    return switch (slot.type()) {
      case TRUTH -> Code.truth(() -> slot.usable(run) && slot.truth());
      case WHOLE ->
          new Code(
              Type.WHOLE,
              null,
              () -> slot.usable(run) ? slot.whole() : 0,
              () -> slot.usable(run) ? slot.real() : 0,
              null);
      case REAL -> Code.real(() -> slot.usable(run) ? slot.real() : 0);
      case TEXT -> Code.text(() -> slot.usable(run) ? slot.text() : "");
      default -> new Code(slot.type(), null, null, null, null);
    };
  }

  private Code unary(Node.Unary unary) throws ExpressionException {
    if (unary.operator().equals("!")) {
      Code operand = code(unary.operand(), Type.TRUTH);
      return Code.truth(() -> !operand.truth().getAsBoolean());
    }
    Code operand = code(unary.operand());
    return switch (operand.type()) {
      case WHOLE ->
          Code.whole(() -> Operators.exact(run, unary.at(), '-', 0, operand.whole().getAsLong()));
      case REAL -> Code.real(() -> -operand.real().getAsDouble());
      case SPAN -> Code.millis(Type.SPAN, () -> -operand.whole().getAsLong());
      default -> throw wrong(unary.operand(), operand.type(), Type.REAL);
    };
  }

  private Code choice(Node.Choice choice) throws ExpressionException {
    Code condition = code(choice.condition(), Type.TRUTH);
    Code then = code(choice.then());
    Code otherwise = code(choice.otherwise());
    return either(choice.otherwise(), condition, then, otherwise);
  }

  /** One of two, whose types must go together. */
  Code either(Node second, Code condition, Code then, Code otherwise) throws ExpressionException {
    Type type =
        Type.common(then.type(), otherwise.type())
            .orElseThrow(() -> wrong(second, otherwise.type(), then.type()));
    if (type == Type.BYTES) {
      throw wrong(second, type, Type.REAL);
    }
    return switch (type) {
      case TRUTH ->
          Code.truth(
              () -> (condition.truth().getAsBoolean() ? then : otherwise).truth().getAsBoolean());
      case WHOLE ->
          Code.whole(
              () -> (condition.truth().getAsBoolean() ? then : otherwise).whole().getAsLong());
      case REAL ->
          Code.real(
              () -> (condition.truth().getAsBoolean() ? then : otherwise).real().getAsDouble());
      case TEXT ->
          Code.text(() -> (condition.truth().getAsBoolean() ? then : otherwise).text().get());
      default ->
          Code.millis(
              type,
              () -> (condition.truth().getAsBoolean() ? then : otherwise).whole().getAsLong());
    };
  }

  private Code oneOf(Node.OneOf oneOf) throws ExpressionException {
    if (oneOf.members().isEmpty()) {
      throw new ExpressionException(oneOf.at(), "nothing is in (); name what may be: in (1, 2)");
    }
    Code result = null;
    Operators operators = new Operators(this);
    Code value = code(oneOf.value());
    for (Node member : oneOf.members()) {
      Code same = operators.equal(oneOf.at(), member, value, code(member));
      Code before = result;
      result =
          before == null
              ? same
              : Code.truth(() -> before.truth().getAsBoolean() || same.truth().getAsBoolean());
    }
    return result;
  }
}
