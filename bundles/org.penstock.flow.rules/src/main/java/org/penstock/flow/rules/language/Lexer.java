package org.penstock.flow.rules.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.penstock.api.expression.ExpressionException;

/** Cuts a text into words. The patterns neither nest nor overlap: time is linear in the text. */
final class Lexer {

  /** Longest text. */
  static final int LONGEST = 4096;

  private static final Pattern SPACE = Pattern.compile("\\s++");
  private static final Pattern NUMBER =
      Pattern.compile(
          "(\\d++(?:\\.\\d++)?(?:[eE][+-]?\\d++)?)(?:\\s*+(ms|min|s|h|d)(?![\\p{L}_0-9]))?");
  private static final Pattern NAME =
      Pattern.compile("[\\p{L}_][\\p{L}\\d_.]*+(?:/[\\p{L}_][\\p{L}\\d_.]*+)*+");
  private static final Pattern SIGN = Pattern.compile("&&|\\|\\||[=!<>]=|[-+*/%<>!?:(),]");
  private static final Map<String, Long> UNITS =
      Map.of("ms", 1L, "s", 1000L, "min", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

  private final String text;
  private final Matcher matcher;
  private final List<Token> tokens = new ArrayList<>();

  private Lexer(String text) {
    this.text = text;
    this.matcher = SPACE.matcher(text);
  }

  static List<Token> tokens(String text) throws ExpressionException {
    if (text.length() > LONGEST) {
      throw new ExpressionException(
          LONGEST, "an expression has at most %d characters; split it".formatted(LONGEST));
    }
    return new Lexer(text).all();
  }

  private List<Token> all() throws ExpressionException {
    int at = 0;
    while (at < text.length()) {
      char next = text.charAt(at);
      if (found(SPACE, at)) {
        at = matcher.end();
      } else if (found(NUMBER, at)) {
        tokens.add(number(at));
        at = matcher.end();
      } else if (found(NAME, at)) {
        String name = matcher.group();
        Token.Kind kind = name.indexOf('/') < 0 ? Token.Kind.NAME : Token.Kind.REFERENCE;
        tokens.add(new Token(kind, at, name, name));
        at = matcher.end();
      } else if (next == '[') {
        at = bracketed(at);
      } else if (next == '"' || next == '\'') {
        at = quoted(at, next);
      } else if (found(SIGN, at)) {
        tokens.add(new Token(Token.Kind.SIGN, at, matcher.group(), null));
        at = matcher.end();
      } else {
        throw new ExpressionException(at, unknown(next));
      }
    }
    tokens.add(new Token(Token.Kind.END, text.length(), "", null));
    return tokens;
  }

  private boolean found(Pattern pattern, int at) {
    matcher.usePattern(pattern).region(at, text.length()).useTransparentBounds(true);
    return matcher.lookingAt();
  }

  private Token number(int at) throws ExpressionException {
    String digits = matcher.group(1);
    String unit = matcher.group(2);
    boolean whole = digits.chars().allMatch(Character::isDigit);
    if (whole && digits.length() > 18) {
      throw new ExpressionException(at, "whole numbers have at most 18 digits; write 1e18");
    }
    if (unit != null) {
      double span = Double.parseDouble(digits) * UNITS.get(unit);
      if (span != Math.rint(span) || span > Long.MAX_VALUE / 1e6) {
        throw new ExpressionException(
            at, "durations are whole milliseconds, at most 9e12: 500 ms, 1.5 s, 10 min, 8 h, 2 d");
      }
      return new Token(Token.Kind.SPAN, at, matcher.group(), (long) span);
    }
    if (whole) {
      return new Token(Token.Kind.WHOLE, at, digits, Long.valueOf(digits));
    }
    double real = Double.parseDouble(digits);
    if (Double.isInfinite(real)) {
      throw new ExpressionException(at, "the number is too great; 1e308 is about the greatest");
    }
    return new Token(Token.Kind.REAL, at, digits, real);
  }

  private int bracketed(int at) throws ExpressionException {
    int end = text.indexOf(']', at);
    if (end < 0 || end == at + 1) {
      throw new ExpressionException(at, "a name in brackets ends with ]: [pump-1/speed]");
    }
    String name = text.substring(at + 1, end);
    tokens.add(new Token(Token.Kind.REFERENCE, at, name, name));
    return end + 1;
  }

  private int quoted(int at, char quote) throws ExpressionException {
    StringBuilder inside = new StringBuilder();
    for (int i = at + 1; i < text.length(); i++) {
      char next = text.charAt(i);
      if (next == quote) {
        tokens.add(new Token(Token.Kind.TEXT, at, inside.toString(), inside.toString()));
        return i + 1;
      }
      if (next == '\\' && i + 1 < text.length()) {
        i++;
        next = text.charAt(i) == 'n' ? '\n' : text.charAt(i);
      }
      inside.append(next);
    }
    throw new ExpressionException(at, "the text has no end; close it with " + quote);
  }

  private static String unknown(char next) {
    return switch (next) {
      case '=' -> "'=' alone means nothing; compare with ==";
      case '&' -> "'&' alone means nothing; write &&";
      case '|' -> "'|' alone means nothing; write ||";
      default -> "'" + next + "' does not belong here; names with it are written in [ ]";
    };
  }
}
