package org.eclipse.kura.certificate;

import java.security.cert.Certificate;
import java.util.Enumeration;
import java.util.List;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.message.KuraApplicationTopic;
import org.eclipse.kura.message.KuraPayload;
import org.osgi.annotation.versioning.ProviderType;

/** Keeps certificates and checks the signatures of messages. */
@ProviderType
public interface CertificatesService {

  @Deprecated
  void storeCertificate(Certificate certificate, String name) throws KuraException;

  @Deprecated
  Enumeration<String> listCACertificatesAliases();

  @Deprecated
  Enumeration<String> listSSLCertificatesAliases();

  @Deprecated
  Enumeration<String> listDMCertificatesAliases();

  @Deprecated
  Enumeration<String> listBundleCertificatesAliases();

  @Deprecated
  Certificate returnCertificate(String name) throws KuraException;

  @Deprecated
  void removeCertificate(String name) throws KuraException;

  boolean verifySignature(KuraApplicationTopic kuraApplicationTopic, KuraPayload kuraPayload);

  List<KuraCertificateEntry> getCertificates() throws KuraException;

  KuraCertificateEntry getCertificateEntry(String name) throws KuraException;

  void updateCertificate(KuraCertificateEntry kuraCertificateEntry) throws KuraException;

  void addCertificate(KuraCertificateEntry kuraCertificateEntry) throws KuraException;

  void deleteCertificate(String name) throws KuraException;
}
