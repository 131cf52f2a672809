package org.penstock.core.security.keystore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.KeyStore.TrustedCertificateEntry;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import org.eclipse.kura.KuraException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without it what a plant's security people hand out could not be brought into the gateway. */
class KeyImporterTest {

  @TempDir Path folder;
  private Authority authority;
  private PrivateKeyEntry key;
  private FilesystemKeystore store;

  @BeforeEach
  void keys() throws Exception {
    authority = new Authority("root");
    key = authority.issue("gw", -1, 9);
    store = Boxes.keystore(folder, "target", new Properties(), () -> {});
  }

  private static String pem(String kind, byte[] content) {
    return "-----BEGIN "
        + kind
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
        + "\n-----END "
        + kind
        + "-----\n";
  }

  private List<String> load(String text, String password) throws KuraException {
    return KeyImporter.into(
        store, "a", text.getBytes(StandardCharsets.US_ASCII), password.toCharArray());
  }

  @Test
  void aKeyInPemTakesItsOwnCertificateFirstWhateverTheOrder() throws Exception {
    String text =
        pem("CERTIFICATE", authority.certificate().getEncoded())
            + pem("PRIVATE KEY", key.getPrivateKey().getEncoded())
            + pem("CERTIFICATE", key.getCertificate().getEncoded());
    assertEquals(List.of("a"), load(text, ""));
    PrivateKeyEntry found = (PrivateKeyEntry) store.getEntry("a");
    assertEquals(key.getCertificate(), found.getCertificate());
    assertEquals(2, found.getCertificateChain().length);
    assertArrayEquals(key.getPrivateKey().getEncoded(), found.getPrivateKey().getEncoded());
  }

  @Test
  void certificatesAloneAreTrusted() throws Exception {
    String text =
        pem("CERTIFICATE", authority.certificate().getEncoded())
            + pem("CERTIFICATE", new Authority("other").certificate().getEncoded());
    assertEquals(List.of("a", "a-2"), load(text, ""));
    assertTrue(store.getEntry("a-2") instanceof TrustedCertificateEntry);
  }

  @Test
  void aPkcs12FileGivesItsKeyAndAWrongPasswordIsSaid() throws Exception {
    FilesystemKeystore source =
        Boxes.keystore(
            folder, "source", new Properties(), () -> {}, "keystore_password", "sealed:secret");
    source.setEntry("mine", key);
    byte[] file = Files.readAllBytes(folder.resolve("source.p12"));
    assertEquals(List.of("a"), KeyImporter.into(store, "a", file, "secret".toCharArray()));
    assertEquals(key.getCertificate(), ((PrivateKeyEntry) store.getEntry("a")).getCertificate());
    KuraException wrong =
        assertThrows(
            KuraException.class, () -> KeyImporter.into(store, "b", file, "x".toCharArray()));
    assertTrue(wrong.getMessage().contains("password is wrong"), wrong.getMessage());
  }

  @Test
  void aKeyWithoutItsCertificateAndAFileOfNothingAreRefusedInWords() throws Exception {
    String alone =
        pem("PRIVATE KEY", key.getPrivateKey().getEncoded())
            + pem("CERTIFICATE", authority.certificate().getEncoded());
    KuraException refused = assertThrows(KuraException.class, () -> load(alone, ""));
    assertTrue(refused.getMessage().contains("not its certificate"), refused.getMessage());
    assertThrows(KuraException.class, () -> load("hello", ""));
    assertEquals(List.of(), store.getAliases());
  }
}
