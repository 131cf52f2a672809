package org.penstock.driver.modbus.peers;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.kura.ssl.SslManagerService;

/** Keys of a test's authority, server and client, made by openssl. */
public final class TestKeys {

  private static final String PASSWORD = "changeit";

  private final Path folder;

  /** Makes them. */
  public TestKeys(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    String script =
        """
        set -e; cd "$1"
        openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.crt -days 2 -subj /CN=test-ca
        for who in server client; do
          openssl req -newkey rsa:2048 -nodes -keyout $who.key -out $who.csr -subj /CN=$who
          echo "subjectAltName=IP:127.0.0.1" > $who.ext
          openssl x509 -req -in $who.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 \\
            -extfile $who.ext -out $who.crt
        done
        openssl pkcs12 -export -in client.crt -inkey client.key -out client.p12 -passout pass:changeit
        """;
    try (PeerProcess shell = new PeerProcess("sh", "-c", script, "sh", folder.toString())) {
      List<String> output = shell.output();
      if (!Files.exists(folder.resolve("client.p12"))) {
        throw new IOException("openssl: " + output);
      }
    }
  }

  /** The server's certificate in PEM. */
  public String serverCertificate() {
    return folder.resolve("server.crt").toString();
  }

  /** The server's key in PEM. */
  public String serverKey() {
    return folder.resolve("server.key").toString();
  }

  /** The authority's certificate in PEM. */
  public String authority() {
    return folder.resolve("ca.crt").toString();
  }

  /** A client with a certificate, who trusts the authority. */
  public SslManagerService client() throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(folder.resolve("ca.crt"))) {
      trusted.setCertificateEntry(
          "ca", java.security.cert.CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("client.p12"))) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    return service(context);
  }

  /** A client who trusts the authorities of the world, not the test's. */
  public SslManagerService stranger() throws GeneralSecurityException {
    return service(SSLContext.getDefault());
  }

  private static SslManagerService service(SSLContext context) {
    return (SslManagerService)
        Proxy.newProxyInstance(
            TestKeys.class.getClassLoader(),
            new Class<?>[] {SslManagerService.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getSSLContext")) {
                return context;
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }
}
