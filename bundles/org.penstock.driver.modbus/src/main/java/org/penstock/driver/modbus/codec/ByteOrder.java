package org.penstock.driver.modbus.codec;

import java.util.Arrays;

/**
 * In which order a unit sends the bytes of a number, written with a letter for each byte: A is the
 * most significant. A number of another length follows word by word where the order is one of ABCD,
 * CDAB, BADC, DCBA. Pure and unchangeable.
 */
public final class ByteOrder {

  /** Most significant byte first, as the specification says. */
  public static final ByteOrder ABCD = new ByteOrder("ABCD");

  private static final String LETTERS = "ABCDEFGH";

  private final String name;

  private ByteOrder(String name) {
    this.name = name;
  }

  /**
   * The order with this name.
   *
   * @throws IllegalArgumentException when it is not a permutation of AB, ABCD or ABCDEFGH
   */
  public static ByteOrder of(String text) {
    String name = text.strip().toUpperCase(java.util.Locale.ROOT);
    char[] sorted = name.toCharArray();
    Arrays.sort(sorted);
    int length = sorted.length;
    if (length != 2 && length != 4 && length != 8
        || !LETTERS.substring(0, length).equals(new String(sorted))) {
      throw new IllegalArgumentException(
          "must be an order of the letters AB, ABCD or ABCDEFGH, for example CDAB");
    }
    return new ByteOrder(name);
  }

  /**
   * Where byte {@code i} of a number (0 = most significant) stands among its bytes as sent.
   *
   * @param size bytes of the number, 2, 4 or 8
   * @throws IllegalArgumentException when this order says nothing about that size
   */
  public int[] positions(int size) {
    String order = stretched(size);
    int[] positions = new int[size];
    for (int i = 0; i < size; i++) {
      positions[i] = order.indexOf(LETTERS.charAt(i));
    }
    return positions;
  }

  private String stretched(int size) {
    if (name.length() == size) {
      return name;
    }
    boolean words =
        switch (name) {
          case "ABCD", "BADC", "AB", "BA", "ABCDEFGH" -> false;
          case "CDAB", "DCBA" -> true;
          default ->
              throw new IllegalArgumentException(
                  "order " + name + " does not fit a number of " + size + " bytes");
        };
    boolean bytes = name.startsWith("BA") || name.startsWith("DC");
    StringBuilder order = new StringBuilder();
    for (int word = 0; word < size / 2; word++) {
      int source = 2 * (words ? size / 2 - 1 - word : word);
      order.append(LETTERS.charAt(source + (bytes ? 1 : 0)));
      order.append(LETTERS.charAt(source + (bytes ? 0 : 1)));
    }
    return order.toString();
  }

  /** Whether the two bytes of a register come least significant first. */
  public boolean swapsBytes() {
    return stretchable() && (name.startsWith("BA") || name.startsWith("DC"));
  }

  private boolean stretchable() {
    return java.util.Set.of("AB", "BA", "ABCD", "CDAB", "BADC", "DCBA").contains(name);
  }

  @Override
  public String toString() {
    return name;
  }
}
