package org.penstock.api.security;

import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The key and certificate of the gateway's own HTTPS server, made at first start. Any thread may
 * call.
 */
@ProviderType
public interface ServerKeys {

  /**
   * A PKCS12 key store with the server's key and certificate.
   *
   * @param file where it is, under {@code <home>/keys}
   * @param password of the store and of the key
   */
  record KeyStoreFile(Path file, String password) {}

  /** Completes when the key store is there; exceptionally, in words, when it can't be made. */
  CompletionStage<KeyStoreFile> https();
}
