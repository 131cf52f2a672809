package org.penstock.core.security.tls;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.CertificateRevokedException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Says why a peer's certificate was refused, and what to do. */
final class TlsWords {

  private static final int IP = 7;
  private static final int DNS = 2;

  private TlsWords() {}

  /**
   * The reason in words.
   *
   * @param host the peer's name or address; may be null
   */
  static String of(Throwable failure, X509Certificate[] chain, String host) {
    X509Certificate leaf = chain == null || chain.length == 0 ? null : chain[0];
    String peer =
        leaf == null ? "the peer" : "certificate " + leaf.getSubjectX500Principal().getName();
    for (Throwable t = failure; t != null; t = t.getCause()) {
      String words = one(t, peer, leaf, host);
      if (words != null) {
        return words;
      }
    }
    return peer + " was refused: " + failure.getMessage();
  }

  private static String one(Throwable t, String peer, X509Certificate leaf, String host) {
    if (t instanceof CertificateExpiredException) {
      return peer
          + (leaf == null ? "" : " or its issuer's expired (its own ends " + end(leaf) + ")")
          + "; renew it, or check this gateway's clock";
    }
    if (t instanceof CertificateNotYetValidException) {
      return peer
          + (leaf == null ? "" : " begins " + leaf.getNotBefore().toInstant())
          + " and is not yet valid; check this gateway's clock";
    }
    if (t instanceof CertificateRevokedException revoked) {
      return peer
          + " was revoked at "
          + revoked.getRevocationDate().toInstant()
          + " ("
          + revoked.getRevocationReason()
          + "); the peer needs another one";
    }
    String message = String.valueOf(t.getMessage());
    if (t instanceof CertPathValidatorException path
        && path.getReason()
            == CertPathValidatorException.BasicReason.UNDETERMINED_REVOCATION_STATUS) {
      return "nobody can tell whether "
          + peer
          + " was revoked: no list and no answer; fetch the issuer's list into the trust store, or"
          + " set ssl.revocation.soft.fail";
    }
    if (message.contains("unable to find valid certification path")
        || message.contains("rust anchor")
        || message.contains("trustAnchors parameter must be non-empty")) {
      return "the issuer of "
          + peer
          + " is unknown"
          + (leaf == null ? "" : " (" + leaf.getIssuerX500Principal().getName() + ")")
          + "; add the issuer's certificate to the trust store";
    }
    if (message.contains("No subject alternative") || message.contains("No name matching")) {
      return peer
          + " is not for host "
          + host
          + (leaf == null ? "" : " but for " + names(leaf))
          + "; use one of these names, or get a certificate for this one";
    }
    return null;
  }

  private static String end(X509Certificate leaf) {
    return leaf.getNotAfter().toInstant().toString();
  }

  private static String names(X509Certificate leaf) {
    List<String> names = new ArrayList<>();
    try {
      if (leaf.getSubjectAlternativeNames() != null) {
        for (List<?> name : leaf.getSubjectAlternativeNames()) {
          int kind = (Integer) name.get(0);
          if (kind == DNS || kind == IP) {
            names.add(String.valueOf(name.get(1)));
          }
        }
      }
    } catch (CertificateParsingException e) {
      names.add("names that can't be read");
    }
    return names.isEmpty() ? "no host at all" : String.join(", ", names);
  }
}
