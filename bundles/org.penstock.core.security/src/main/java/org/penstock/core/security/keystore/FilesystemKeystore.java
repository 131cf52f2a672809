package org.penstock.core.security.keystore;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.security.keystore.KeystoreChangedEvent;
import org.eclipse.kura.security.keystore.KeystoreService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.metatype.annotations.Designate;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;
import org.penstock.api.health.HealthState.Level;
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;

/** One key store in a file, as configured. A changed configuration makes a new one. */
@Component(
    name = FilesystemKeystore.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {KeystoreService.class, ConfigurableComponent.class, HealthSource.class},
    property = "kura.ui.service.hide=true")
@Designate(ocd = FilesystemKeystoreConfig.class, factory = true)
public final class FilesystemKeystore extends KeyStores
    implements ConfigurableComponent, HealthSource {

  /** Kura's factory pid. */
  public static final String PID = "org.eclipse.kura.core.keystore.FilesystemKeystoreServiceImpl";

  private final String pid;
  private final Opening opening;
  private final Optional<CrlFetch> fetch;
  private final AtomicReference<HealthState> shown;
  private final Strand strand;

  /** The file, or why there is none. */
  private record Opening(KeystoreFile file, String failure) {

    KeystoreFile required() throws KuraException {
      if (file == null) {
        throw new KuraException(KuraErrorCode.SECURITY_EXCEPTION, failure);
      }
      return file;
    }
  }

  /** Called by the component runtime. */
  @Activate
  public FilesystemKeystore(
      BundleContext context,
      FilesystemKeystoreConfig config,
      Map<String, Object> properties,
      @Reference CryptoService crypto,
      @Reference DurableStorage storage,
      @Reference EventAdmin events,
      @Reference Strands strands) {
    this(
        String.valueOf(properties.get("kura.service.pid")),
        Path.of(context.getProperty("penstock.home")).resolve("keys"),
        config,
        crypto,
        storage,
        pid -> events.postEvent(new KeystoreChangedEvent(pid)),
        strands);
  }

  FilesystemKeystore(
      String pid,
      Path keys,
      FilesystemKeystoreConfig config,
      CryptoService crypto,
      DurableStorage storage,
      java.util.function.Consumer<String> changed,
      Strands strands) {
    this(
        pid,
        opened(path(keys, config.keystore_path(), pid + ".p12"), config, crypto, storage),
        lists(path(keys, config.crl_store_path(), pid + ".crl"), config, storage),
        config,
        () -> changed.accept(pid),
        strands);
  }

  private FilesystemKeystore(
      String pid,
      Opening opening,
      Optional<RevocationLists> lists,
      FilesystemKeystoreConfig config,
      Runnable changed,
      Strands strands) {
    super(pid, opening::required, lists, changed);
    this.pid = pid;
    this.opening = opening;
    this.shown = new AtomicReference<>(new HealthState(Level.OK, "", Instant.now(), Map.of()));
    this.strand = strands.open("core/keystore/" + pid);
    this.fetch =
        lists.map(
            all ->
                new CrlFetch(
                    Set.of(config.crl_urls()),
                    duration(config.crl_update_interval(), config.crl_update_interval_time_unit()),
                    config.verify_crl(),
                    this::certificates,
                    all));
    Duration look = duration(config.crl_check_interval(), config.crl_check_interval_time_unit());
    fetch.ifPresent(
        fetching ->
            strand.every(
                Duration.ZERO,
                look,
                () -> {
                  if (fetching.look(Instant.now())) {
                    changed.run();
                  }
                }));
  }

  private static Path path(Path keys, String given, String otherwise) {
    return keys.resolve(given == null || given.isBlank() ? otherwise : given.trim());
  }

  private static Duration duration(long count, String unit) {
    return Duration.of(Math.max(1, count), ChronoUnit.valueOf(unit));
  }

  private static Opening opened(
      Path file, FilesystemKeystoreConfig config, CryptoService crypto, DurableStorage storage) {
    try {
      char[] password = crypto.decryptAes(config.keystore_password().toCharArray());
      return new Opening(
          KeystoreFile.open(file, password, config.randomize_password(), crypto, storage), "");
    } catch (GeneralSecurityException | IOException | KuraException e) {
      return new Opening(null, e.getMessage());
    }
  }

  private static Optional<RevocationLists> lists(
      Path file, FilesystemKeystoreConfig config, DurableStorage storage) {
    if (!config.crl_management_enabled()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new RevocationLists(file, storage));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e); // the component runtime logs it; health names it
    }
  }

  private Collection<X509Certificate> certificates() {
    try {
      return opening.file() == null ? List.of() : KeyStores.certificates(opening.file().entries());
    } catch (GeneralSecurityException e) {
      return List.of(); // the health line tells
    }
  }

  /** Called by the component runtime. */
  @Deactivate
  public void stop() {
    strand.close();
  }

  @Override
  public String name() {
    return "core/keystore/" + pid;
  }

  @Override
  public HealthState health() {
    if (opening.file() == null) {
      return remember(Level.FAILED, opening.failure());
    }
    try {
      StringBuilder words =
          new StringBuilder(Expiry.words(opening.file().entries(), Instant.now()));
      fetch.ifPresent(
          fetching ->
              fetching
                  .failures()
                  .forEach(
                      (address, why) ->
                          words
                              .append(words.isEmpty() ? "" : " | ")
                              .append("revocation list " + address + ": " + why)));
      return remember(words.isEmpty() ? Level.OK : Level.DEGRADED, words.toString());
    } catch (GeneralSecurityException e) {
      return remember(Level.FAILED, "an entry can't be read: " + e.getMessage());
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
