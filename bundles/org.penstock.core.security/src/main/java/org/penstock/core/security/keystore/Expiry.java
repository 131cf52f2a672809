package org.penstock.core.security.keystore;

import java.security.KeyStore.Entry;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.KeyStore.TrustedCertificateEntry;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says in words which certificates of a store have expired or soon will. */
final class Expiry {

  private static final Duration SOON = Duration.ofDays(30);

  private Expiry() {}

  /** Empty when all is well. */
  static String words(Map<String, Entry> entries, Instant now) {
    List<String> words = new ArrayList<>();
    entries.forEach(
        (alias, entry) -> {
          if (certificate(entry) instanceof X509Certificate certificate) {
            Instant end = certificate.getNotAfter().toInstant();
            Instant begin = certificate.getNotBefore().toInstant();
            if (now.isAfter(end)) {
              words.add("certificate " + alias + " expired at " + end + "; renew it");
            } else if (now.plus(SOON).isAfter(end)) {
              words.add(
                  "certificate "
                      + alias
                      + " expires in "
                      + ChronoUnit.DAYS.between(now, end)
                      + " days, at "
                      + end);
            } else if (now.isBefore(begin)) {
              words.add(
                  "certificate " + alias + " is not valid before " + begin + "; check the clock");
            }
          }
        });
    return String.join(" | ", words);
  }

  static Certificate certificate(Entry entry) {
    if (entry instanceof PrivateKeyEntry key) {
      return key.getCertificate();
    }
    return entry instanceof TrustedCertificateEntry trusted
        ? trusted.getTrustedCertificate()
        : null;
  }
}
