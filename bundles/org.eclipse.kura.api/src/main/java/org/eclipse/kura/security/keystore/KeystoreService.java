package org.eclipse.kura.security.keystore;

import java.security.KeyPair;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CRL;
import java.security.cert.CertStore;
import java.security.cert.X509CRL;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.security.auth.x500.X500Principal;
import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ProviderType;

/** Reads and changes one key store. */
@ProviderType
public interface KeystoreService {

  KeyStore getKeyStore() throws KuraException;

  KeyStore.Entry getEntry(String name) throws KuraException;

  void setEntry(String name, KeyStore.Entry entry) throws KuraException;

  Map<String, KeyStore.Entry> getEntries() throws KuraException;

  void deleteEntry(String name) throws KuraException;

  List<KeyManager> getKeyManagers(String name) throws KuraException;

  List<KeyManager> getKeyManagers(String name, String name2) throws KuraException;

  void createKeyPair(String name, String name2, int number, String name3, String name4)
      throws KuraException;

  void createKeyPair(
      String name, String name2, int number, String name3, String name4, SecureRandom secureRandom)
      throws KuraException;

  void createKeyPair(
      String name,
      String name2,
      AlgorithmParameterSpec algorithmParameterSpec,
      String name3,
      String name4,
      SecureRandom secureRandom)
      throws KuraException;

  void createKeyPair(
      String name,
      String name2,
      AlgorithmParameterSpec algorithmParameterSpec,
      String name3,
      String name4)
      throws KuraException;

  String getCSR(KeyPair keyPair, X500Principal x500Principal, String name) throws KuraException;

  String getCSR(String name, X500Principal x500Principal, String name2) throws KuraException;

  List<String> getAliases() throws KuraException;

  Collection<CRL> getCRLs() throws KuraException;

  CertStore getCRLStore() throws KuraException;

  void addCRL(X509CRL x509crl) throws KuraException;
}
