package org.penstock.core.security;

import java.nio.ByteBuffer;

/**
 * GHASH of NIST SP 800-38D, 6.4, over cipher text without further data. Java's own cipher keeps all
 * cipher text in memory before it tells whether the tag is right; this one keeps one block.
 */
final class Ghash {

  static final int BLOCK = 16;
  private static final long POLYNOMIAL = 0xE1L << 56;
  private static final long[] REDUCED = reduced();

  private final long[] high = new long[256];
  private final long[] low = new long[256];
  private long sumHigh;
  private long sumLow;
  private long count;

  /**
   * @param subkey 16 bytes: the block of zeros under the cipher's key
   */
  Ghash(byte[] subkey) {
    ByteBuffer bytes = ByteBuffer.wrap(subkey);
    long h = bytes.getLong();
    long l = bytes.getLong();
    for (int bit = 128; bit > 0; bit >>= 1) {
      high[bit] = h;
      low[bit] = l;
      long carry = (l & 1) == 0 ? 0 : POLYNOMIAL;
      l = l >>> 1 | h << 63;
      h = h >>> 1 ^ carry;
    }
    for (int i = 1; i < 256; i++) {
      int top = Integer.highestOneBit(i);
      high[i] = high[top] ^ high[i ^ top];
      low[i] = low[top] ^ low[i ^ top];
    }
  }

  /** What the eight bits that a shift pushes out become at the top. */
  private static long[] reduced() {
    long[] table = new long[256];
    for (int i = 0; i < 256; i++) {
      long h = 0;
      long l = i;
      for (int bit = 0; bit < 8; bit++) {
        long carry = (l & 1) == 0 ? 0 : POLYNOMIAL;
        l = l >>> 1 | h << 63;
        h = h >>> 1 ^ carry;
      }
      table[i] = h;
    }
    return table;
  }

  /** Adds cipher text; all pieces but the last are of whole blocks of 16 bytes. */
  void add(byte[] text, int length) {
    ByteBuffer bytes = ByteBuffer.wrap(text, 0, length);
    count += length;
    while (bytes.remaining() >= BLOCK) {
      block(bytes.getLong(), bytes.getLong());
    }
    if (bytes.hasRemaining()) {
      byte[] padded = new byte[BLOCK];
      bytes.get(padded, 0, bytes.remaining());
      ByteBuffer last = ByteBuffer.wrap(padded);
      block(last.getLong(), last.getLong());
    }
  }

  private void block(long h, long l) {
    long x = sumHigh ^ h;
    long y = sumLow ^ l;
    long zh = 0;
    long zl = 0;
    for (int i = 0; i < BLOCK; i++) {
      int one = (int) (i < 8 ? y >>> 8 * i : x >>> 8 * (i - 8)) & 0xFF;
      long out = REDUCED[(int) zl & 0xFF];
      zl = (zl >>> 8 | zh << 56) ^ low[one];
      zh = zh >>> 8 ^ out ^ high[one];
    }
    sumHigh = zh;
    sumLow = zl;
  }

  /** The hash of all that was added; nothing may be added afterwards. */
  byte[] finish() {
    block(0, count * 8);
    return ByteBuffer.allocate(BLOCK).putLong(sumHigh).putLong(sumLow).array();
  }
}
