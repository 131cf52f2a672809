package org.eclipse.kura.core.keystore.util;

/** A private key of a key store, with its certificates. */
public class PrivateKeyInfo extends EntryInfo {

  private String algorithm;
  private int size;
  private String privateKey;
  private String[] certificateChain;

  public PrivateKeyInfo(String keystoreServicePid, String alias) {
    super(keystoreServicePid, alias);
  }

  public String getAlgorithm() {
    return algorithm;
  }

  public void setAlgorithm(String algorithm) {
    this.algorithm = algorithm;
  }

  public int getSize() {
    return size;
  }

  public void setSize(int size) {
    this.size = size;
  }

  public String getPrivateKey() {
    return privateKey;
  }

  public void setPrivateKey(String privateKey) {
    this.privateKey = privateKey;
  }

  public String[] getCertificateChain() {
    return certificateChain;
  }

  public void setCertificateChain(String[] certificateChain) {
    this.certificateChain = certificateChain;
  }

  public EntryType getType() {
    return EntryType.PRIVATE_KEY;
  }
}
