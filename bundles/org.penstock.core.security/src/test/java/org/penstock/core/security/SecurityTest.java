package org.penstock.core.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.security.ServerKeys.KeyStoreFile;
import org.penstock.api.storage.DurableStorage;

/** Without it secrets could be stored in clear or be lost, or a wrong password let in. */
class SecurityTest {

  private static final String KEY = "0123456789abcdef";

  @TempDir Path home;

  private final DurableStorage storage = new MemoryStorage();

  private DeviceCrypto crypto(String key) throws IOException {
    return new DeviceCrypto(home, key, storage);
  }

  @Test
  void encryptedTextIsIvHyphenCipherTextAndTagInBase64() throws Exception {
    String text = new String(crypto(KEY).encryptAes("Pässword".toCharArray()));
    String[] parts = text.split("-");
    assertEquals(2, parts.length);
    byte[] iv = Base64.getDecoder().decode(parts[0]);
    assertEquals(12, iv.length);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "AES"),
        new GCMParameterSpec(128, iv));
    assertEquals(
        "Pässword",
        new String(cipher.doFinal(Base64.getDecoder().decode(parts[1])), StandardCharsets.UTF_8));
  }

  @Test
  void decryptOfEmptyIsEmpty() throws Exception {
    assertEquals("", new String(crypto(KEY).decryptAes(new char[0])));
  }

  @Test
  void anythingNotTwoPartsOrWithABadTagIsADecoderError() throws Exception {
    DeviceCrypto crypto = crypto(KEY);
    String good = new String(crypto.encryptAes("x".toCharArray()));
    String bad = good.substring(0, good.length() - 4) + "AAA=";
    for (String text : List.of("plain", "a-b-c", "####-####", bad)) {
      KuraException failure =
          assertThrows(KuraException.class, () -> crypto.decryptAes(text.toCharArray()), text);
      assertEquals(KuraErrorCode.DECODER_ERROR, failure.getCode());
    }
  }

  @Test
  void theDeviceKeyIsMadeOnceAndKept() throws Exception {
    char[] text = crypto(null).encryptAes("secret".toCharArray());
    assertEquals("secret", new String(crypto(null).decryptAes(text)));
    assertEquals(16, Files.size(home.resolve("keys/device.key")));
  }

  @Test
  void aDamagedDeviceKeyIsNamedAndNotReplaced() throws Exception {
    crypto(null);
    Files.write(home.resolve("keys/device.key"), new byte[3]);
    IOException failure = assertThrows(IOException.class, () -> crypto(null));
    assertTrue(failure.getMessage().contains("device.key"), failure::getMessage);
    assertEquals(3, Files.size(home.resolve("keys/device.key")));
  }

  @Test
  void hashIsBase64OfTheDigestOfTheUtf8Bytes() throws Exception {
    assertEquals("qZk+NkcGgWq6PiVxeFDCbJzQ2J0=", crypto(KEY).sha1Hash("abc"));
    assertEquals("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=", crypto(KEY).sha256Hash("abc"));
  }

  @Test
  void keyStorePasswordsAreKeptEncrypted() throws Exception {
    DeviceCrypto crypto = crypto(KEY);
    assertEquals("changeit", new String(crypto.getKeyStorePassword("/a.ks")));
    crypto.setKeyStorePassword("/a.ks", "secret".toCharArray());
    assertEquals("secret", new String(crypto.getKeyStorePassword("/a.ks")));
    assertEquals(null, crypto.getKeyStorePassword("/b.ks"));
    assertFalse(Files.readString(home.resolve("keys/store.save")).contains("secret"));
  }

  @Test
  void pbkdf2HmacSha512GivesThePublishedVector() {
    byte[] hash =
        PasswordHashes.derive(
            "password".toCharArray(), "salt".getBytes(StandardCharsets.US_ASCII), 1, 512);
    assertEquals(
        "867f70cf1ade02cff3752599a3a53dc4af34c7a669815ae5d513554e1c8cf252c02d470a285a0501bad999bfe943c08f050235d7d68b1da55e63f73b60a57fce",
        HexFormat.of().formatHex(hash));
  }

  @Test
  void aPasswordIsStoredOnlyAsASaltedHash() {
    String one = PasswordHashes.hash("hunter2".toCharArray(), 1000);
    String two = PasswordHashes.hash("hunter2".toCharArray(), 1000);
    assertNotEquals(one, two);
    assertFalse(one.contains("hunter2"));
    assertTrue(PasswordHashes.verify("hunter2".toCharArray(), one));
    assertFalse(PasswordHashes.verify("hunter3".toCharArray(), one));
  }

  @Test
  void anEmptyPasswordFileIsNamed() throws Exception {
    Path file = Files.writeString(home.resolve("pw"), "\n");
    IOException failure = assertThrows(IOException.class, () -> AdminPassword.read(file));
    assertTrue(failure.getMessage().contains(file.toString()), failure::getMessage);
  }

  @Test
  void theServersCertificateNamesLocalhostAndIsKept() throws Exception {
    DeviceCrypto crypto = crypto(null);
    HttpsKeys keys = new HttpsKeys(home.resolve("keys"), storage, crypto);
    KeyStoreFile made = keys.open(Instant.now());
    X509Certificate certificate = certificate(made);
    assertTrue(certificate.getSubjectAlternativeNames().toString().contains("localhost"));
    assertTrue(certificate.getSubjectAlternativeNames().toString().contains("127.0.0.1"));
    certificate.verify(certificate.getPublicKey());
    assertEquals(certificate, certificate(keys.open(Instant.now())));
    X509Certificate renewed = certificate(keys.open(Instant.now().plus(Duration.ofDays(800))));
    assertNotEquals(certificate, renewed);
    Files.write(made.file(), new byte[] {1, 2, 3});
    assertNotEquals(renewed, certificate(keys.open(Instant.now())));
    assertTrue(Files.exists(home.resolve("keys/https.p12.damaged")));
  }

  private static X509Certificate certificate(KeyStoreFile file) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(file.file())) {
      store.load(in, file.password().toCharArray());
    }
    return (X509Certificate) store.getCertificate("https");
  }
}
