package org.penstock.core.security.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.KeyStore.TrustedCertificateEntry;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.security.keystore.KeystoreChangedEvent;
import org.eclipse.kura.security.keystore.KeystoreService;
import org.eclipse.kura.ssl.SslManagerService;
import org.eclipse.kura.ssl.SslServiceListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventHandler;
import org.osgi.service.metatype.annotations.Designate;

/**
 * TLS contexts of the configured key stores; a changed key store is used by the next connection. Any
 * thread may call.
 */
@Component(
    name = TlsService.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {SslManagerService.class, ConfigurableComponent.class, EventHandler.class},
    property = {"kura.ui.service.hide=true", "event.topics=" + KeystoreChangedEvent.EVENT_TOPIC})
@Designate(ocd = TlsServiceConfig.class, factory = true)
public final class TlsService implements SslManagerService, ConfigurableComponent, EventHandler {

  /** Kura's factory pid. */
  public static final String PID = "org.eclipse.kura.ssl.SslManagerService";

  private final TlsSockets.Rules rules;
  private final TlsContexts.Revocation revocation;
  private final AtomicReference<KeystoreService> keys = new AtomicReference<>();
  private final AtomicReference<KeystoreService> trust = new AtomicReference<>();
  private final Map<String, SSLContext> contexts = new ConcurrentHashMap<>();
  private final List<SslServiceListener> listeners = new CopyOnWriteArrayList<>();

  /** Called by the component runtime. */
  @Activate
  public TlsService(TlsServiceConfig config) {
    boolean newest = config.ssl_default_protocol().equals("TLSv1.3");
    rules =
        new TlsSockets.Rules(
            newest ? new String[] {"TLSv1.3"} : new String[] {"TLSv1.3", "TLSv1.2"},
            suites(config.ssl_default_cipherSuites()),
            config.ssl_hostname_verification());
    revocation =
        new TlsContexts.Revocation(
            config.ssl_revocation_check_enabled(),
            config.ssl_revocation_mode(),
            config.ssl_revocation_soft_fail());
  }

  private static String[] suites(String text) {
    return text == null
        ? new String[0]
        : Arrays.stream(text.split(","))
            .map(String::trim)
            .filter(s -> !s.isEmpty())
            .toArray(String[]::new);
  }

