package org.penstock.core.security;

import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Whom a client certificate names, if one of the gateway's authorities vouches. */
final class ClientCertificates {

  private final Supplier<Collection<X509Certificate>> authorities;

  ClientCertificates(Supplier<Collection<X509Certificate>> authorities) {
    this.authorities = authorities;
  }

  boolean present() {
    return !authorities.get().isEmpty();
  }

  /** The common name of the first certificate of a chain that is valid now. */
  Optional<String> name(List<X509Certificate> chain, Instant now) {
    if (chain.isEmpty() || !present()) {
      return Optional.empty();
    }
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      PKIXParameters parameters = new PKIXParameters(anchors());
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(now));
      CertPath path = factory.generateCertPath(chain);
      CertPathValidator.getInstance("PKIX").validate(path, parameters);
      return commonName(chain.get(0));
    } catch (GeneralSecurityException | InvalidNameException e) {
      return Optional.empty(); // the same as no certificate
    }
  }

  private Set<TrustAnchor> anchors() {
    Set<TrustAnchor> anchors = new HashSet<>();
    authorities.get().forEach(a -> anchors.add(new TrustAnchor(a, null)));
    return anchors;
  }

  private static Optional<String> commonName(X509Certificate certificate)
      throws InvalidNameException {
    for (Rdn rdn : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
      if (rdn.getType().equalsIgnoreCase("CN")) {
        return Optional.of(rdn.getValue().toString());
      }
    }
    return Optional.empty();
  }
}
