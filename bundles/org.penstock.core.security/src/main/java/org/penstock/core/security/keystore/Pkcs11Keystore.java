package org.penstock.core.security.keystore;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.security.keystore.KeystoreService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;
import org.penstock.api.health.HealthState.Level;

/**
 * One key store on a PKCS#11 token, as configured. A token that is not there, or plugged in later, is
 * looked for again whenever the store is used, at most each ten seconds.
 */
@Component(
    name = Pkcs11Keystore.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {KeystoreService.class, ConfigurableComponent.class, HealthSource.class},
    property = "kura.ui.service.hide=true")
@Designate(ocd = Pkcs11KeystoreConfig.class, factory = true)
public final class Pkcs11Keystore extends KeyStores implements ConfigurableComponent, HealthSource {

  /** Kura's factory pid. */
  public static final String PID = "org.eclipse.kura.core.keystore.PKCS11KeystoreServiceImpl";

  private static final long AGAIN_NANOS = Duration.ofSeconds(10).toNanos();

  private final String pid;
  private final Token token;
  private final AtomicReference<HealthState> shown =
      new AtomicReference<>(new HealthState(Level.OK, "", Instant.now(), Map.of()));

  /** The token; its lock is held while somebody logs in. */
  private static final class Token {

    private final String pid;
    private final Pkcs11KeystoreConfig config;
    private final CryptoService crypto;
    private TokenContent content;
    private String failure = "";
    private long tried;

    Token(String pid, Pkcs11KeystoreConfig config, CryptoService crypto) {
      this.pid = pid;
      this.config = config;
      this.crypto = crypto;
    }

    synchronized KeyContent required() throws KuraException {
      if (content == null && (failure.isEmpty() || System.nanoTime() - tried > AGAIN_NANOS)) {
        open();
      }
      if (content == null) {
        throw new KuraException(KuraErrorCode.SECURITY_EXCEPTION, failure);
      }
      return content;
    }

    private void open() {
      tried = System.nanoTime();
      String library = config.library_path().trim();
      if (!library.startsWith("/")) {
        failure = "library.path must be the absolute path of a .so file, given: '" + library + "'";
        return;
      }
      String slot =
          config.slot() < 0
              ? "slotListIndex = " + config.slot_list_index()
              : "slot = " + config.slot();
      try {
        char[] pin = crypto.decryptAes(config.pin().toCharArray());
        content = TokenContent.open(pid.replaceAll("[^A-Za-z0-9]", "_"), library, slot, pin);
      } catch (GeneralSecurityException | IOException | KuraException e) {
        failure = e.getMessage();
      }
    }

    synchronized void close() {
      if (content != null) {
        content.close();
      }
    }
  }

  /** Called by the component runtime. */
  @Activate
  public Pkcs11Keystore(
      Pkcs11KeystoreConfig config,
      Map<String, Object> properties,
      @Reference CryptoService crypto) {
    this(
        String.valueOf(properties.get("kura.service.pid")),
        new Token(String.valueOf(properties.get("kura.service.pid")), config, crypto));
  }

  private Pkcs11Keystore(String pid, Token token) {
    super(pid, token::required, Optional.empty(), () -> {});
    this.pid = pid;
    this.token = token;
  }

  /** Called by the component runtime. */
  @Deactivate
  public void stop() {
    token.close();
  }

  @Override
  public String name() {
    return "core/keystore/" + pid;
  }

  @Override
  public HealthState health() {
    try {
      String words = Expiry.words(getEntries(), Instant.now());
      return remember(words.isEmpty() ? Level.OK : Level.DEGRADED, words);
    } catch (KuraException e) {
      return remember(Level.FAILED, e.getMessage());
    }
  }

  private HealthState remember(Level level, String reason) {
    return shown.updateAndGet(
        before ->
            before.level() == level && before.reason().equals(reason)
                ? before
                : new HealthState(level, reason, Instant.now(), Map.of()));
  }
}