  /** Called by the component runtime. */
  @Reference(
      name = "KeystoreService",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void setKeystoreService(KeystoreService service) {
    keys.set(service);
    changed();
  }

  /** Called by the component runtime. */
  public void unsetKeystoreService(KeystoreService service) {
    keys.compareAndSet(service, null);
    changed();
  }

  /** Called by the component runtime. */
  @Reference(
      name = "TruststoreKeystoreService",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void setTruststoreKeystoreService(KeystoreService service) {
    trust.set(service);
    changed();
  }

  /** Called by the component runtime. */
  public void unsetTruststoreKeystoreService(KeystoreService service) {
    trust.compareAndSet(service, null);
    changed();
  }

  /** Called by the component runtime; a new one is told at once, since it may have missed some. */
  @Reference(
      name = "SslServiceListeners",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  public void addListener(SslServiceListener listener) {
    listeners.add(listener);
    listener.onConfigurationUpdated();
  }

  /** Called by the component runtime. */
  public void removeListener(SslServiceListener listener) {
    listeners.remove(listener);
  }

  private void changed() {
    contexts.clear();
    listeners.forEach(SslServiceListener::onConfigurationUpdated);
  }

  @Override
  public void handleEvent(Event event) {
    changed();
  }

  @Override
  public SSLContext getSSLContext() throws GeneralSecurityException, IOException {
    return getSSLContext("");
  }

  @Override
  public SSLContext getSSLContext(String keyAlias) throws GeneralSecurityException, IOException {
    String alias = keyAlias == null ? "" : keyAlias;
    SSLContext known = contexts.get(alias);
    if (known != null) {
      return known;
    }
    SSLContext made = TlsContexts.make(keys.get(), alias, trust.get(), revocation);
    contexts.put(alias, made);
    return made;
  }

  @Override
  public SSLSocketFactory getSSLSocketFactory() throws GeneralSecurityException, IOException {
    return getSSLSocketFactory("");
  }

  @Override
  public SSLSocketFactory getSSLSocketFactory(String keyAlias)
      throws GeneralSecurityException, IOException {
    return new TlsSockets(getSSLContext(keyAlias).getSocketFactory(), rules);
  }

  @Override
  @Deprecated
  public SSLSocketFactory getSSLSocketFactory(
      String protocol,
      String ciphers,
      String trustStorePath,
      String keyStorePath,
      char[] keyStorePassword,
      String keyAlias)
      throws GeneralSecurityException, IOException {
    return getSSLSocketFactory(
        protocol,
        ciphers,
        trustStorePath,
        keyStorePath,
        keyStorePassword,
        keyAlias,
        rules.hostname());
  }

  @Override
  @Deprecated
  public SSLSocketFactory getSSLSocketFactory(
      String protocol,
      String ciphers,
      String trustStorePath,
      String keyStorePath,
      char[] keyStorePassword,
      String keyAlias,
      boolean hostnameVerification)
      throws GeneralSecurityException, IOException {
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(
        keyStorePath == null ? null : loaded(keyStorePath, keyStorePassword), keyStorePassword);
    TrustManagerFactory others = TrustManagerFactory.getInstance("PKIX");
    others.init(trustStorePath == null ? null : loaded(trustStorePath, null));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), others.getTrustManagers(), null);
    String[] versions =
        "TLSv1.3".equals(protocol) ? new String[] {"TLSv1.3"} : rules.protocols().clone();
    return new TlsSockets(
        context.getSocketFactory(),
        new TlsSockets.Rules(versions, suites(ciphers), hostnameVerification));
  }

  private static KeyStore loaded(String path, char[] password)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    try (InputStream in = Files.newInputStream(Path.of(path))) {
      store.load(in, password);
    }
    return store;
  }

  private KeystoreService trusting() throws GeneralSecurityException {
    KeystoreService service = trust.get() == null ? keys.get() : trust.get();
    if (service == null) {
      throw new GeneralSecurityException(
          "no key store is there; correct KeystoreService.target or TruststoreKeystoreService"
              + ".target");
    }
    return service;
  }

  private interface Work<T> {
    T run() throws KuraException;
  }

  private static <T> T asked(Work<T> work) throws IOException {
    try {
      return work.run();
    } catch (KuraException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  @Deprecated
  public X509Certificate[] getTrustCertificates() throws GeneralSecurityException, IOException {
    KeystoreService service = trusting();
    return asked(service::getEntries).values().stream()
        .filter(TrustedCertificateEntry.class::isInstance)
        .map(entry -> ((TrustedCertificateEntry) entry).getTrustedCertificate())
        .filter(X509Certificate.class::isInstance)
        .toArray(X509Certificate[]::new);
  }

  @Override
  @Deprecated
  public void installTrustCertificate(String alias, X509Certificate certificate)
      throws GeneralSecurityException, IOException {
    set(trusting(), alias, new TrustedCertificateEntry(certificate));
  }

  private static void set(KeystoreService service, String alias, KeyStore.Entry entry)
      throws IOException {
    asked(
        () -> {
          service.setEntry(alias, entry);
          return null;
        });
  }

  @Override
  @Deprecated
  public void deleteTrustCertificate(String alias) throws GeneralSecurityException, IOException {
    KeystoreService service = trusting();
    asked(
        () -> {
          service.deleteEntry(alias);
          return null;
        });
  }

  @Override
  @Deprecated
  public void installPrivateKey(
      String alias, PrivateKey privateKey, char[] password, Certificate[] publicCerts)
      throws GeneralSecurityException, IOException {
    KeystoreService service = keys.get() == null ? trusting() : keys.get();
    set(service, alias, new PrivateKeyEntry(privateKey, publicCerts));
  }
}
