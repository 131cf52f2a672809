package org.penstock.core.security.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStore.TrustedCertificateEntry;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.PKIXRevocationChecker.Option;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.security.keystore.KeystoreService;

/** Makes TLS contexts of key stores. */
final class TlsContexts {

  private TlsContexts() {}

  /**
   * How revocation is checked.
   *
   * @param mode PREFER_OCSP, PREFER_CRL or CRL_ONLY
   * @param softFail a peer passes when nobody knows
   */
  record Revocation(boolean enabled, String mode, boolean softFail) {

    Set<Option> options() {
      EnumSet<Option> options = EnumSet.noneOf(Option.class);
      if (!mode.equals("PREFER_OCSP")) {
        options.add(Option.PREFER_CRLS);
      }
      if (mode.equals("CRL_ONLY")) {
        options.add(Option.NO_FALLBACK);
      }
      if (softFail) {
        options.add(Option.SOFT_FAIL);
      }
      return options;
    }
  }

  /**
   * A context.
   *
   * @param keys own keys; null: none
   * @param alias the key to show; null: any that fits
   * @param trust trusted certificates; null: those in keys, or Java's own
   */
  static SSLContext make(
      KeystoreService keys, String alias, KeystoreService trust, Revocation revocation)
      throws GeneralSecurityException, IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers(keys, alias), trustManagers(keys, trust, revocation), null);
      return context;
    } catch (KuraException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static KeyManager[] keyManagers(KeystoreService keys, String alias)
      throws KuraException, GeneralSecurityException {
    if (keys == null) {
      return new KeyManager[0];
    }
    List<KeyManager> all = keys.getKeyManagers(KeyManagerFactory.getDefaultAlgorithm());
    if (alias == null || alias.isEmpty()) {
      return all.toArray(KeyManager[]::new);
    }
    if (!(keys.getEntry(alias) instanceof KeyStore.PrivateKeyEntry)) {
      throw new GeneralSecurityException("the key store has no private key " + alias);
    }
    return all.stream()
        .map(one -> one instanceof X509ExtendedKeyManager x509 ? new Only(x509, alias) : one)
        .toArray(KeyManager[]::new);
  }

  private static TrustManager[] trustManagers(
      KeystoreService keys, KeystoreService trust, Revocation revocation)
      throws KuraException, GeneralSecurityException, IOException {
    KeystoreService source = trust == null ? keys : trust;
    KeyStore anchors = source == null ? null : anchors(source);
    if (anchors != null && anchors.size() == 0) {
      if (trust != null) {
        throw new GeneralSecurityException(
            "the trust store holds no certificate: nobody can be trusted; add the issuer's");
      }
      anchors = null;
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    if (revocation.enabled()) {
      factory.init(
          new CertPathTrustManagerParameters(
              checked(anchors == null ? javas() : anchors, source, revocation)));
    } else {
      factory.init(anchors);
    }
    TrustManager[] managers = factory.getTrustManagers();
    for (int i = 0; i < managers.length; i++) {
      if (managers[i] instanceof X509ExtendedTrustManager x509) {
        managers[i] = new WordedTrust(x509);
      }
    }
    return managers;
  }

  private static KeyStore anchors(KeystoreService source)
      throws KuraException, GeneralSecurityException, IOException {
    KeyStore anchors = KeyStore.getInstance("PKCS12");
    anchors.load(null, null);
    for (Map.Entry<String, KeyStore.Entry> one : source.getEntries().entrySet()) {
      if (one.getValue() instanceof TrustedCertificateEntry trusted) {
        anchors.setEntry(one.getKey(), trusted, null);
      }
    }
    return anchors;
  }

  private static KeyStore javas() throws GeneralSecurityException, IOException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init((KeyStore) null);
    KeyStore anchors = KeyStore.getInstance("PKCS12");
    anchors.load(null, null);
    int count = 0;
    for (TrustManager one : factory.getTrustManagers()) {
      for (X509Certificate issuer : ((X509ExtendedTrustManager) one).getAcceptedIssuers()) {
        anchors.setCertificateEntry("java-" + count++, issuer);
      }
    }
    return anchors;
  }

  private static PKIXBuilderParameters checked(
      KeyStore anchors, KeystoreService source, Revocation revocation)
      throws GeneralSecurityException, KuraException {
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, new X509CertSelector());
    PKIXRevocationChecker checker =
        (PKIXRevocationChecker) CertPathBuilder.getInstance("PKIX").getRevocationChecker();
    checker.setOptions(revocation.options());
    parameters.addCertPathChecker(checker);
    if (source != null) {
      CertStore lists = source.getCRLStore();
      parameters.addCertStore(lists);
    }
    return parameters;
  }

  /** Shows one key only. */
  private static final class Only extends X509ExtendedKeyManager {

    private final X509ExtendedKeyManager all;
    private final String alias;

    Only(X509ExtendedKeyManager all, String alias) {
      this.all = all;
      this.alias = alias;
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
      return alias;
    }

    @Override
    public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
      return alias;
    }

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
      return alias;
    }

    @Override
    public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
      return alias;
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
      return new String[] {alias};
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
      return new String[] {alias};
    }

    @Override
    public X509Certificate[] getCertificateChain(String name) {
      return all.getCertificateChain(name);
    }

    @Override
    public PrivateKey getPrivateKey(String name) {
      return all.getPrivateKey(name);
    }
  }
}
