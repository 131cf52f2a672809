package org.eclipse.kura.core.keystore.util;

/** How a pair of keys is to be made. */
public class KeyPairInfo extends EntryInfo {

  private String algorithm;
  private int size;
  private String signatureAlgorithm;
  private String attributes;

  public KeyPairInfo(String keystoreServicePid, String alias) {
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

  public String getSignatureAlgorithm() {
    return signatureAlgorithm;
  }

  public void setSignatureAlgorithm(String signatureAlgorithm) {
    this.signatureAlgorithm = signatureAlgorithm;
  }

  public String getAttributes() {
    return attributes;
  }

  public void setAttributes(String attributes) {
    this.attributes = attributes;
  }
}
