package org.penstock.acceptance.configuration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import org.penstock.acceptance.product.Child;

/** OpenSSL's OCSP responder, which knows one certificate of an authority. */
final class Ocsp implements AutoCloseable {

  private final Child child;

  /**
   * Starts to answer.
   *
   * @param status as in OpenSSL's index: V is valid, R revoked
   */
  Ocsp(Path folder, Keytool authority, String certificate, char status, int port) {
    try (var in = Files.newInputStream(authority.der(certificate))) {
      X509Certificate known =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      String revoked = status == 'R' ? "260101000000Z,keyCompromise" : "";
      String serial = known.getSerialNumber().toString(16).toUpperCase(java.util.Locale.ROOT);
      if (serial.length() % 2 == 1) {
        serial = "0" + serial;
      }
      Path index =
          Files.writeString(
              folder.resolve("index.txt"),
              String.join(
                      "\t",
                      String.valueOf(status),
                      "400101000000Z",
                      revoked,
                      serial,
                      "unknown",
                      "/CN=" + certificate)
                  + "\n");
      ProcessBuilder openssl =
          new ProcessBuilder(
              "openssl",
              "ocsp",
              "-index",
              index.toString(),
              "-port",
              Integer.toString(port),
              "-rsigner",
              authority.authority().toString(),
              "-rkey",
              authority.key("ca").toString(),
              "-CA",
              authority.authority().toString(),
              "-ignore_err");
      child = new Child("openssl ocsp", openssl);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (CertificateException e) {
      throw new IllegalStateException(e);
    }
    child.line("ACCEPT", Duration.ofSeconds(120));
  }

  @Override
  public void close() {
    child.close();
  }
}
