package org.penstock.acceptance.deployment;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.penstock.acceptance.product.Gateway;

/** Makers of files, good and bad ones, with keys and signatures of the JDK's own tools. */
final class Signers {

  static final String MAKER = "maker";

  /** Nobody trusts it. */
  static final String STRANGER = "stranger";

  /** Its certificate is revoked. */
  static final String LEAVER = "leaver";

  /** Its certificate is expired. */
  static final String LATE = "late";

  private static final String PASSWORD = "changeit";

  private final Path folder;
  private final Path keys;

  /** Makes these keys: each takes the tools their time. */
  Signers(Path folder, String... aliases) {
    this.folder = folder;
    keys = folder.resolve("keys.p12");
    for (String alias : aliases) {
      if (alias.equals(LATE)) {
        key(alias, "-startdate", "-400d", "-validity", "30");
      } else {
        key(alias);
      }
    }
  }

  /** The gateway trusts all but the stranger, and has the list of the revoked ones. */
  void trustedBy(Gateway gateway) {
    try (OutputStream out =
        Files.newOutputStream(gateway.home().resolve("keys/deployment-trust.p12"))) {
      KeyStore trust = KeyStore.getInstance("PKCS12");
      trust.load(null, PASSWORD.toCharArray());
      KeyStore all = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
      for (String alias : Collections.list(all.aliases())) {
        if (!alias.equals(STRANGER)) {
          trust.setCertificateEntry(alias, all.getCertificate(alias));
        }
      }
      trust.store(out, PASSWORD.toCharArray());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
    Path list = gateway.home().resolve("keys/deployment.crl");
    keytool("-gencrl", "-alias", LEAVER, "-id", serial(LEAVER), "-file", list.toString());
  }

  /** The same jar, signed. */
  byte[] signed(byte[] jar, String alias) {
    try {
      Path file = Files.write(folder.resolve("sign-" + alias + ".jar"), jar);
      run(
          "jarsigner",
          "-keystore",
          keys.toString(),
          "-storepass",
          PASSWORD,
          file.toString(),
          alias);
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String serial(String alias) {
    try {
      KeyStore store = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
      return ((X509Certificate) store.getCertificate(alias)).getSerialNumber().toString();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void key(String alias, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("-genkeypair", "-alias", alias, "-keyalg", "EC", "-dname", "CN=" + alias));
    words.addAll(List.of(more));
    keytool(words.toArray(String[]::new));
  }

  private void keytool(String... words) {
    List<String> all = new ArrayList<>(List.of("keytool"));
    all.addAll(List.of(words));
    all.addAll(List.of("-keystore", keys.toString(), "-storetype", "PKCS12"));
    all.addAll(List.of("-storepass", PASSWORD));
    run(all.toArray(String[]::new));
  }

  private static void run(String... words) {
    words[0] = Path.of(System.getProperty("java.home"), "bin", words[0]).toString();
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      String out = new String(process.getInputStream().readAllBytes());
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new AssertionError(List.of(words) + ": " + out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
