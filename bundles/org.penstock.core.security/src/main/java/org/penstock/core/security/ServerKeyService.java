package org.penstock.core.security;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.crypto.CryptoService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.security.ServerKeys;
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;

/** Gives the HTTPS server its key, made on a strand of its own. */
@Component
public final class ServerKeyService implements ServerKeys {

  private final CompletableFuture<KeyStoreFile> https = new CompletableFuture<>();
  private final Strand strand;

  /** Called by the component runtime. */
  @Activate
  public ServerKeyService(
      BundleContext context,
      @Reference DurableStorage storage,
      @Reference CryptoService crypto,
      @Reference Strands strands) {
    Path keys = Path.of(context.getProperty("penstock.home")).resolve("keys");
    strand = strands.open("core/security/https");
    strand.execute(
        () -> {
          try {
            https.complete(new HttpsKeys(keys, storage, crypto).open(Instant.now()));
          } catch (GeneralSecurityException | IOException | KuraException e) {
            https.completeExceptionally(
                new IOException(
                    "the server's key store in " + keys + " can't be made: " + e.getMessage(), e));
          }
        });
  }

  /** Called by the component runtime. */
  @Deactivate
  public void stop() {
    strand.close();
  }

  @Override
  public CompletionStage<KeyStoreFile> https() {
    return https;
  }
}
