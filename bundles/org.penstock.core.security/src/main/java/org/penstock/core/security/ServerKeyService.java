package org.penstock.core.security;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore.Entry;
import java.security.KeyStore.TrustedCertificateEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the HTTPS server its key, made on a strand of its own, and the key store as Kura's service
 * {@code HttpsKeystore}.
 */
@Component(service = {ServerKeys.class, ServerKeyService.class})
public final class ServerKeyService implements ServerKeys {

  /** The key store's kura.service.pid, by Kura's convention. */
  static final String PID = "HttpsKeystore";

  private static final Logger LOG = LoggerFactory.getLogger(ServerKeyService.class);

  private final CompletableFuture<KeyStoreFile> https = new CompletableFuture<>();
  private final AtomicReference<Collection<X509Certificate>> authorities =
      new AtomicReference<>(List.of());
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
            https.complete(
                open(context, new HttpsKeys(keys, storage, crypto), storage, crypto, events));
          } catch (GeneralSecurityException | IOException | KuraException e) {
            https.completeExceptionally(
                new IOException(
                    "the server's key store in " + keys + " can't be made: " + e.getMessage(), e));
          }
        });
  }

  private KeyStoreFile open(
      BundleContext context,
      HttpsKeys keys,
      DurableStorage storage,
      CryptoService crypto,
      EventAdmin events)
      throws GeneralSecurityException, IOException, KuraException {
    KeyStoreFile made = keys.open(Instant.now());
    AtomicReference<KeystoreService> opened = new AtomicReference<>();
    KeystoreService service =
        KeyStores.over(
            PID,
            made.file(),
            made.password().toCharArray(),
            crypto,
            storage,
            () -> {
              authorities.set(trusted(opened.get()));
              events.postEvent(new KeystoreChangedEvent(PID));
            });
    opened.set(service);
    authorities.set(trusted(service));
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put("kura.service.pid", PID);
    context.registerService(KeystoreService.class, service, properties);
    return made;
  }

  private static List<X509Certificate> trusted(KeystoreService store) {
    List<X509Certificate> trusted = new ArrayList<>();
    try {
      for (Entry entry : store.getEntries().values()) {
        if (entry instanceof TrustedCertificateEntry one
            && one.getTrustedCertificate() instanceof X509Certificate certificate) {
          trusted.add(certificate);
        }
      }
    } catch (KuraException e) {
      LOG.error("no certificate logs in: {}", e.getMessage());
    }
    return List.copyOf(trusted);
  }

  /** Those who vouch for client certificates: the trusted certificates of the server's store. */
  Collection<X509Certificate> authorities() {
    return authorities.get();
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
