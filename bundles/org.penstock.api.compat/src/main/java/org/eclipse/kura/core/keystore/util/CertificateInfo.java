package org.eclipse.kura.core.keystore.util;

import java.util.Collection;
import java.util.List;

/** A trusted certificate of a key store. */
public class CertificateInfo extends EntryInfo {

  private String subjectDN;
  private Collection<List<?>> subjectAN;
  private String issuer;
  private long startDate;
  private long expirationDate;
  private String algorithm;
  private int size;
  private String certificate;

  public CertificateInfo(String keystoreServicePid, String alias) {
    super(keystoreServicePid, alias);
  }

  public String getSubjectDN() {
    return subjectDN;
  }

  public void setSubjectDN(String subjectDN) {
    this.subjectDN = subjectDN;
  }

  public Collection<List<?>> getSubjectAN() {
    return subjectAN;
  }

  public void setSubjectAN(Collection<List<?>> subjectAN) {
    this.subjectAN = subjectAN;
  }

  public String getIssuer() {
    return issuer;
  }

  public void setIssuer(String issuer) {
    this.issuer = issuer;
  }

  public long getStartDate() {
    return startDate;
  }

  public void setStartDate(long startDate) {
    this.startDate = startDate;
  }

  public long getExpirationDate() {
    return expirationDate;
  }

  public void setExpirationDate(long expirationDate) {
    this.expirationDate = expirationDate;
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

  public String getCertificate() {
    return certificate;
  }

  public void setCertificate(String certificate) {
    this.certificate = certificate;
  }

  public EntryType getType() {
    return EntryType.TRUSTED_CERTIFICATE;
  }
}
