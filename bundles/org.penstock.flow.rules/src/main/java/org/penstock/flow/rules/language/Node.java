package org.penstock.flow.rules.language;

import java.util.List;

/** What the parser makes of a text; each part knows its first character, from 0. */
sealed interface Node {

  /** Its first character, from 0. */
  int at();

  /** A number, text, truth value or duration; whole and span as Long, with the type that tells. */
  record Literal(int at, Type type, Object value) implements Node {}

  /** A channel, or a key of a record. */
  record Reference(int at, String name) implements Node {}

  /** {@code -} or {@code !}. */
  record Unary(int at, String operator, Node operand) implements Node {}

  /** An operator between two. */
  record Binary(int at, String operator, Node left, Node right) implements Node {}

  /** {@code condition ? then : otherwise}. */
  record Choice(int at, Node condition, Node then, Node otherwise) implements Node {}

  /** {@code value in (a, b)}. */
  record OneOf(int at, Node value, List<Node> members) implements Node {}

  /** A function. */
  record Call(int at, String name, List<Node> arguments) implements Node {}

  /** {@code every} or {@code late} before a duration, among a function's arguments. */
  record Mark(int at, String word, Node span) implements Node {}
}
