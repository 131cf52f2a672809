package org.penstock.core.security.keystore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.eclipse.kura.KuraException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.health.HealthState.Level;

/** Section 9's sentences on key stores. Without it a key could be lost or locked away. */
class FilesystemKeystoreTest {

  @TempDir Path folder;
  private final Properties kept = new Properties();
  private final AtomicInteger changes = new AtomicInteger();

  private FilesystemKeystore open(Object... pairs) {
    return Boxes.keystore(folder, "SSLKeystore", kept, changes::incrementAndGet, pairs);
  }

  private KeyStore read(String password) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(folder.resolve("SSLKeystore.p12"))) {
      store.load(in, password.toCharArray());
    }
    return store;
  }

  @Test
  void theStoreIsPkcs12AndMadeWhenItIsMissing() throws Exception {
    open();
    assertEquals(0, read("changeit").size());
  }

  @Test
  void entriesAreDurableAndEachChangeIsTold() throws Exception {
    Authority authority = new Authority("root");
    FilesystemKeystore store = open();
    store.setEntry("root", authority.trusted());
    store.setEntry("me", authority.issue("gw", -1, 100));
    assertEquals(2, changes.get());
    assertEquals(Set.of("root", "me"), open().getEntries().keySet());
    assertInstanceOf(PrivateKeyEntry.class, open().getEntry("me"));
    store.deleteEntry("root");
    store.deleteEntry("root");
    assertEquals(3, changes.get());
    assertNull(open().getEntry("root"));
    assertThrows(IllegalArgumentException.class, () -> store.getEntry(null));
  }

  @Test
  void whoChangesTheReturnedKeyStoreDoesNotChangeTheService() throws Exception {
    FilesystemKeystore store = open();
    store.getKeyStore().setEntry("root", new Authority("root").trusted(), null);
    assertEquals(0, store.getAliases().size());
  }

  @Test
  void aChangedPasswordIsGivenToTheFileAndAnOldOneStillOpensItAfterARollback() throws Exception {
    open("keystore.password", "sealed:one").setEntry("a", new Authority("a").trusted());
    open("keystore_password", "sealed:two");
    assertEquals(1, read("two").size());
    open("keystore_password", "sealed:one");
    assertEquals(1, read("one").size());
  }

  @Test
  void aRandomPasswordIsKnownToTheGatewayAloneAndStays() throws Exception {
    open("randomize_password", true).setEntry("a", new Authority("a").trusted());
    String first = kept.getProperty(folder.resolve("SSLKeystore.p12").toString());
    assertTrue(first.length() > 20, "a random password");
    assertEquals(1, read(first).size());
    assertEquals(1, open("randomize_password", true).getAliases().size());
    assertEquals(first, kept.getProperty(folder.resolve("SSLKeystore.p12").toString()));
  }

  @Test
  void theUsualPasswordOfAGivenFileIsReplacedByARandomOne() throws Exception {
    open().setEntry("a", new Authority("a").trusted());
    open("randomize_password", true);
    assertThrows(java.io.IOException.class, () -> read("changeit"));
    assertEquals(1, open("randomize_password", true).getAliases().size());
  }

  @Test
  void aFileThatNoPasswordOpensIsNamedAndLeftAsItIs() throws Exception {
    byte[] content = {1, 2, 3};
    Files.write(folder.resolve("SSLKeystore.p12"), content);
    FilesystemKeystore store = open();
    KuraException failure = assertThrows(KuraException.class, store::getAliases);
    assertTrue(failure.getMessage().contains("SSLKeystore.p12"), failure.getMessage());
    assertEquals(Level.FAILED, store.health().level());
    assertArrayEquals(content, Files.readAllBytes(folder.resolve("SSLKeystore.p12")));
  }

  @Test
  void aKeyPairIsMadeWithASelfSignedCertificate() throws Exception {
    FilesystemKeystore store = open();
    store.createKeyPair("rsa", "RSA", 2048, "SHA256withRSA", "CN=gw,O=Acme");
    store.createKeyPair(
        "ec", "EC", new ECGenParameterSpec("secp256r1"), "SHA256withECDSA", "CN=gw");
    X509Certificate made =
        (X509Certificate) ((PrivateKeyEntry) open().getEntry("rsa")).getCertificate();
    made.verify(made.getPublicKey());
    assertTrue(made.getSubjectX500Principal().getName().contains("O=Acme"));
    KuraException wrong =
        assertThrows(KuraException.class, () -> store.createKeyPair("x", "XYZ", 1, "SHA1", "CN=a"));
    assertTrue(wrong.getMessage().contains("XYZ"), wrong.getMessage());
  }

  @Test
  void theSigningRequestIsPkcs10InPemSignedByTheKey() throws Exception {
    FilesystemKeystore store = open();
    store.createKeyPair("rsa", "RSA", 2048, "SHA256withRSA", "CN=gw");
    String pem = store.getCSR("rsa", new X500Principal("CN=gw,O=Acme"), "SHA256withRSA");
    assertTrue(pem.startsWith("-----BEGIN CERTIFICATE REQUEST-----"), pem);
    PKCS10CertificationRequest request =
        (PKCS10CertificationRequest) new PEMParser(new StringReader(pem)).readObject();
    assertTrue(
        request.isSignatureValid(
            new JcaContentVerifierProviderBuilder().build(request.getSubjectPublicKeyInfo())));
    assertThrows(KuraException.class, () -> store.getCSR("no", new X500Principal("CN=a"), "x"));
  }

  @Test
  void expiredAndSoonExpiringCertificatesAreNamedInWords() throws Exception {
    Authority authority = new Authority("root");
    FilesystemKeystore store = open();
    store.setEntry("fresh", authority.issue("a", -1, 100));
    assertEquals(Level.OK, store.health().level());
    store.setEntry("old", authority.issue("b", -10, -1));
    store.setEntry("soon", authority.issue("c", -10, 5));
    String words = store.health().reason();
    assertEquals(Level.DEGRADED, store.health().level());
    assertTrue(words.contains("old expired"), words);
    assertTrue(words.contains("soon expires in 4 days"), words);
  }

  @Test
  void revocationListsAreFetchedVerifiedKeptAndNeverReplacedByOlderOnes() throws Exception {
    Authority authority = new Authority("root");
    Authority stranger = new Authority("stranger");
    open().setEntry("root", authority.trusted());
    X509Certificate bad = (X509Certificate) authority.issue("x", -1, 9).getCertificate();
    Path list = folder.resolve("list.crl");
    ByteArrayOutputStream der = new ByteArrayOutputStream();
    der.write(authority.list(1, bad).getEncoded());
    Files.write(list, der.toByteArray());
    Object[] config = {
      "crl_management_enabled", true, "crl_urls", new String[] {list.toUri().toString()}
    };
    changes.set(0);
    FilesystemKeystore store = open(config);
    assertEquals(1, store.getCRLs().size());
    assertEquals(1, changes.get());
    assertTrue(((X509CRL) store.getCRLs().iterator().next()).isRevoked(bad));
    store.addCRL(authority.list(5));
    assertTrue(((X509CRL) store.getCRLs().iterator().next()).isRevoked(bad), "the newer one stays");
    Files.delete(list);
    assertEquals(1, open(config).getCRLs().size(), "kept over a restart without the server");
    assertEquals(Level.DEGRADED, open(config).health().level());
    Files.write(list, stranger.list(0).getEncoded());
    FilesystemKeystore refused = open(config);
    assertEquals(1, refused.getCRLs().size());
    assertTrue(refused.health().reason().contains("stranger"), refused.health().reason());
  }

  @Test
  void withoutManagementAListIsRefusedInWords() throws Exception {
    X509CRL list = new Authority("root").list(0);
    KuraException refused = assertThrows(KuraException.class, () -> open().addCRL(list));
    assertTrue(refused.getMessage().contains("SSLKeystore"), refused.getMessage());
    assertNotEquals(0, refused.getMessage().length());
  }
}
