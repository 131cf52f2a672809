package org.penstock.flow.rules.language;

/**
 * One word of a text.
 *
 * @param at its first character, from 0
 * @param text as written; of a quoted text or a name in brackets what is inside
 * @param value of literals: Long, Double or String; of a duration its milliseconds
 */
record Token(Kind kind, int at, String text, Object value) {

  enum Kind {
    WHOLE,
    REAL,
    SPAN,
    TEXT,
    NAME,
    REFERENCE,
    SIGN,
    END
  }

  boolean is(String sign) {
    return (kind == Kind.SIGN || kind == Kind.NAME) && text.equals(sign);
  }
}
