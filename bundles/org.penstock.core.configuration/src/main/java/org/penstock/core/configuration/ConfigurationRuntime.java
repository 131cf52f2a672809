package org.penstock.core.configuration;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.configuration.KuraConfigReadyEvent;
import org.eclipse.kura.configuration.metatype.OCDService;
import org.eclipse.kura.crypto.CryptoService;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.ServiceTracker;
import org.penstock.api.configuration.ConfigurationCheck;
import org.penstock.api.configuration.SnapshotArchive;
import org.penstock.api.configuration.TimedApply;
import org.penstock.api.security.SealedStore;
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;

/**
 * Puts the configuration together and registers its services. It registers them itself, after the
 * snapshot is applied, and follows components with trackers, since components refer to these
 * services and would make a circle for the component runtime.
 */
@Component(
    service = {},
    immediate = true)
@Capability(
    namespace = "osgi.service",
    attribute =
        "objectClass:List<String>='org.eclipse.kura.configuration.ConfigurationService,"
            + "org.eclipse.kura.configuration.metatype.OCDService,"
            + "org.penstock.api.configuration.ConfigurationCheck,"
            + "org.penstock.api.configuration.SnapshotArchive,"
            + "org.penstock.api.configuration.TimedApply'")
public final class ConfigurationRuntime {

  private static final String SNAPSHOTS = "kura.snapshots";
  private static final String SNAPSHOT_COUNT = "kura.snapshots.count";

  private final Components components;
  private final Changes changes;
  private final Readiness readiness;
  private final Board board;
  private final Strand strand;
  private final Strand timed;
  private final BundleContext context;
  private final BundleTracker<String> bundles;
  private final ServiceTracker<Object, Active> services;
  private final FrameworkListener started = this::frameworkEvent;
  private final AtomicBoolean applied = new AtomicBoolean();
  private final List<ServiceRegistration<?>> registered = new ArrayList<>();

  /** Called by the component runtime. Applies the snapshot before it returns. */
  @Activate
  public ConfigurationRuntime(
      BundleContext context,
      @Reference ConfigurationAdmin admin,
      @Reference CryptoService crypto,
      @Reference DurableStorage storage,
      @Reference Strands strands,
      @Reference ConfigurationHealth health)
      throws InvalidSyntaxException {
    this.context = context;
    this.board = health.board();
    Platform platform = new Platform(context);
    Secrets secrets = new Secrets(crypto);
    AdminStore store = new AdminStore(admin);
    this.components = new Components(new Definitions(), store, board);
    this.changes = new Changes(components, store, secrets, board);
    this.readiness = new Readiness(components, Clock.systemUTC());
    this.strand = strands.open("core/configuration/start");
    this.timed = strands.open("core/configuration/timed");
    SnapshotBook book = new SnapshotBook(folder(platform, storage), secrets);

    board.starting("is being applied");
    MetatypeTracker metatype =
        new MetatypeTracker(this::came, components.definitions()::remove, board);
    this.bundles = new BundleTracker<>(context, Bundle.STARTING | Bundle.ACTIVE, metatype);
    bundles.open(); // first, so that each component starts once, with its defaults
    Provisioning provisioning =
        new Provisioning(
            Path.of(
                platform.property(
                    "penstock.provision",
                    System.getenv()
                        .getOrDefault("PENSTOCK_PROVISION", home(platform, "provision")))),
            System.getenv(),
            Platform::host,
            book,
            secrets,
            components.definitions(),
            board);
    String seed = platform.property("penstock.seed", "");
    new Startup(
            book, components, store, changes, board, List.of(new TimedMarker(book), provisioning))
        .run(seed.isEmpty() ? Optional.empty() : Optional.of(Path.of(seed)));
    applied.set(true);
    components.definitions().all().forEach(changes::defined);

    publish(platform, book, secrets);
    this.services =
        new ServiceTracker<>(
            context,
            FrameworkUtil.createFilter(ComponentTracker.FILTER),
            new ComponentTracker(context, components));
    services.open();
    context.addFrameworkListener(started);
    if (context.getBundle(0).getState() == Bundle.ACTIVE) {
      frameworkStarted();
    }
    board.applied(readiness::now);
    platform.post(new KuraConfigReadyEvent(Map.of()));
  }

  private void publish(Platform platform, SnapshotBook book, Secrets secrets) {
    Snapshots snapshots = new Snapshots(book, components, changes, secrets);
    Rollback rollback = new Rollback(snapshots, components, changes);
    Leniency leniency = new Leniency(components, platform.property(Leniency.KEY, ""));
    StrictCheck check = new StrictCheck(components, leniency, platform::instanceProblems);
    Notices notices = new Notices(platform::post);
    register(
        ConfigurationService.class,
        new KuraConfiguration(
            components, changes, snapshots, rollback, secrets, notices, check, platform::matching));
    register(OCDService.class, new KuraDefinitions(components.definitions(), platform::providers));
    register(ConfigurationCheck.class, check);
    register(SealedStore.class, new SealedConfiguration(changes, snapshots));
    register(SnapshotArchive.class, new Archive(snapshots, rollback, secrets, notices));
    register(
        TimedApply.class,
        new TimedChange(snapshots, rollback, changes, check, board, timed, Clock.systemUTC()));
  }

  private static SnapshotFolder folder(Platform platform, DurableStorage storage) {
    Path folder = Path.of(platform.property(SNAPSHOTS, home(platform, "snapshots")));
    String count = platform.property(SNAPSHOT_COUNT, "10");
    int most = count.matches("[0-9]{1,6}") ? Math.max(1, Integer.parseInt(count)) : 10;
    return new SnapshotFolder(folder, storage, System::currentTimeMillis, most);
  }

  private static String home(Platform platform, String folder) {
    return Path.of(platform.property("penstock.home", "penstock-home")).resolve(folder).toString();
  }

  private <S> void register(Class<S> type, S service) {
    Dictionary<String, Object> properties = new Hashtable<>();
    if (type == ConfigurationService.class) {
      properties.put(Keys.KURA_PID, ConfigurationService.class.getName());
    }
    registered.add(context.registerService(type, service, properties));
  }

  private void came(String owner, List<Definition> definitions) {
    components.definitions().add(owner, definitions);
    if (applied.get()) {
      definitions.forEach(changes::defined);
    }
  }

  private void frameworkEvent(FrameworkEvent event) {
    if (event.getType() == FrameworkEvent.STARTED) {
      frameworkStarted();
    }
  }

  private void frameworkStarted() {
    readiness.frameworkStarted();
    board.announce(readiness.now().stuck());
    strand.after(Readiness.GRACE, () -> board.announce(readiness.now().stuck()));
  }

  /** Called by the component runtime. What Configuration Admin holds stays. */
  @Deactivate
  public void close() {
    context.removeFrameworkListener(started);
    services.close();
    registered.forEach(ServiceRegistration::unregister);
    bundles.close();
    strand.close();
    timed.close();
    board.starting("is stopped");
  }
}
