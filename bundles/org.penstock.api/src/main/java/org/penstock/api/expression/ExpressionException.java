package org.penstock.api.expression;

/** A text that is no expression. The message says what is wrong and what would be right. */
public final class ExpressionException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int position;

  /**
   * An error at a place.
   *
   * @param position of the first wrong character, from 0
   * @param message what is wrong and what would be right
   */
  public ExpressionException(int position, String message) {
    super(message);
    this.position = position;
  }

  /** The place of the first wrong character, from 0. */
  public int position() {
    return position;
  }
}
