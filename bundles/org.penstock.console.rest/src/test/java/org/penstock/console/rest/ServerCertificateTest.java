package org.penstock.console.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.security.ServerKeys.KeyStoreFile;

/** Without it a bad key store would show as a port that nobody listens on. */
class ServerCertificateTest {

  @TempDir Path folder;

  private String fault(Path file, String password) {
    GeneralSecurityException e =
        assertThrows(
            GeneralSecurityException.class,
            () -> ServerCertificate.check(new KeyStoreFile(file, password), Instant.now()));
    assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
    assertTrue(e.getMessage().contains("remove it and restart"), e.getMessage());
    return e.getMessage();
  }

  @Test
  void eachFaultIsSaidWithTheFileAndWhatToDo() throws IOException, GeneralSecurityException {
    Path garbage = Files.writeString(folder.resolve("garbage.p12"), "not a key store");
    assertTrue(fault(garbage, "pw").contains("can't be read"));
    assertTrue(fault(folder.resolve("missing.p12"), "pw").contains("can't be read"));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    Path empty = folder.resolve("empty.p12");
    try (OutputStream out = Files.newOutputStream(empty)) {
      store.store(out, "pw".toCharArray());
    }
    assertTrue(fault(empty, "pw").contains("holds no key"));
    assertTrue(fault(empty, "wrong").contains("can't be read"));
  }

  @Test
  void aBoxWithAWrongClockHadNoConsoleToSetItWith() throws Exception {
    Path file = folder.resolve("https.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "https",
                "-keyalg",
                "EC",
                "-dname",
                "CN=gw",
                "-validity",
                "10",
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit")
            .inheritIO()
            .start();
    assertEquals(0, keytool.waitFor());
    KeyStoreFile store = new KeyStoreFile(file, "changeit");
    ServerCertificate.Verdict valid = ServerCertificate.check(store, Instant.now());
    assertEquals("", valid.problem());
    assertTrue(valid.expires().isAfter(Instant.now().plus(Duration.ofDays(9))), valid.toString());
    assertTrue(valid.expires().isBefore(Instant.now().plus(Duration.ofDays(11))), valid.toString());
    String early = ServerCertificate.check(store, Instant.EPOCH).problem();
    assertTrue(early.contains("valid only from") && early.contains("set the clock"), early);
    String late = ServerCertificate.check(store, Instant.now().plus(Duration.ofDays(20))).problem();
    assertTrue(late.contains("expired at") && late.contains(file.toString()), late);
  }
}
