package org.eclipse.kura.core.keystore.util;

/** What a request for a certificate is to say. */
public class CsrInfo extends EntryInfo {

  private String signatureAlgorithm;
  private String attributes;

  public CsrInfo(String keystoreServicePid, String alias) {
    super(keystoreServicePid, alias);
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
