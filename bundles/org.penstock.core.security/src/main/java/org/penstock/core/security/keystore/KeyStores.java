package org.penstock.core.security.keystore;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.KeyStore.Entry;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.KeyStore.TrustedCertificateEntry;
import java.security.SecureRandom;
import java.security.cert.CRL;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.AlgorithmParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.security.keystore.KeystoreService;
import org.penstock.api.storage.DurableStorage;

/** Kura's KeystoreService over one file or token. Any thread may call; changes are durable on return. */
public class KeyStores implements KeystoreService {

  private final String pid;
  private final Opened opened;
  private final Optional<RevocationLists> lists;
  private final Runnable changed;

  /** Gives the entries, or says in words why it can't. */
  @FunctionalInterface
  interface Opened {
    KeyContent content() throws KuraException;
  }

  KeyStores(String pid, Opened opened, Optional<RevocationLists> lists, Runnable changed) {
    this.pid = pid;
    this.opened = opened;
    this.lists = lists;
    this.changed = changed;
  }

  /**
   * A store whose file and password are known.
   *
   * @param changed is called after each change
   */
  public static KeystoreService over(
      String pid,
      Path file,
      char[] password,
      CryptoService crypto,
      DurableStorage storage,
      Runnable changed)
      throws GeneralSecurityException, IOException, KuraException {
    KeystoreFile opened = KeystoreFile.open(file, password, false, crypto, storage);
    return new KeyStores(pid, () -> opened, Optional.empty(), changed);
  }

  private interface Work<T> {
    T on(KeyContent content) throws GeneralSecurityException, IOException, KuraException;
  }

  private <T> T with(Work<T> work) throws KuraException {
    try {
      return work.on(opened.content());
    } catch (GeneralSecurityException | IOException e) {
      throw failed(e);
    }
  }

  private KuraException failed(Exception e) {
    return new KuraException(
        KuraErrorCode.SECURITY_EXCEPTION, e, "key store " + pid + ": " + e.getMessage());
  }

  private static String required(String alias) {
    if (alias == null || alias.isBlank()) {
      throw new IllegalArgumentException("an alias must be given");
    }
    return alias;
  }

  @Override
  public KeyStore getKeyStore() throws KuraException {
    return with(KeyContent::copy);
  }

  @Override
  public Entry getEntry(String alias) throws KuraException {
    required(alias);
    return with(content -> content.entry(alias));
  }

  @Override
  public void setEntry(String alias, Entry entry) throws KuraException {
    required(alias);
    Objects.requireNonNull(entry, "an entry must be given");
    with(
        content -> {
          content.set(alias, entry);
          return null;
        });
    changed.run();
  }

  @Override
  public Map<String, Entry> getEntries() throws KuraException {
    return with(KeyContent::entries);
  }

  @Override
  public void deleteEntry(String alias) throws KuraException {
    required(alias);
    if (with(content -> content.delete(alias))) {
      changed.run();
    }
  }

  @Override
  public List<String> getAliases() throws KuraException {
    return with(content -> new ArrayList<>(content.entries().keySet()));
  }

  @Override
  public List<KeyManager> getKeyManagers(String algorithm) throws KuraException {
    return managers(() -> KeyManagerFactory.getInstance(algorithm));
  }

  @Override
  public List<KeyManager> getKeyManagers(String algorithm, String provider) throws KuraException {
    return managers(() -> KeyManagerFactory.getInstance(algorithm, provider));
  }

  private List<KeyManager> managers(Callable<KeyManagerFactory> maker) throws KuraException {
    return with(
        content -> {
          KeyManagerFactory factory = made(maker);
          factory.init(content.copy(), content.password());
          return Arrays.asList(factory.getKeyManagers());
        });
  }

