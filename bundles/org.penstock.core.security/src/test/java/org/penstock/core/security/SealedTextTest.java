package org.penstock.core.security;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without it a large snapshot could need many times its size in memory, or a changed one pass. */
class SealedTextTest {

  private static final int MEGA = 1 << 20;

  @TempDir Path home;

  private DeviceCrypto crypto;

  @BeforeEach
  void key() throws IOException {
    crypto = new DeviceCrypto(home, null, new MemoryStorage());
  }

  private byte[] sealed(byte[] clear) throws IOException, KuraException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = crypto.aesEncryptingStream(bytes)) {
      out.write(clear);
    }
    return bytes.toByteArray();
  }

  private byte[] opened(byte[] sealed) throws IOException, KuraException {
    Path file = Files.write(home.resolve("sealed"), sealed);
    byte[] fromFile;
    try (InputStream in = crypto.aesDecryptingStream(new FileInputStream(file.toFile()))) {
      fromFile = in.readAllBytes();
    }
    byte[] held = crypto.aesDecryptingStream(new ByteArrayInputStream(sealed)).readAllBytes();
    assertArrayEquals(fromFile, held);
    return fromFile;
  }

  /** Sizes about a block, about one piece of 48 KiB less its tag, and about two. */
  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, 15, 16, 17, 255, 49_119, 49_120, 49_121, 49_136, 49_152, 98_287, 98_288, MEGA})
  void whatAStreamSealsIsTheTextFormAndTheReverse(int size) throws Exception {
    char[] text = new char[size];
    Random random = new Random(size);
    for (int i = 0; i < size; i++) {
      text[i] = (char) ('a' + random.nextInt(26));
    }
    byte[] clear = new String(text).getBytes(StandardCharsets.US_ASCII);
    String sealed = new String(sealed(clear), StandardCharsets.US_ASCII);
    assertEquals(new String(text), new String(crypto.decryptAes(sealed.toCharArray())));
    byte[] whole = new String(crypto.encryptAes(text)).getBytes(StandardCharsets.US_ASCII);
    assertArrayEquals(clear, opened(whole));
    assertArrayEquals(clear, opened((new String(whole) + " \n").getBytes()));
  }

  @Test
  void emptyTextStaysEmpty() throws Exception {
    assertArrayEquals(new byte[0], opened(new byte[0]));
  }

  @Test
  void aTextChangedOrCutAtAnyPlaceIsRefusedBeforeAByteIsGivenOut() throws Exception {
    byte[] sealed = sealed("a secret of some length".getBytes(StandardCharsets.US_ASCII));
    for (int at = 0; at < sealed.length; at++) {
      byte[] changed = sealed.clone();
      changed[at] = (byte) (changed[at] == 'B' ? 'C' : 'B');
      if (at != sealed.length - 1 && sealed[at] != '=') {
        assertRefused(changed);
      }
      assertRefused(Arrays.copyOf(sealed, Math.max(1, at)));
    }
    byte[] large = sealed(new byte[MEGA]);
    large[large.length / 2] = (byte) (large[large.length / 2] == 'B' ? 'C' : 'B');
    assertRefused(large);
    assertRefused("no-text".getBytes(StandardCharsets.US_ASCII));
    assertRefused(new byte[] {'<', -1, '>'});
  }

  private void assertRefused(byte[] sealed) {
    KuraException failure = assertThrows(KuraException.class, () -> opened(sealed));
    assertEquals(KuraErrorCode.DECODER_ERROR, failure.getCode());
  }

  @Test
  void everyKeyOfTheRingOpens() throws Exception {
    byte[] sealed = sealed(new byte[] {1, 2, 3});
    crypto.addKey();
    assertArrayEquals(new byte[] {1, 2, 3}, opened(sealed));
    crypto.forgetOldKeys();
    assertRefused(sealed);
  }

  /** All that is ever allocated is more than what is in memory at once. */
  @Test
  void aHundredMegabytesNeedLessThanTwoInMemory() throws Exception {
    Path file = home.resolve("large");
    byte[] piece = new byte[8192];
    int pieces = 100 * MEGA / piece.length;
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    try (OutputStream out = crypto.aesEncryptingStream(Files.newOutputStream(file))) {
      for (int i = 0; i < pieces; i++) {
        out.write(piece);
      }
    }
    long read = 0;
    try (InputStream in = crypto.aesDecryptingStream(new FileInputStream(file.toFile()))) {
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        read += count;
      }
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertEquals(100L * MEGA, read);
    assertTrue(allocated < 2 * MEGA, "allocated " + allocated);
  }
}
