package org.eclipse.kura.core.keystore.util;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** Finds and fetches lists of revoked certificates. */
public class CRLUtil {

  private static final int TIMEOUT_MS = 60_000;

  private CRLUtil() {}

  /** Where the certificate says that its issuer's list is. */
  public static Set<URI> getCrlURIs(X509Certificate certificate) throws IOException {
    Set<URI> result = new LinkedHashSet<>();
    byte[] extension = certificate.getExtensionValue(Extension.cRLDistributionPoints.getId());
    if (extension == null) {
      return result;
    }
    CRLDistPoint points =
        CRLDistPoint.getInstance(ASN1OctetString.getInstance(extension).getOctets());
    for (DistributionPoint point : points.getDistributionPoints()) {
      DistributionPointName name = point.getDistributionPoint();
      if (name != null && name.getType() == DistributionPointName.FULL_NAME) {
        addUris(result, GeneralNames.getInstance(name.getName()));
      }
    }
    return result;
  }

  private static void addUris(Set<URI> result, GeneralNames names) throws IOException {
    for (GeneralName name : names.getNames()) {
      if (name.getTagNo() == GeneralName.uniformResourceIdentifier) {
        try {
          result.add(URI.create(name.getName().toString()));
        } catch (IllegalArgumentException e) {
          throw new IOException(e);
        }
      }
    }
  }

  /** The list of the first address that gives one; fails with the last failure if none does. */
  public static CompletableFuture<X509CRL> fetchCRL(Set<URI> uris, ExecutorService executor) {
    CompletableFuture<X509CRL> result =
        CompletableFuture.failedFuture(new IOException("no address of a list"));
    for (URI uri : uris) {
      result =
          result
              .handle(
                  (list, failure) ->
                      failure == null
                          ? CompletableFuture.completedFuture(list)
                          : fetch(uri, executor))
              .thenCompose(next -> next);
    }
    return result;
  }

  private static CompletableFuture<X509CRL> fetch(URI uri, ExecutorService executor) {
    CompletableFuture<X509CRL> result = new CompletableFuture<>();
    executor.execute(
        () -> {
          try {
            URLConnection connection = uri.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MS);
            connection.setReadTimeout(TIMEOUT_MS);
            try (InputStream in = connection.getInputStream()) {
              result.complete((X509CRL) CertificateFactory.getInstance("X.509").generateCRL(in));
            }
          } catch (Exception e) { // thread start
            result.completeExceptionally(e);
          }
        });
    return result;
  }
}
