package org.penstock.flow.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.mozilla.javascript.CompilerEnvirons;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Node;
import org.mozilla.javascript.Parser;
import org.mozilla.javascript.Token;
import org.mozilla.javascript.ast.AstNode;
import org.mozilla.javascript.ast.AstRoot;
import org.mozilla.javascript.ast.FunctionCall;
import org.mozilla.javascript.ast.InfixExpression;
import org.mozilla.javascript.ast.Name;
import org.mozilla.javascript.ast.ParenthesizedExpression;
import org.mozilla.javascript.ast.StringLiteral;
import org.mozilla.javascript.ast.TemplateLiteral;
import org.mozilla.javascript.ast.WithStatement;
import org.penstock.api.script.ScriptException.Reason;

/**
 * A script's text, made safe: whatever may join texts is put through the function {@link #JOINED},
 * which looks at the length. Lines stay where they are.
 */
final class Source {

  /** Gives its argument back, unless it is a text that is too long. */
  static final String JOINED = "__sandbox";

  private static final int SHORT = 16;
  private static final int PARTS = 64;
  private static final Set<Integer> NUMERIC =
      Set.of(
          Token.SUB,
          Token.MUL,
          Token.DIV,
          Token.MOD,
          Token.BITAND,
          Token.BITOR,
          Token.BITXOR,
          Token.LSH,
          Token.RSH,
          Token.URSH,
          Token.LT,
          Token.GT,
          Token.LE,
          Token.GE,
          Token.EQ,
          Token.NE,
          Token.SHEQ,
          Token.SHNE,
          Token.IN,
          Token.INSTANCEOF,
          Token.NEG,
          Token.POS,
          Token.BITNOT,
          Token.NOT,
          Token.TYPEOF,
          Token.INC,
          Token.DEC,
          Token.NUMBER,
          Token.TRUE,
          Token.FALSE,
          Token.NULL,
          Token.EXP);

  private Source() {}

  /**
   * The text to compile.
   *
   * @throws Stop when it cannot be made safe
   */
  static String safe(Context context, String name, String text) {
    if (text.length() > Limits.TEXT) {
      throw Limits.tooLarge("length of the script", text.length(), Limits.TEXT);
    }
    TreeMap<Integer, int[]> marks = new TreeMap<>();
    List<AstNode> joins = joins(parse(context, name, text));
    for (AstNode join : joins) {
      int begin = join.getAbsolutePosition();
      marks.computeIfAbsent(begin, at -> new int[2])[0]++;
      marks.computeIfAbsent(begin + join.getLength(), at -> new int[2])[1]++;
    }
    String marked = insert(text, marks);
    for (AstNode join : joins(parse(context, name, marked))) {
      if (!(join.getParent() instanceof FunctionCall call
          && call.getTarget() instanceof Name target
          && JOINED.equals(target.getIdentifier()))) {
        throw refused(join, "has an expression that cannot be bounded, put it in brackets");
      }
    }
    return marked;
  }

  private static AstRoot parse(Context context, String name, String text) {
    CompilerEnvirons environment = new CompilerEnvirons();
    environment.initFromContext(context);
    return new Parser(environment).parse(text, name, 1);
  }

  private static List<AstNode> joins(AstRoot root) {
    List<AstNode> joins = new ArrayList<>();
    root.visit(
        node -> {
          inspect(node);
          if (isJoin(node)) {
            joins.add(node);
          }
          return true;
        });
    return joins;
  }

  private static void inspect(AstNode node) {
    boolean inserted =
        node.getParent() instanceof FunctionCall call
            && call.getTarget() == node
            && call.getArguments().size() == 1
            && isJoin(call.getArguments().get(0));
    if (node instanceof Name some && JOINED.equals(some.getIdentifier()) && !inserted) {
      throw refused(node, "must not use the name " + JOINED);
    }
    if (node instanceof WithStatement) {
      throw refused(node, "must not use 'with'");
    }
    if (node.getType() == Token.BIGINT) {
      throw refused(node, "must not use numbers without bounds");
    }
    if (node instanceof TemplateLiteral template && template.getSubstitutions().size() > PARTS) {
      throw refused(node, "has a template of more than " + PARTS + " parts");
    }
  }

  private static Stop refused(AstNode node, String why) {
    return new Stop(Reason.SYNTAX, "line " + node.getLineno() + " " + why);
  }

  private static boolean isJoin(AstNode node) {
    if (node instanceof TemplateLiteral template) {
      return !template.getSubstitutions().isEmpty()
          && !(template.getParent() instanceof org.mozilla.javascript.ast.TaggedTemplateLiteral);
    }
    return node instanceof InfixExpression sum
        && (sum.getType() == Token.ADD || sum.getType() == Token.ASSIGN_ADD)
        && !(isSmall(sum.getLeft()) || isSmall(sum.getRight()));
  }

  /** Adds only a few characters, however often it is added. */
  private static boolean isSmall(Node node) {
    if (node instanceof ParenthesizedExpression brackets) {
      return isSmall(brackets.getExpression());
    }
    if (node instanceof StringLiteral text) {
      return text.getValue().length() <= SHORT;
    }
    return NUMERIC.contains(node.getType());
  }

  private static String insert(String text, Map<Integer, int[]> marks) {
    StringBuilder marked = new StringBuilder(text.length() + marks.size() * 8);
    int from = 0;
    for (Map.Entry<Integer, int[]> mark : marks.entrySet()) {
      int at = Math.min(mark.getKey(), text.length());
      marked.append(text, from, at);
      marked.append(")".repeat(mark.getValue()[1]));
      marked.append((JOINED + "(").repeat(mark.getValue()[0]));
      from = at;
    }
    return marked.append(text, from, text.length()).toString();
  }
}
