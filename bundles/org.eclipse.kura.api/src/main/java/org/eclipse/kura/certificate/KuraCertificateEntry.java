package org.eclipse.kura.certificate;

import java.security.KeyStore;
import java.security.cert.Certificate;

/** A trusted certificate with its key store and alias. */
public class KuraCertificateEntry {

  private String certificateId;
  private String keystoreId;
  private String alias;
  private KeyStore.TrustedCertificateEntry certificateEntry;

  public KuraCertificateEntry(String name, String name2, Certificate certificate) {
    this.keystoreId = name;
    this.alias = name2;
    this.certificateId = name + ":" + name2;
    this.certificateEntry = new KeyStore.TrustedCertificateEntry(certificate);
  }

  public KuraCertificateEntry(
      String name, String name2, KeyStore.TrustedCertificateEntry trustedCertificateEntry) {
    this.keystoreId = name;
    this.alias = name2;
    this.certificateId = name + ":" + name2;
    this.certificateEntry = trustedCertificateEntry;
  }

  public String getCertificateId() {
    return certificateId;
  }

  public String getKeystoreId() {
    return keystoreId;
  }

  public String getAlias() {
    return alias;
  }

  public KeyStore.TrustedCertificateEntry getCertificateEntry() {
    return certificateEntry;
  }

  public static String getKeystoreId(String name) {
    return name.split(":")[0];
  }

  public static String getAlias(String name) {
    return name.split(":")[1];
  }
}
