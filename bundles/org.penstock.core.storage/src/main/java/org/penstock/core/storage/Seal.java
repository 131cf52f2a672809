package org.penstock.core.storage;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Streams sealed under a passphrase. Header: magic (16), iterations (4), salt (16), nonce (8). Then
 * chunks: length (4), highest bit set on the last one, and that many bytes of AES-256/GCM over up to
 * 64 KiB; the nonce is the header's and the chunk's number, the length field is authenticated. The key
 * is PBKDF2-HMAC-SHA512 of the passphrase. So nothing can be cut off, swapped or changed unseen.
 */
final class Seal {

  private static final byte[] MAGIC = "PENSTOCK-SEAL-1\n".getBytes(StandardCharsets.US_ASCII);
  private static final int ITERATIONS = 210_000;
  private static final int MOST_ITERATIONS = 10_000_000;
  private static final int CHUNK = 64 << 10;
  private static final int TAG_BYTES = 16;
  private static final int LAST = 1 << 31;

  private final SecretKeySpec key;
  private final byte[] nonce;
  private final AtomicInteger count = new AtomicInteger();

  private Seal(char[] passphrase, int iterations, byte[] salt, byte[] nonce) throws IOException {
    this.nonce = nonce.clone();
    PBEKeySpec spec = new PBEKeySpec(passphrase, salt, iterations, 256);
    try {
      byte[] bytes =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded();
      key = new SecretKeySpec(bytes, "AES");
    } catch (GeneralSecurityException e) {
      throw new IOException("every JDK has PBKDF2WithHmacSHA512", e);
    } finally {
      spec.clearPassword();
    }
  }

  private byte[] crypt(int mode, int length, byte[] content, int size) throws IOException {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      byte[] iv = ByteBuffer.allocate(12).put(nonce).putInt(count.getAndIncrement()).array();
      cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, iv));
      cipher.updateAAD(ByteBuffer.allocate(4).putInt(length).array());
      return cipher.doFinal(content, 0, size);
    } catch (GeneralSecurityException e) {
      throw new IOException("the passphrase is wrong, or the archive was changed", e);
    }
  }

  /** What is written is sealed into the stream; closing it ends the seal, not the stream. */
  static OutputStream sealing(OutputStream out, char[] passphrase) throws IOException {
    SecureRandom random = new SecureRandom();
    byte[] salt = new byte[16];
    random.nextBytes(salt);
    byte[] nonce = new byte[8];
    random.nextBytes(nonce);
    DataOutputStream data = new DataOutputStream(out);
    data.write(MAGIC);
    data.writeInt(ITERATIONS);
    data.write(salt);
    data.write(nonce);
    Seal seal = new Seal(passphrase, ITERATIONS, salt, nonce);
    return new OutputStream() {
      private final ByteArrayOutputStream chunk = new ByteArrayOutputStream(CHUNK);

      @Override
      public void write(int b) throws IOException {
        chunk.write(b);
        if (chunk.size() == CHUNK) {
          chunk(0);
        }
      }

      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        int at = from;
        while (at < from + length) {
          int some = Math.min(CHUNK - chunk.size(), from + length - at);
          chunk.write(bytes, at, some);
          at += some;
          if (chunk.size() == CHUNK) {
            chunk(0);
          }
        }
      }

      private void chunk(int flag) throws IOException {
        byte[] content = chunk.toByteArray();
        chunk.reset();
        int length = content.length + TAG_BYTES | flag;
        data.writeInt(length);
        data.write(seal.crypt(Cipher.ENCRYPT_MODE, length, content, content.length));
        Arrays.fill(content, (byte) 0);
      }

      @Override
      public void close() throws IOException {
        chunk(LAST);
        data.flush();
      }
    };
  }

  /** What was sealed; the end of the stream comes only after the last chunk was found whole. */
  static InputStream opening(InputStream in, char[] passphrase) throws IOException {
    DataInputStream data = new DataInputStream(in);
    byte[] magic = data.readNBytes(MAGIC.length);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new IOException("this is no archive of a gateway");
    }
    int iterations = data.readInt();
    byte[] salt = data.readNBytes(16);
    byte[] nonce = data.readNBytes(8);
    if (iterations < 1 || iterations > MOST_ITERATIONS || salt.length < 16 || nonce.length < 8) {
      throw new IOException("the archive's header is damaged");
    }
    Seal seal = new Seal(passphrase, iterations, salt, nonce);
    return new InputStream() {
      private final AtomicReference<ByteBuffer> chunk =
          new AtomicReference<>(ByteBuffer.allocate(0));
      private final AtomicBoolean last = new AtomicBoolean();

      private boolean more() throws IOException {
        while (!chunk.get().hasRemaining() && !last.get()) {
          int length = data.readInt();
          int size = length & ~LAST;
          if (size < TAG_BYTES || size > CHUNK + TAG_BYTES) {
            throw new IOException("the archive is damaged");
          }
          last.set((length & LAST) != 0);
          byte[] sealed = data.readNBytes(size);
          chunk.set(
              ByteBuffer.wrap(seal.crypt(Cipher.DECRYPT_MODE, length, sealed, sealed.length)));
        }
        return chunk.get().hasRemaining();
      }

      @Override
      public int read() throws IOException {
        return more() ? chunk.get().get() & 0xFF : -1;
      }

      @Override
      public int read(byte[] into, int from, int length) throws IOException {
        if (!more()) {
          return -1;
        }
        int some = Math.min(length, chunk.get().remaining());
        chunk.get().get(into, from, some);
        return some;
      }
    };
  }
}