  private static <T> T made(Callable<T> maker) throws GeneralSecurityException {
    java.util.concurrent.FutureTask<T> making = new java.util.concurrent.FutureTask<>(maker);
    making.run();
    try {
      return making.get();
    } catch (java.util.concurrent.ExecutionException e) {
      throw new GeneralSecurityException(e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GeneralSecurityException(e);
    }
  }

  @Override
  public void createKeyPair(
      String alias, String algorithm, int keySize, String signatureAlgorithm, String attributes)
      throws KuraException {
    createKeyPair(alias, algorithm, keySize, signatureAlgorithm, attributes, new SecureRandom());
  }

  @Override
  public void createKeyPair(
      String alias,
      String algorithm,
      int keySize,
      String signatureAlgorithm,
      String attributes,
      SecureRandom secureRandom)
      throws KuraException {
    create(
        alias,
        signatureAlgorithm,
        attributes,
        () -> Issuing.keys(algorithm, keySize, secureRandom));
  }

  @Override
  public void createKeyPair(
      String alias,
      String algorithm,
      AlgorithmParameterSpec algorithmParameter,
      String signatureAlgorithm,
      String attributes)
      throws KuraException {
    createKeyPair(
        alias, algorithm, algorithmParameter, signatureAlgorithm, attributes, new SecureRandom());
  }

  @Override
  public void createKeyPair(
      String alias,
      String algorithm,
      AlgorithmParameterSpec algorithmParameter,
      String signatureAlgorithm,
      String attributes,
      SecureRandom secureRandom)
      throws KuraException {
    create(
        alias,
        signatureAlgorithm,
        attributes,
        () -> Issuing.keys(algorithm, algorithmParameter, secureRandom));
  }

  private void create(String alias, String signature, String name, Callable<KeyPair> maker)
      throws KuraException {
    required(alias);
    try {
      KeyPair keys = made(maker);
      X509Certificate certificate = Issuing.selfSigned(keys, name, signature, Instant.now());
      setEntry(alias, new PrivateKeyEntry(keys.getPrivate(), new Certificate[] {certificate}));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new KuraException(
          KuraErrorCode.INVALID_PARAMETER, e, "no key " + alias + ": " + e.getMessage());
    }
  }

  @Override
  public String getCSR(KeyPair keypair, X500Principal principal, String signerAlg)
      throws KuraException {
    try {
      return Issuing.request(keypair, principal, signerAlg);
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      throw new KuraException(KuraErrorCode.INVALID_PARAMETER, e, "no request: " + e.getMessage());
    }
  }

  @Override
  public String getCSR(String alias, X500Principal principal, String signerAlg)
      throws KuraException {
    if (!(getEntry(alias) instanceof PrivateKeyEntry entry)) {
      throw new KuraException(
          KuraErrorCode.INVALID_PARAMETER, "key store " + pid + " has no private key " + alias);
    }
    return getCSR(
        new KeyPair(entry.getCertificate().getPublicKey(), entry.getPrivateKey()),
        principal,
        signerAlg);
  }

  @Override
  public Collection<CRL> getCRLs() throws KuraException {
    return lists.map(RevocationLists::all).orElseGet(List::of);
  }

  @Override
  public CertStore getCRLStore() throws KuraException {
    try {
      return CertStore.getInstance("Collection", new CollectionCertStoreParameters(getCRLs()));
    } catch (GeneralSecurityException e) {
      throw failed(e);
    }
  }

  @Override
  public void addCRL(X509CRL crl) throws KuraException {
    if (lists.isEmpty()) {
      throw new KuraException(
          KuraErrorCode.OPERATION_NOT_SUPPORTED,
          "key store " + pid + " keeps no revocation lists; set crl.management.enabled");
    }
    try {
      if (lists.get().add(crl)) {
        changed.run();
      }
    } catch (GeneralSecurityException | IOException e) {
      throw failed(e);
    }
  }

  /** Trusted certificates and those of the store's own keys. */
  static List<X509Certificate> certificates(Map<String, Entry> entries) {
    List<X509Certificate> found = new ArrayList<>();
    for (Entry entry : entries.values()) {
      if (entry instanceof TrustedCertificateEntry trusted
          && trusted.getTrustedCertificate() instanceof X509Certificate certificate) {
        found.add(certificate);
      } else if (entry instanceof PrivateKeyEntry key) {
        for (Certificate one : key.getCertificateChain()) {
          if (one instanceof X509Certificate certificate) {
            found.add(certificate);
          }
        }
      }
    }
    return found;
  }
}
