package org.penstock.acceptance.inside.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.crypto.CryptoService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.penstock.api.security.KeyRotation;

/** Crypto and the device key (contract 9), sentence by sentence. */
class CryptoAndKeysTest {

  private final ConfigurationService configuration = Example.service(ConfigurationService.class);
  private final CryptoService crypto = Example.service(CryptoService.class);

  @AfterEach
  void delete() throws Exception {
    configuration.deleteFactoryConfiguration("KeysUnderTest", false);
  }

  @Test
  void encryptAesGivesTwelveBytesOfIvAHyphenAndCipherTextWithTag() throws Exception {
    String[] parts = new String(crypto.encryptAes("Grüße".toCharArray())).split("-");
    assertEquals(12, Base64.getDecoder().decode(parts[0]).length);
    assertEquals(
        "Grüße".getBytes("UTF-8").length + 16, Base64.getDecoder().decode(parts[1]).length);
  }

  @Test
  void decryptAesOfEmptyIsEmptyAndOfAnythingElseWrongADecoderError() throws Exception {
    assertEquals(0, crypto.decryptAes(new char[0]).length);
    String good = new String(crypto.encryptAes("x".toCharArray()));
    for (String bad : List.of("plain", "a-b-c", good.substring(0, good.length() - 4) + "AAA=")) {
      assertEquals(
          KuraErrorCode.DECODER_ERROR,
          assertThrows(KuraException.class, () -> crypto.decryptAes(bad.toCharArray())).getCode());
    }
  }

  @Test
  void hashesAreBase64AndBase64IsNullSafe() throws Exception {
    assertEquals("qZk+NkcGgWq6PiVxeFDCbJzQ2J0=", crypto.sha1Hash("abc"));
    assertEquals("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=", crypto.sha256Hash("abc"));
    assertEquals(null, crypto.encodeBase64(null));
    assertEquals(null, crypto.decodeBase64(null));
    assertFalse(crypto.isFrameworkSecure());
  }

  @Test
  void getKeyStorePasswordIsTheStoredOneElseNullAndChangeitWithoutTheFile() throws Exception {
    Path file =
        Path.of(Example.CONTEXT.getProperty("penstock.home")).resolve("keys").resolve("store.save");
    crypto.setKeyStorePassword("/a.ks", "secret".toCharArray());
    assertEquals("secret", new String(crypto.getKeyStorePassword("/a.ks")));
    assertEquals(null, crypto.getKeyStorePassword("/b.ks"));
    assertFalse(Files.readString(file).contains("secret"), "encrypted");
    Path aside = file.resolveSibling("store.save.aside");
    Files.move(file, aside);
    try {
      assertEquals("changeit", new String(crypto.getKeyStorePassword("/a.ks")));
    } finally {
      Files.move(aside, file);
    }
  }

  @Test
  void theDeviceKeyIsTheOwnersAlone() throws Exception {
    Path key =
        Path.of(Example.CONTEXT.getProperty("penstock.home")).resolve("keys").resolve("device.key");
    assertEquals(
        "rw-------",
        java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
  }

  @Test
  void theDeviceKeyChangesAndEverySecretStaysReadable() throws Exception {
    Path key =
        Path.of(Example.CONTEXT.getProperty("penstock.home")).resolve("keys").resolve("device.key");
    try (Example example = new Example("com.acme.rotation")) {
      configuration.createFactoryConfiguration(
          example.factory(), "KeysUnderTest", Map.of("pin", new Password("s3cret")), true);
      Example.await(() -> Example.given("KeysUnderTest").containsKey("pin"), () -> "not there");
      byte[] before = Files.readAllBytes(key);
      Example.service(KeyRotation.class).rotate();
      byte[] after = Files.readAllBytes(key);
      assertEquals(before.length, after.length);
      assertFalse(java.util.Arrays.equals(before, after));
      assertEquals(
          "s3cret",
          configuration
              .getComponentConfiguration("KeysUnderTest")
              .getConfigurationProperties()
              .get("pin")
              .toString());
      Example.await(
          () -> {
            try {
              String sealed = (String) Example.given("KeysUnderTest").get("pin");
              return new String(crypto.decryptAes(sealed.toCharArray())).equals("s3cret");
            } catch (KuraException e) {
              return false;
            }
          },
          () -> "the component still has a text of the old key");
      for (long id : configuration.getSnapshots()) {
        configuration.getSnapshot(id);
      }
    }
  }
}
