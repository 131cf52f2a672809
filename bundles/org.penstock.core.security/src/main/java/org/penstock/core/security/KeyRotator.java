package org.penstock.core.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.penstock.api.security.KeyRotation;
import org.penstock.api.security.SealedStore;
import org.penstock.api.storage.DurableStorage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes the device key: add the new one, have all sealed anew, forget the old one. */
@Component
public final class KeyRotator implements KeyRotation {

  /** Without this store the configuration's secrets would be lost with the old key. */
  static final String SNAPSHOTS = "configuration";

  private static final Logger LOG = LoggerFactory.getLogger(KeyRotator.class);

  private final DeviceCrypto crypto;
  private final DurableStorage storage;
  private final Path httpsPassword;
  private final ReentrantLock rotating = new ReentrantLock();

  private final List<SealedStore> stores = new CopyOnWriteArrayList<>();

  /** Called by the component runtime. */
  @Activate
  public KeyRotator(
      BundleContext context, @Reference DeviceCrypto crypto, @Reference DurableStorage storage) {
    this.crypto = crypto;
    this.storage = storage;
    this.httpsPassword =
        Path.of(context.getProperty("penstock.home")).resolve("keys").resolve("https.password");
  }

  /** Called by the component runtime. */
  @Reference(
      name = "stores",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  public void bind(SealedStore store) {
    stores.add(store);
  }

  /** Called by the component runtime. */
  public void unbind(SealedStore store) {
    stores.remove(store);
  }

  @Override
  public void rotate() throws KuraException {
    rotating.lock();
    try {
      requirePossible();
      if (!crypto.hasOldKeys()) {
        crypto.addKey();
      }
      List<String> failures = sealAnew();
      if (!failures.isEmpty()) {
        throw new KuraException(
            KuraErrorCode.SECURITY_EXCEPTION,
            "the old key stays beside the new one, call again: " + String.join(" | ", failures));
      }
      crypto.forgetOldKeys();
      LOG.info("the device key was changed");
    } catch (IOException e) {
      throw new KuraException(
          KuraErrorCode.SECURITY_EXCEPTION, e, "the key file: " + e.getMessage());
    } finally {
      rotating.unlock();
    }
  }

  private void requirePossible() throws KuraException {
    if (crypto.keyIsGiven()) {
      throw new KuraException(
          KuraErrorCode.OPERATION_NOT_SUPPORTED,
          "the key is given from outside in " + DeviceKey.PROPERTY + "; change it there");
    }
    if (stores.stream().noneMatch(store -> store.name().equals(SNAPSHOTS))) {
      throw new KuraException(
          KuraErrorCode.SERVICE_UNAVAILABLE, "the configuration is not there yet; call again");
    }
  }

  private List<String> sealAnew() {
    List<String> failures = new ArrayList<>();
    try {
      crypto.sealStorePasswordsAnew();
      if (Files.exists(httpsPassword)) {
        char[] sealed = Files.readString(httpsPassword).strip().toCharArray();
        String again = new String(crypto.encryptAes(crypto.decryptAes(sealed)));
        storage.replace(httpsPassword, again.getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException | KuraException e) {
      failures.add("key stores: " + e.getMessage());
    }
    for (SealedStore store : stores) {
      try {
        store.sealAnew();
      } catch (KuraException e) {
        failures.add(store.name() + ": " + e.getMessage());
      }
    }
    return failures;
  }
}
