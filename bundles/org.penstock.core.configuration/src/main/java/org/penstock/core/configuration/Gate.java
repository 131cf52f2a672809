package org.penstock.core.configuration;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Lets a stranger's document through to a parser: without a byte order mark, up to a length, and no
 * DOCTYPE. Java's XML parser fails with errors of its own on some broken ones, so it never sees one:
 * before the root element only declarations and comments may stand.
 */
final class Gate extends FilterReader {

  private enum State {
    BEGIN,
    BETWEEN,
    OPEN,
    BANG,
    DASH,
    COMMENT,
    INSTRUCTION,
    CONTENT
  }

  private final long longest;
  private long count;
  private State state = State.BEGIN;
  private char before;
  private char last;

  /**
   * @param longest characters
   */
  Gate(Reader in, long longest) {
    super(in);
    this.longest = longest;
  }

  @Override
  public int read() throws IOException {
    char[] one = new char[1];
    int read = read(one, 0, 1);
    return read < 0 ? -1 : one[0];
  }

  @Override
  public int read(char[] into, int from, int most) throws IOException {
    int read = super.read(into, from, most);
    if (read <= 0) {
      return read;
    }
    count += read;
    if (count > longest) {
      throw new IOException("longer than " + (longest >> 20) + " million characters");
    }
    boolean marked = state == State.BEGIN && into[from] == '\uFEFF';
    for (int i = marked ? 1 : 0; i < read && state != State.CONTENT; i++) {
      pass(into[from + i]);
    }
    if (!marked) {
      return read;
    }
    state = state == State.BEGIN ? State.BETWEEN : state;
    System.arraycopy(into, from + 1, into, from, read - 1);
    return read > 1 ? read - 1 : read(into, from, most);
  }

  private void pass(char c) throws IOException {
    State from = state;
    state =
        switch (state) {
          case BEGIN, BETWEEN ->
              c == '<' ? State.OPEN : Character.isWhitespace(c) ? State.BETWEEN : State.CONTENT;
          case OPEN -> c == '?' ? State.INSTRUCTION : c == '!' ? State.BANG : State.CONTENT;
          case BANG -> dash(c, State.DASH);
          case DASH -> dash(c, State.COMMENT);
          case COMMENT -> c == '>' && last == '-' && before == '-' ? State.BETWEEN : State.COMMENT;
          case INSTRUCTION -> c == '>' && last == '?' ? State.BETWEEN : State.INSTRUCTION;
          case CONTENT -> State.CONTENT;
        };
    boolean inside = state == from && (state == State.COMMENT || state == State.INSTRUCTION);
    before = inside ? last : ' ';
    last = inside ? c : ' ';
  }

  private static State dash(char c, State next) throws IOException {
    if (c != '-') {
      throw new IOException("DOCTYPE and entities are not allowed");
    }
    return next;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
