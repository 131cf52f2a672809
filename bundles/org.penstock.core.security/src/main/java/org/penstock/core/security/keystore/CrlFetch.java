package org.penstock.core.security.keystore;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLConnection;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.eclipse.kura.core.keystore.util.CRLUtil;

/** Fetches revocation lists from their addresses when they are due. Runs on the store's strand. */
final class CrlFetch {

  private static final int TIMEOUT_MS = 10_000;
  private static final int LONGEST = 16 << 20;

  private final Set<String> configured;
  private final Duration interval;
  private final boolean verify;
  private final Supplier<Collection<X509Certificate>> trusted;
  private final RevocationLists lists;
  private final Map<String, Instant> fetched = new ConcurrentHashMap<>();
  private final Map<String, String> failures = new ConcurrentHashMap<>();

  CrlFetch(
      Set<String> configured,
      Duration interval,
      boolean verify,
      Supplier<Collection<X509Certificate>> trusted,
      RevocationLists lists) {
    this.configured = Set.copyOf(configured);
    this.interval = interval;
    this.verify = verify;
    this.trusted = trusted;
    this.lists = lists;
  }

  /**
   * Fetches what is due.
   *
   * @return true when a list is new
   */
  boolean look(Instant now) {
    boolean changed = false;
    Set<String> addresses = addresses();
    failures.keySet().retainAll(addresses);
    for (String address : addresses) {
      Instant last = fetched.get(address);
      if (last == null || failures.containsKey(address) || !now.isBefore(last.plus(interval))) {
        fetched.put(address, now);
        changed |= fetch(address);
      }
    }
    return changed;
  }

  private Set<String> addresses() {
    Set<String> addresses = new LinkedHashSet<>(configured);
    for (X509Certificate certificate : trusted.get()) {
      try {
        CRLUtil.getCrlURIs(certificate).forEach(uri -> addresses.add(uri.toString()));
      } catch (IOException e) {
        failures.put(certificate.getSubjectX500Principal().getName(), e.getMessage());
      }
    }
    return addresses;
  }

  private boolean fetch(String address) {
    try {
      boolean changed = false;
      for (X509CRL list : RevocationLists.parse(content(URI.create(address)))) {
        if (verify && !RevocationLists.isSignedByOne(list, trusted.get())) {
          throw new IOException(
              "no certificate of this store has signed the list of "
                  + list.getIssuerX500Principal().getName());
        }
        changed |= lists.add(list);
      }
      failures.remove(address);
      return changed;
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      failures.put(address, String.valueOf(e.getMessage()));
      return false;
    }
  }

  private static byte[] content(URI address) throws IOException {
    URLConnection connection = address.toURL().openConnection();
    connection.setConnectTimeout(TIMEOUT_MS);
    connection.setReadTimeout(TIMEOUT_MS);
    try (InputStream in = connection.getInputStream()) {
      byte[] content = in.readNBytes(LONGEST + 1);
      if (content.length > LONGEST) {
        throw new IOException("longer than " + (LONGEST >> 20) + " MiB");
      }
      return content;
    } finally {
      if (connection instanceof HttpURLConnection http) {
        http.disconnect();
      }
    }
  }

  /** What could not be fetched, by address. */
  Map<String, String> failures() {
    return new TreeMap<>(failures);
  }
}
