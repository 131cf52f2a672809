package org.penstock.core.security;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;

/** The text form of {@link AesText}, read in pieces: the IV, cipher text, at the end the tag. */
final class SealedText {

  static final int TAG = 16;

  /** Characters per piece; pieces are whole blocks of the cipher, too. */
  private static final int PIECE = 64 << 10;

  private final InputStream in;
  private final byte[] iv;
  private final byte[] characters = new byte[PIECE];
  private final byte[] decoded = new byte[PIECE / 4 * 3];
  private final byte[] window = new byte[TAG + decoded.length];
  private int length;
  private int kept;

  /** Reads up to the hyphen. */
  SealedText(InputStream in) throws IOException, GeneralSecurityException {
    this.in = in;
    byte[] head = new byte[AesText.IV_BYTES / 3 * 4];
    int one = in.read();
    while (one > 0 && one <= ' ') {
      one = in.read();
    }
    int count = 0;
    for (; count < head.length && one >= 0; count++) {
      head[count] = (byte) one;
      one = in.read();
    }
    if (count < head.length || one != '-') {
      throw new GeneralSecurityException("the text is not of the form <iv>-<cipher text>");
    }
    iv = decode(head);
  }

  byte[] iv() {
    return iv.clone();
  }

  /** Reads on; false at the end. */
  boolean next() throws IOException, GeneralSecurityException {
    System.arraycopy(window, length, window, 0, kept);
    int count = in.readNBytes(characters, 0, PIECE);
    int read = count;
    while (read > 0 && characters[read - 1] >= 0 && characters[read - 1] <= ' ') {
      read--;
    }
    int more = decode(read);
    System.arraycopy(decoded, 0, window, kept, more);
    int all = kept + more;
    kept = Math.min(TAG, all);
    length = all - kept;
    if (count == 0 && kept < TAG) {
      throw new GeneralSecurityException("the text is cut off");
    }
    return count > 0;
  }

  private int decode(int read) throws GeneralSecurityException {
    if (read < PIECE) {
      byte[] rest = decode(Arrays.copyOf(characters, read));
      System.arraycopy(rest, 0, decoded, 0, rest.length);
      return rest.length;
    }
    try {
      return Base64.getDecoder().decode(characters, decoded);
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("the text is not Base64", e);
    }
  }

  private static byte[] decode(byte... text) throws GeneralSecurityException {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("the text is not Base64", e);
    }
  }

  /** The present piece of cipher text: the first {@link #length} bytes; valid until the next. */
  byte[] piece() {
    return window;
  }

  int length() {
    return length;
  }

  /** At the end: the tag. */
  byte[] tag() {
    return Arrays.copyOfRange(window, length, length + TAG);
  }
}
