package org.eclipse.kura.certificate;

import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;

/** A private key and its chain with its key store and alias. */
public class KuraPrivateKeyEntry {

  private String privateKeyId;
  private String keystoreId;
  private String alias;
  private KeyStore.PrivateKeyEntry privateKey;

  public KuraPrivateKeyEntry(String name, String name2, KeyStore.PrivateKeyEntry privateKeyEntry) {
    this.keystoreId = name;
    this.alias = name2;
    this.privateKeyId = name + ":" + name2;
    this.privateKey = privateKeyEntry;
  }

  public KuraPrivateKeyEntry(
      String name, String name2, PrivateKey privateKey, Certificate[] certificates) {
    this.keystoreId = name;
    this.alias = name2;
    this.privateKeyId = name + ":" + name2;
    this.privateKey = new KeyStore.PrivateKeyEntry(privateKey, certificates);
  }

  public String getPrivateKeyId() {
    return privateKeyId;
  }

  public String getKeystoreId() {
    return keystoreId;
  }

  public String getAlias() {
    return alias;
  }

  public KeyStore.PrivateKeyEntry getPrivateKey() {
    return privateKey;
  }
}
