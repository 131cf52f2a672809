package org.penstock.core.security;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.penstock.api.storage.DurableStorage;

/** The key that this box encrypts its secrets with: made at first start, never compiled in. */
final class DeviceKey {

  /** Kura's name of the property that gives the key from outside, 16 bytes of text. */
  static final String PROPERTY = "org.eclipse.kura.core.crypto.secretKey";

  private static final int LENGTH = 16;
  private static final int MOST = 4;
  private static final String ALGORITHM = "AES";

  private DeviceKey() {}

  /**
   * Reads the keys or makes one. The first encrypts; others are there while a rotation is under way,
   * and only decrypt.
   *
   * @param given the key from outside, or null
   * @throws IOException in words, when the file can't be read or written or is no key
   */
  static List<SecretKey> load(Path file, String given, DurableStorage storage) throws IOException {
    if (given != null) {
      byte[] bytes = given.getBytes(StandardCharsets.UTF_8);
      if (bytes.length != LENGTH) {
        throw new IOException(
            "property " + PROPERTY + " must have " + LENGTH + " bytes, has " + bytes.length);
      }
      return List.of(new SecretKeySpec(bytes, ALGORITHM));
    }
    if (!Files.exists(file)) {
      keep(file, List.of(fresh()), storage);
    }
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length == 0 || bytes.length % LENGTH != 0 || bytes.length > MOST * LENGTH) {
      throw new IOException(
          "device key "
              + file
              + " must have "
              + LENGTH
              + " bytes, has "
              + bytes.length
              + "; restore it from a backup: without it no stored secret can be read");
    }
    List<SecretKey> keys = new ArrayList<>();
    for (int i = 0; i < bytes.length; i += LENGTH) {
      keys.add(new SecretKeySpec(bytes, i, LENGTH, ALGORITHM));
    }
    return List.copyOf(keys);
  }

  static SecretKey fresh() {
    byte[] fresh = new byte[LENGTH];
    new SecureRandom().nextBytes(fresh);
    return new SecretKeySpec(fresh, ALGORITHM);
  }

  /** Writes the keys, the one that encrypts first. */
  static void keep(Path file, List<SecretKey> keys, DurableStorage storage) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(LENGTH * keys.size());
    keys.forEach(key -> bytes.put(key.getEncoded()));
    storage.replace(file, bytes.array());
  }
}
