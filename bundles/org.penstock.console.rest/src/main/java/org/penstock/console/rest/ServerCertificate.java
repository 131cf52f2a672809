package org.penstock.console.rest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import org.penstock.api.security.ServerKeys.KeyStoreFile;

/** Looks at the server's key store before the HTTP service does, which would say little about it. */
final class ServerCertificate {

  private ServerCertificate() {}

  /**
   * What was found.
   *
   * @param problem why clients may refuse the certificate, and what to do; empty when it is valid now
   * @param expires when it does
   */
  record Verdict(String problem, Instant expires) {}

  /**
   * Finds a key with a certificate. One that is not valid now is served all the same: clients judge by
   * their own clocks, and a box whose clock is wrong must be reached to be set right.
   *
   * @throws GeneralSecurityException what is wrong with which file, and what to do
   */
  static Verdict check(KeyStoreFile file, Instant now) throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file.file())) {
      store.load(in, file.password().toCharArray());
    } catch (IOException e) {
      throw wrong(file, "can't be read: " + e.getMessage(), e);
    }
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias)
          && store.getCertificate(alias) instanceof X509Certificate certificate) {
        return new Verdict(dates(file, certificate, now), certificate.getNotAfter().toInstant());
      }
    }
    throw wrong(file, "holds no key with a certificate", null);
  }

  private static String dates(KeyStoreFile file, X509Certificate certificate, Instant now) {
    try {
      certificate.checkValidity(Date.from(now));
      return "";
    } catch (CertificateNotYetValidException e) {
      return "the server's certificate in %s is valid only from %s, the clock says %s; set the clock"
          .formatted(file.file(), certificate.getNotBefore().toInstant(), now);
    } catch (CertificateExpiredException e) {
      return "the server's certificate in %s expired at %s; clients may refuse it: import another"
          .formatted(file.file(), certificate.getNotAfter().toInstant());
    }
  }

  private static GeneralSecurityException wrong(KeyStoreFile file, String what, Exception cause) {
    return new GeneralSecurityException(
        "the server's key store "
            + file.file()
            + " "
            + what
            + "; put a good one in its place, or remove it and restart to have a new one made",
        cause);
  }
}
