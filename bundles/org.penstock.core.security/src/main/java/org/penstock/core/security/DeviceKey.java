package org.penstock.core.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.penstock.api.storage.DurableStorage;

/** The key that this box encrypts its secrets with: made at first start, never compiled in. */
final class DeviceKey {

  /** Kura's name of the property that gives the key from outside, 16 bytes of text. */
  static final String PROPERTY = "org.eclipse.kura.core.crypto.secretKey";

  private static final int LENGTH = 16;
  private static final String ALGORITHM = "AES";

  private DeviceKey() {}

  /**
   * Reads the key or makes it.
   *
   * @param given the key from outside, or null
   * @throws IOException in words, when the file can't be read or written or is no key
   */
  static SecretKey load(Path file, String given, DurableStorage storage) throws IOException {
    if (given != null) {
      byte[] bytes = given.getBytes(StandardCharsets.UTF_8);
      if (bytes.length != LENGTH) {
        throw new IOException(
            "property " + PROPERTY + " must have " + LENGTH + " bytes, has " + bytes.length);
      }
      return new SecretKeySpec(bytes, ALGORITHM);
    }
    if (!Files.exists(file)) {
      byte[] fresh = new byte[LENGTH];
      new SecureRandom().nextBytes(fresh);
      storage.replace(file, fresh);
    }
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length != LENGTH) {
      throw new IOException(
          "device key "
              + file
              + " must have "
              + LENGTH
              + " bytes, has "
              + bytes.length
              + "; restore it from a backup: without it no stored secret can be read");
    }
    return new SecretKeySpec(bytes, ALGORITHM);
  }
}
