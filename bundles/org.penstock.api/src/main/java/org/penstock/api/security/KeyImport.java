package org.penstock.api.security;

import java.util.List;
import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ProviderType;

/** Takes keys and certificates from files as people have them. Any thread may call. */
@ProviderType
public interface KeyImport {

  /**
   * Puts what the file holds into a key store: a private key with its chain, or certificates to
   * trust.
   *
   * @param keystorePid the key store's {@code kura.service.pid}
   * @param alias of the first entry; more entries get {@code -2}, {@code -3}...
   * @param file PEM (certificates, and a private key, encrypted or not) or PKCS12
   * @param password of the file; empty when it has none
   * @return the aliases that were set
   * @throws KuraException in words, when the file is neither, the password wrong, the key without its
   *     certificate, or the key store unknown; nothing is set then
   */
  List<String> importFile(String keystorePid, String alias, byte[] file, char[] password)
      throws KuraException;
}
