package org.penstock.console.rest;

import jakarta.ws.rs.BadRequestException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and unencrypted PKCS8 keys in PEM, white space as it comes. */
final class Pem {

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

  private Pem() {}

  static List<Certificate> certificates(List<String> texts) {
    List<Certificate> all = new ArrayList<>();
    for (String text : texts) {
      try {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        byte[] bytes = String.valueOf(text).strip().getBytes(StandardCharsets.US_ASCII);
        all.addAll(factory.generateCertificates(new ByteArrayInputStream(bytes)));
      } catch (CertificateException e) {
        throw new BadRequestException("that is no certificate in PEM: " + e.getMessage(), e);
      }
    }
    if (all.isEmpty()) {
      throw new BadRequestException("there is no certificate; give it in PEM");
    }
    return all;
  }

  static PrivateKey key(String text, String algorithm) {
    Matcher pem = KEY.matcher(text);
    if (!pem.find()) {
      throw new BadRequestException(
          "that is no private key in PEM; give PKCS8 without a password: BEGIN PRIVATE KEY");
    }
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(pem.group(1));
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new BadRequestException(
          "the private key does not fit the certificate's algorithm " + algorithm, e);
    }
  }
}
