package org.penstock.flow.rules.language;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.penstock.api.expression.ExpressionException;

/** Makes a tree of a text, at most so deep and so large. */
final class Parser {

  /** Most parts of one expression. */
  static final int MOST_NODES = 500;

  private static final int DEEPEST = 50;
  private static final List<Set<String>> LEVELS =
      List.of(
          Set.of("||"),
          Set.of("&&"),
          Set.of("==", "!="),
          Set.of("<", "<=", ">", ">="),
          Set.of("+", "-"),
          Set.of("*", "/", "%"));
  private static final Map<String, String> WORDS = Map.of("or", "||", "and", "&&", "not", "!");
  private static final int RELATIONS = 3;

  private final Deque<Token> tokens;
  private int nodes;
  private int depth;

  private Parser(List<Token> tokens) {
    this.tokens = new ArrayDeque<>(tokens);
  }

  static Node parse(String text) throws ExpressionException {
    Parser parser = new Parser(Lexer.tokens(text));
    Node whole = parser.expression();
    Token rest = parser.peek();
    if (rest.kind() != Token.Kind.END) {
      throw new ExpressionException(
          rest.at(),
          "'" + rest.text() + "' is one too many here; an operator or the end is expected");
    }
    return whole;
  }

  private Token peek() {
    return tokens.element();
  }

  private Token second() {
    return tokens.stream().skip(1).findFirst().orElse(peek());
  }

  private boolean accept(String sign) {
    if (peek().is(sign)) {
      tokens.remove();
      return true;
    }
    return false;
  }

  private void expect(String sign, String remedy) throws ExpressionException {
    if (!accept(sign)) {
      Token found = peek();
      String there = found.kind() == Token.Kind.END ? "the end" : "'" + found.text() + "'";
      throw new ExpressionException(found.at(), "expected " + sign + " before " + there + remedy);
    }
  }

  private <N extends Node> N made(N node) throws ExpressionException {
    nodes++;
    if (nodes > MOST_NODES) {
      throw new ExpressionException(
          node.at(), "an expression has at most %d parts; split it".formatted(MOST_NODES));
    }
    return node;
  }

  private void deeper(int at) throws ExpressionException {
    depth++;
    if (depth > DEEPEST) {
      throw new ExpressionException(
          at, "expressions nest at most %d deep; split it".formatted(DEEPEST));
    }
  }

  private Node expression() throws ExpressionException {
    int at = peek().at();
    deeper(at);
    Node condition = level(0);
    Node result = condition;
    if (accept("?")) {
      Node then = expression();
      expect(":", ": condition ? a : b");
      result = made(new Node.Choice(at, condition, then, expression()));
    }
    depth--;
    return result;
  }

  private Node level(int level) throws ExpressionException {
    if (level == LEVELS.size()) {
      return unary();
    }
    Node left = level(level + 1);
    while (true) {
      Token token = peek();
      String operator = WORDS.getOrDefault(token.text(), token.text());
      boolean sign = token.kind() == Token.Kind.SIGN || token.kind() == Token.Kind.NAME;
      if (sign && LEVELS.get(level).contains(operator)) {
        tokens.remove();
        left = made(new Node.Binary(token.at(), operator, left, level(level + 1)));
      } else if (level == RELATIONS && accept("in")) {
        left = made(new Node.OneOf(token.at(), left, list("in")));
      } else {
        return left;
      }
    }
  }

  private Node unary() throws ExpressionException {
    Token token = peek();
    if (token.is("-") || token.is("!") || token.is("not")) {
      tokens.remove();
      deeper(token.at());
      Node operand = unary();
      depth--;
      return made(
          new Node.Unary(token.at(), WORDS.getOrDefault(token.text(), token.text()), operand));
    }
    return primary();
  }

  private List<Node> list(String before) throws ExpressionException {
    expect("(", " after " + before);
    List<Node> members = new ArrayList<>();
    if (accept(")")) {
      return members;
    }
    do {
      members.add(argument());
    } while (accept(","));
    expect(")", "; arguments are separated by commas");
    return members;
  }

  private Node argument() throws ExpressionException {
    Token token = peek();
    boolean marked = token.is("every") || token.is("late");
    if (marked && second().kind() == Token.Kind.SPAN) {
      tokens.remove();
      return made(new Node.Mark(token.at(), token.text(), primary()));
    }
    return expression();
  }

  private Node primary() throws ExpressionException {
    Token token = peek();
    if (token.kind() != Token.Kind.END) {
      tokens.remove();
    }
    return switch (token.kind()) {
      case WHOLE -> made(new Node.Literal(token.at(), Type.WHOLE, token.value()));
      case REAL -> made(new Node.Literal(token.at(), Type.REAL, token.value()));
      case SPAN -> made(new Node.Literal(token.at(), Type.SPAN, token.value()));
      case TEXT -> made(new Node.Literal(token.at(), Type.TEXT, token.value()));
      case REFERENCE -> made(new Node.Reference(token.at(), token.text()));
      case NAME -> named(token);
      case SIGN -> bracket(token);
      case END ->
          throw new ExpressionException(
              token.at(), "the expression ends too early; a value is expected, such as pump/speed");
    };
  }

  private Node named(Token token) throws ExpressionException {
    if (peek().is("(")) {
      return made(new Node.Call(token.at(), token.text(), list(token.text())));
    }
    return switch (token.text()) {
      case "true" -> made(new Node.Literal(token.at(), Type.TRUTH, true));
      case "false" -> made(new Node.Literal(token.at(), Type.TRUTH, false));
      default -> made(new Node.Reference(token.at(), token.text()));
    };
  }

  private Node bracket(Token token) throws ExpressionException {
    if (!token.text().equals("(")) {
      throw new ExpressionException(
          token.at(), "a value is expected before '" + token.text() + "', such as pump/speed");
    }
    Node inside = expression();
    expect(")", "");
    return inside;
  }
}
