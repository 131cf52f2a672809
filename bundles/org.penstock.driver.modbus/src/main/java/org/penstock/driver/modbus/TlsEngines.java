package org.penstock.driver.modbus;

import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.eclipse.kura.ssl.SslManagerService;
import org.penstock.driver.modbus.link.NetworkLinks;

/**
 * TLS with the keys of an SslManagerService; with a client certificate where its keystore has one.
 *
 * @param keys null when there is none
 * @param host as configured
 * @param port as configured
 * @param verifyHost the certificate must carry the host's name
 */
record TlsEngines(SslManagerService keys, String host, int port, boolean verifyHost)
    implements NetworkLinks.Engines {

  @Override
  public SSLEngine next() throws IOException {
    if (keys == null) {
      throw new IOException(
          "no keys for TLS: property SslManagerService.target names no running service");
    }
    try {
      SSLEngine engine = keys.getSSLContext().createSSLEngine(host, port);
      engine.setUseClientMode(true);
      if (verifyHost) {
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
      }
      return engine;
    } catch (GeneralSecurityException problem) {
      throw new IOException("the keys for TLS cannot be used: " + problem.getMessage(), problem);
    }
  }
}
