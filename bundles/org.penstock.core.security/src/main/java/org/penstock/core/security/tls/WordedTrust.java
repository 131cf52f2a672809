package org.penstock.core.security.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;

/** Java's own checks, with failures in words. */
final class WordedTrust extends X509ExtendedTrustManager {

  private final X509ExtendedTrustManager checks;

  WordedTrust(X509ExtendedTrustManager checks) {
    this.checks = checks;
  }

  private interface Check {
    void run() throws CertificateException;
  }

  private static void worded(X509Certificate[] chain, String host, Check check)
      throws CertificateException {
    try {
      check.run();
    } catch (CertificateException e) {
      throw new CertificateException(TlsWords.of(e, chain, host), e);
    }
  }

  private static String host(SSLSession session) {
    return session == null ? null : session.getPeerHost();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    String host = socket instanceof SSLSocket tls ? host(tls.getHandshakeSession()) : null;
    worded(chain, host, () -> checks.checkServerTrusted(chain, type, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    worded(
        chain,
        host(engine.getHandshakeSession()),
        () -> checks.checkServerTrusted(chain, type, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    worded(chain, null, () -> checks.checkServerTrusted(chain, type));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    worded(chain, null, () -> checks.checkClientTrusted(chain, type, socket));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    worded(chain, null, () -> checks.checkClientTrusted(chain, type, engine));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    worded(chain, null, () -> checks.checkClientTrusted(chain, type));
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return checks.getAcceptedIssuers();
  }
}
