package org.penstock.driver.kit;

/**
 * The order in which a device sends the bytes of a number that spans 16-bit words. The letters name
 * the bytes of a 32-bit number from most (A) to least significant (D); longer numbers follow the same
 * rule word by word. A 16-bit number has one word, so only the order of its bytes matters.
 */
public enum WordOrder {
  /** Big-endian: most significant word and byte first. */
  ABCD(false, false),
  /** Least significant word first, bytes of a word most significant first. */
  CDAB(true, false),
  /** Most significant word first, bytes of a word swapped. */
  BADC(false, true),
  /** Little-endian: least significant word and byte first. */
  DCBA(true, true);

  private final boolean wordsReversed;
  private final boolean bytesSwapped;

  WordOrder(boolean wordsReversed, boolean bytesSwapped) {
    this.wordsReversed = wordsReversed;
    this.bytesSwapped = bytesSwapped;
  }

  /**
   * Where byte {@code index} of the number (0 = most significant) stands among its {@code count}
   * bytes as sent.
   *
   * @param count even, or 1
   */
  int position(int index, int count) {
    if (count == 1) {
      return 0;
    }
    int word = index / 2;
    int sentWord = wordsReversed ? count / 2 - 1 - word : word;
    int inWord = index % 2;
    return sentWord * 2 + (bytesSwapped ? 1 - inWord : inWord);
  }
}
