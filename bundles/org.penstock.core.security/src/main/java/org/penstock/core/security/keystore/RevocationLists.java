package org.penstock.core.security.keystore;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CRL;
import java.security.cert.CRLException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.security.auth.x500.X500Principal;
import org.penstock.api.storage.DurableStorage;

/** The newest revocation list of each issuer, in one PEM file. Any thread may call. */
final class RevocationLists {

  private static final String BEGIN = "-----BEGIN X509 CRL-----\n";
  private static final String END = "\n-----END X509 CRL-----\n";
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private final Path file;
  private final DurableStorage storage;
  private final Map<X500Principal, X509CRL> byIssuer = new ConcurrentHashMap<>();

  /** Reads the file when there is one. */
  RevocationLists(Path file, DurableStorage storage) throws IOException {
    this.file = file;
    this.storage = storage;
    if (Files.exists(file)) {
      try {
        parse(Files.readAllBytes(file))
            .forEach(crl -> byIssuer.put(crl.getIssuerX500Principal(), crl));
      } catch (GeneralSecurityException e) {
        throw new IOException(
            "revocation lists in " + file + " can't be read; delete the file: " + e.getMessage(),
            e);
      }
    }
  }

  /** One or more lists, DER or PEM. */
  static List<X509CRL> parse(byte[] content) throws GeneralSecurityException {
    List<X509CRL> found = new ArrayList<>();
    for (CRL one :
        CertificateFactory.getInstance("X.509").generateCRLs(new ByteArrayInputStream(content))) {
      if (one instanceof X509CRL list) {
        found.add(list);
      }
    }
    if (found.isEmpty()) {
      throw new CRLException("no revocation list in it");
    }
    return found;
  }

  Collection<CRL> all() {
    return List.copyOf(byIssuer.values());
  }

  /** One of these certificates signed the list. */
  static boolean isSignedByOne(X509CRL list, Collection<X509Certificate> signers) {
    for (X509Certificate signer : signers) {
      if (signer.getSubjectX500Principal().equals(list.getIssuerX500Principal())) {
        try {
          list.verify(signer.getPublicKey());
          return true;
        } catch (GeneralSecurityException e) {
          continue; // another certificate of the same name may have signed it
        }
      }
    }
    return false;
  }

  /**
   * Keeps the list durably unless a newer one of the same issuer is there.
   *
   * @return false when a newer or the same one was there
   */
  synchronized boolean add(X509CRL list) throws GeneralSecurityException, IOException {
    X509CRL before = byIssuer.get(list.getIssuerX500Principal());
    if (before != null && !list.getThisUpdate().after(before.getThisUpdate())) {
      return false;
    }
    byIssuer.put(list.getIssuerX500Principal(), list);
    ByteArrayOutputStream pem = new ByteArrayOutputStream();
    for (X509CRL one : byIssuer.values()) {
      pem.write(BEGIN.getBytes(StandardCharsets.US_ASCII));
      pem.write(LINES.encode(one.getEncoded()));
      pem.write(END.getBytes(StandardCharsets.US_ASCII));
    }
    storage.replace(file, pem.toByteArray());
    return true;
  }
}
