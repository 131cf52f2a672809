package org.penstock.core.deployment;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that ends with an error when it is longer than allowed. */
final class Bounded extends FilterInputStream {

  /** It is longer. */
  static final class TooMuch extends IOException {

    private static final long serialVersionUID = 1L;

    TooMuch(long allowed) {
      super("more than " + allowed + " bytes");
    }
  }

  private final long allowed;
  private long left;

  Bounded(InputStream in, long allowed) {
    super(in);
    this.allowed = allowed;
    this.left = allowed;
  }

  @Override
  public int read() throws IOException {
    return count(super.read(), 1);
  }

  @Override
  public int read(byte[] to, int from, int length) throws IOException {
    int n = super.read(to, from, length);
    return count(n, n);
  }

  private int count(int result, int bytes) throws IOException {
    left -= result < 0 ? 0 : bytes;
    if (left < 0) {
      throw new TooMuch(allowed);
    }
    return result;
  }
}
