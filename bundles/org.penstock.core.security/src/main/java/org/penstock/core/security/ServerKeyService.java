package org.penstock.core.security;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.security.keystore.KeystoreChangedEvent;
import org.eclipse.kura.security.keystore.KeystoreService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.EventAdmin;
import org.penstock.api.security.ServerKeys;
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;
import org.penstock.core.security.keystore.KeyStores;

/**
 * Gives the HTTPS server its key, made on a strand of its own, and the key store as Kura's service
 * {@code HttpsKeystore}.
 */
@Component
public final class ServerKeyService implements ServerKeys {

  /** The key store's kura.service.pid, by Kura's convention. */
  static final String PID = "HttpsKeystore";

  private final CompletableFuture<KeyStoreFile> https = new CompletableFuture<>();
  private final Strand strand;

  /** Called by the component runtime. */
  @Activate
  public ServerKeyService(
      BundleContext context,
      @Reference DurableStorage storage,
      @Reference CryptoService crypto,
      @Reference EventAdmin events,
      @Reference Strands strands) {
    Path keys = Path.of(context.getProperty("penstock.home")).resolve("keys");
    strand = strands.open("core/security/https");
    strand.execute(
        () -> {
          try {
            KeyStoreFile made = new HttpsKeys(keys, storage, crypto).open(Instant.now());
            KeystoreService service =
                KeyStores.over(
                    PID,
                    made.file(),
                    made.password().toCharArray(),
                    crypto,
                    storage,
                    () -> events.postEvent(new KeystoreChangedEvent(PID)));
            Dictionary<String, Object> properties = new Hashtable<>();
            properties.put("kura.service.pid", PID);
            context.registerService(KeystoreService.class, service, properties);
            https.complete(made);
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
