package org.penstock.core.security;

import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;

/**
 * The clear form of a {@link SealedText}, decrypted while it is read. The text is read twice: first to
 * its tag, so that nothing is given out which was changed, whatever its length. Files are never written
 * in place (they are renamed), so both times it is the same text.
 */
final class OpenedText extends InputStream {

  private final InputStream source;
  private final SealedText text;
  private final Cipher cipher;
  private byte[] clear = new byte[0];
  private int at;
  private int end;

  private OpenedText(InputStream source, SecretKey key)
      throws IOException, GeneralSecurityException {
    this.source = source;
    this.text = new SealedText(source);
    this.cipher = Cipher.getInstance("AES/CTR/NoPadding");
    cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(counter(text.iv(), 2)));
  }

  /**
   * Takes over the source, whatever happens.
   *
   * @throws GeneralSecurityException none of the keys encrypted the text, or it was changed
   */
  static InputStream of(List<SecretKey> keys, InputStream source)
      throws IOException, GeneralSecurityException {
    boolean opened = false;
    try {
      InputStream clear =
          source instanceof FileInputStream file ? of(keys, file) : held(keys, source);
      opened = true;
      return clear;
    } finally {
      if (!opened) {
        source.close();
      }
    }
  }

  private static InputStream of(List<SecretKey> keys, FileInputStream file)
      throws IOException, GeneralSecurityException {
    long begin = file.getChannel().position();
    if (begin == file.getChannel().size()) {
      return file; // empty text stays empty
    }
    SecretKey key = opener(keys, file);
    file.getChannel().position(begin);
    return new OpenedText(file, key);
  }

  private static InputStream held(List<SecretKey> keys, InputStream source)
      throws IOException, GeneralSecurityException {
    byte[] all;
    try (source) {
      all = source.readAllBytes();
    }
    if (all.length == 0) {
      return new ByteArrayInputStream(all);
    }
    SecretKey key = opener(keys, new ByteArrayInputStream(all));
    return new OpenedText(new ByteArrayInputStream(all), key);
  }

  /** The key whose tag stands at the end of the text. */
  private static SecretKey opener(List<SecretKey> keys, InputStream in)
      throws IOException, GeneralSecurityException {
    SealedText text = new SealedText(in);
    List<Ghash> sums = new ArrayList<>();
    for (SecretKey key : keys) {
      sums.add(new Ghash(block(key, new byte[Ghash.BLOCK])));
    }
    while (text.next()) {
      sums.forEach(sum -> sum.add(text.piece(), text.length()));
    }
    for (int i = 0; i < sums.size(); i++) {
      byte[] tag = sums.get(i).finish();
      byte[] mask = block(keys.get(i), counter(text.iv(), 1));
      for (int b = 0; b < tag.length; b++) {
        tag[b] ^= mask[b];
      }
      if (MessageDigest.isEqual(tag, text.tag())) {
        return keys.get(i);
      }
    }
    throw new GeneralSecurityException("the tag does not match");
  }

  private static byte[] block(SecretKey key, byte[] clear) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
    cipher.init(Cipher.ENCRYPT_MODE, key);
    return cipher.doFinal(clear);
  }

  /** GCM's counter for a 12-byte IV: 1 masks the tag, the text begins at 2. */
  private static byte[] counter(byte[] iv, int number) {
    return ByteBuffer.allocate(Ghash.BLOCK).put(iv).putInt(number).array();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int from, int count) throws IOException {
    Objects.checkFromIndexSize(from, count, into.length);
    if (count == 0) {
      return 0;
    }
    while (at == end) {
      if (!more()) {
        return -1;
      }
    }
    int some = Math.min(count, end - at);
    System.arraycopy(clear, at, into, from, some);
    at += some;
    return some;
  }

  private boolean more() throws IOException {
    try {
      boolean more = text.next();
      clear = clear.length < text.length() ? new byte[text.piece().length] : clear;
      at = 0;
      end = cipher.update(text.piece(), 0, text.length(), clear, 0);
      return more;
    } catch (GeneralSecurityException e) {
      throw new IOException("the text was changed while it was read", e);
    }
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
