package org.penstock.core.deployment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CRL;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who may sign: trust anchors in a keystore, revocation by lists in a file. Whether a file was
 * changed after signing is checked whatever the policy is.
 */
final class Signatures {

  private final String policy;
  private final Path trust;
  private final char[] password;
  private final Path revoked;

  Signatures(String policy, Path trust, char[] password, Path revoked) {
    this.policy = policy;
    this.trust = trust;
    this.password = password.clone();
    this.revoked = revoked;
  }

  /**
   * Checks the signer.
   *
   * @return what is wrong but let through, for the log
   * @throws Refusal when the policy is to enforce
   */
  Optional<String> check(Artifact artifact) throws Refusal {
    if ("off".equals(policy)) {
      return Optional.empty();
    }
    Optional<String> wrong = wrong(artifact);
    if (wrong.isPresent() && "enforce".equals(policy)) {
      throw new Refusal(wrong.get());
    }
    return wrong;
  }

  private Optional<String> wrong(Artifact artifact) {
    if (artifact.chain().isEmpty()) {
      return Optional.of(
          artifact.file()
              + " is unsigned, or its manifest and all entries are not signed by one signer;"
              + " sign it as a whole with a key whose certificate is in "
              + trust);
    }
    String signer = artifact.signer();
    X509Certificate own = artifact.chain().get(0);
    Date now = new Date();
    if (now.after(own.getNotAfter()) || now.before(own.getNotBefore())) {
      return Optional.of(
          artifact.file()
              + ": the certificate of its signer "
              + signer
              + " is expired or not yet valid ("
              + own.getNotBefore().toInstant()
              + " to "
              + own.getNotAfter().toInstant()
              + "); sign it again");
    }
    try {
      return judge(artifact, signer);
    } catch (IOException | GeneralSecurityException e) {
      return Optional.of(
          artifact.file() + ": the trusted signers can't be read: " + e.getMessage());
    }
  }

  private Optional<String> judge(Artifact artifact, String signer)
      throws IOException, GeneralSecurityException {
    Set<TrustAnchor> anchors = anchors();
    if (anchors.isEmpty()) {
      return Optional.of(
          artifact.file()
              + " is signed by "
              + signer
              + ", but "
              + trust
              + " names no trusted signers; put their certificates there");
    }
    for (CRL list : lists()) {
      for (X509Certificate certificate : artifact.chain()) {
        if (list.isRevoked(certificate)) {
          return Optional.of(
              artifact.file()
                  + ": the certificate "
                  + certificate.getSubjectX500Principal().getName()
                  + " of its signer is revoked; get the file anew from its maker");
        }
      }
    }
    List<X509Certificate> path = new ArrayList<>();
    for (X509Certificate certificate : artifact.chain()) {
      boolean anchor = anchors.stream().anyMatch(a -> certificate.equals(a.getTrustedCert()));
      if (anchor) {
        break;
      }
      path.add(certificate);
    }
    if (path.isEmpty()) {
      return Optional.empty(); // the signer itself is an anchor
    }
    CertPath certPath = CertificateFactory.getInstance("X.509").generateCertPath(path);
    PKIXParameters parameters = new PKIXParameters(anchors);
    parameters.setRevocationEnabled(false); // looked at above
    try {
      CertPathValidator.getInstance("PKIX").validate(certPath, parameters);
      return Optional.empty();
    } catch (CertPathValidatorException e) {
      return Optional.of(
          artifact.file()
              + ": its signer "
              + signer
              + " is not trusted ("
              + e.getMessage()
              + "); add the certificate of whoever vouches for it to "
              + trust);
    }
  }

  private Set<TrustAnchor> anchors() throws IOException, GeneralSecurityException {
    Set<TrustAnchor> anchors = new HashSet<>();
    if (Files.exists(trust)) {
      KeyStore store = KeyStore.getInstance(trust.toFile(), password);
      for (String alias : Collections.list(store.aliases())) {
        if (store.getCertificate(alias) instanceof X509Certificate certificate) {
          anchors.add(new TrustAnchor(certificate, null));
        }
      }
    }
    return anchors;
  }

  private Collection<? extends CRL> lists() throws IOException, GeneralSecurityException {
    if (!Files.exists(revoked)) {
      return List.of();
    }
    try (InputStream in = Files.newInputStream(revoked)) {
      return CertificateFactory.getInstance("X.509").generateCRLs(in);
    }
  }
}
