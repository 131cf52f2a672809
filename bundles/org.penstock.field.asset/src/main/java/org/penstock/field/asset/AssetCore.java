package org.penstock.field.asset;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.asset.AssetConfiguration;
import org.eclipse.kura.asset.provider.BaseAssetExecutor;
import org.eclipse.kura.audit.AuditContext;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.core.configuration.ComponentConfigurationImpl;
import org.eclipse.kura.core.configuration.metatype.Tad;
import org.eclipse.kura.core.configuration.metatype.Tocd;
import org.eclipse.kura.driver.Driver;
import org.eclipse.kura.driver.PreparedRead;
import org.penstock.api.write.WriteOutcome;
import org.penstock.api.write.WriteSource;

/**
 * What every asset does: hold its channels, follow its driver, read and write. Any thread may call.
 * Drivers are called in the executors only, never in the caller's thread, but for closing a prepared
 * read, which must not wait.
 */
public final class AssetCore {

  static final long PATIENCE_SECONDS = 30;
  private static final long FAREWELL_MILLIS = 500;
  private static final String NO_DRIVER = "Driver not attached";

  private final String pid;
  private final AssetShape shape;
  private final BaseAssetExecutor executor;
  private final Optional<AssetExecutors> lanes;
  private final AssetWrites writes;
  private final AtomicReference<Setup> setup = new AtomicReference<>();
  private final AtomicReference<Driver> driver = new AtomicReference<>();
  private final AtomicReference<DriverBinding> binding = new AtomicReference<>();

  /** Properties with what was made of them; the driver's attributes are empty without driver. */
  private record Setup(
      Map<String, Object> properties,
      AssetConfiguration asset,
      Map<String, WriteRules> rules,
      Optional<List<Tad>> driverAds) {

    static Setup of(
        Map<String, Object> properties, AssetConfiguration asset, Optional<List<Tad>> driverAds) {
      return new Setup(properties, asset, WriteRules.of(asset.getAssetChannels()), driverAds);
    }
  }

  /**
   * An asset without configuration and driver.
   *
   * @param pid its kura.service.pid
   * @param executor where the driver is called
   * @param lanes what to tell which driver is attached, when the executor depends on it
   */
  public AssetCore(
      String pid, AssetShape shape, BaseAssetExecutor executor, Optional<AssetExecutors> lanes) {
    this.pid = pid;
    this.shape = shape;
    this.executor = executor;
    this.lanes = lanes;
    Optional<AssetThreads> threads = lanes.map(AssetExecutors::threads);
    this.writes =
        new AssetWrites(pid, new WriteGate(pid, threads.map(AssetThreads::hands)), shape::known);
    threads.ifPresent(all -> all.enter(pid, this));
  }

  /** Keeps properties that are not yet, or cannot be, made into channels. */
  void hold(Map<String, Object> properties) {
    setup.set(Setup.of(Map.copyOf(properties), Channels.none(), Optional.empty()));
  }

  /**
   * Takes a new configuration; the driver, if there is one, is asked anew.
   *
   * @throws NullPointerException when there is no {@code driver.pid}
   * @throws AssetConfigurationException when a channel cannot be understood; the one before stays
   */
  public void configure(Map<String, Object> properties) {
    AssetConfiguration asset = Channels.parse(properties);
    setup.set(Setup.of(Map.copyOf(properties), asset, Optional.empty()));
    bindLater();
  }

  /**
   * A driver has come.
   *
   * @param parallelism blocking calls that it bears at a time
   */
  public void attach(Driver arrived, int parallelism) {
    if (driver.get() != null) {
      detach();
    }
    lanes.ifPresent(lane -> lane.attach(arrived, driverPid(), parallelism));
    driver.set(arrived);
    bindLater();
  }

  /** By which roles are limited; empty for none. */
  String group() {
    Setup now = setup.get();
    return now != null && now.properties().get(WireAssetConfig.GROUP) instanceof String group
        ? group
        : "";
  }

  String driverPid() {
    Setup now = setup.get();
    return now == null ? pid : now.asset().getDriverPid();
  }

  private void bindLater() {
    executor
        .runConfig(this::bind)
        .exceptionally(
            failure -> {
              shape.problem(Guarded.unwrap(failure));
              return null;
            });
  }

  /** The driver has gone: what is in flight ends with an error now. */
  public void detach() {
    Driver gone = driver.getAndSet(null);
    DriverBinding before = binding.getAndSet(null);
    setup.updateAndGet(
        now ->
            now == null
                ? null
                : new Setup(now.properties(), now.asset(), now.rules(), Optional.empty()));
    if (before != null) {
      before.abort("the driver of asset " + pid + " has gone");
    }
    if (gone != null) {
      executor.runConfig(shape::changed);
      lanes.ifPresent(AssetExecutors::detach);
    }
  }

  /** Registers listeners anew. */
  void refresh() {
    executor.runConfig(shape::changed);
  }

  /** The driver, or null. */
  public Driver driver() {
    return driver.get();
  }

  /** The driver with its plan; empty without driver and until the driver was asked. */
  public Optional<DriverBinding> binding() {
    return Optional.ofNullable(binding.get());
  }

  /** The channels and the driver's pid; null before the first configuration. */
  public AssetConfiguration assetConfiguration() {
    Setup now = setup.get();
    return now == null ? null : now.asset();
  }

  /** The properties as they are in use; empty before the first configuration. */
  Map<String, Object> properties() {
    Setup now = setup.get();
    return now == null ? Map.of() : now.properties();
  }

  /** The enabled channels that can be read. */
  public boolean hasReadChannels() {
    Setup now = setup.get();
    return now != null && !ReadPlan.ofReadable(now.asset().getAssetChannels()).isEmpty();
  }

  private void bind() {
    Driver now = driver.get();
    Setup given = setup.get();
    if (now == null || given == null) {
      return;
    }
    List<AD> ads =
        Guarded.call(() -> Definitions.attributes(now.getChannelDescriptor()))
            .exceptionally(none -> List.of())
            .join();
    List<Tad> copies = ads.stream().map(Definitions::copy).toList();
    List<AD> all = new ArrayList<>(shape.channelAttributes());
    all.addAll(copies);
    Map<String, Object> complete =
        Definitions.complete(given.properties(), given.asset().getAssetChannels().keySet(), all);
    AssetConfiguration asset = Channels.parse(complete);
    if (!setup.compareAndSet(given, Setup.of(Map.copyOf(complete), asset, Optional.of(copies)))) {
      return; // a newer configuration waits its turn
    }
    publish(now, ReadPlan.ofReadable(asset.getAssetChannels()));
    shape.changed();
  }

  private void publish(Driver now, ReadPlan plan) {
    PreparedRead prepared =
        plan.isEmpty()
            ? null
            : Guarded.call(() -> now.prepareRead(plan.newRecords()))
                .exceptionally(unsupported -> null)
                .join();
    DriverBinding next =
        new DriverBinding(now, plan, executor, prepared, () -> shape.released(prepared));
    DriverBinding before = binding.getAndSet(next);
    if (prepared != null) {
      shape.prepared(prepared);
    }
    if (before != null) {
      before.retire();
    }
    if (driver.get() != now && binding.compareAndSet(next, null)) {
      next.abort("the driver of asset " + pid + " has gone");
    }
  }

  /** Reads all enabled channels that can be read; waits 30 s at most. */
  public List<ChannelRecord> readAll() throws KuraException {
    DriverBinding now = requireBinding();
    return read(now, now.plan().channels());
  }

  /** Reads the named channels; what cannot be read is a failed record among the others. */
  public List<ChannelRecord> read(Collection<String> names) throws KuraException {
    DriverBinding now = requireBinding();
    Map<String, Channel> known = assetConfiguration().getAssetChannels();
    Map<String, Channel> asked = new HashMap<>();
    List<ChannelRecord> result = new ArrayList<>();
    for (String name : names) {
      Channel channel = known.get(name);
      if (channel == null) {
        result.add(refused(name, ReadPlan.NOT_AVAILABLE));
      } else if (!ReadPlan.isReadable(channel)) {
        result.add(refused(name, ReadPlan.NOT_READABLE));
      } else if (!channel.isEnabled()) {
        result.add(refused(name, ReadPlan.NOT_ENABLED));
      } else {
        asked.put(name, channel);
      }
    }
    result.addAll(read(now, asked));
    return result;
  }

  private List<ChannelRecord> read(DriverBinding now, Map<String, Channel> channels)
      throws KuraException {
    if (channels.isEmpty()) {
      return List.of();
    }
    return shape.finish(await(now.read(ReadPlan.of(channels).newRecords())), channels);
  }

  /** Writes; what cannot be written is marked as failed in its record. Waits 30 s at most. */
  public void write(List<ChannelRecord> records) throws KuraException {
    CompletableFuture<List<WriteOutcome>> written =
        write(records, WriteSources.of(AuditContext.currentOrInternal()));
    await(written);
  }

  /** Writes for a source; each record's status tells what became of it. Returns at once. */
  CompletableFuture<List<WriteOutcome>> write(List<ChannelRecord> records, WriteSource source) {
    Optional<DriverBinding> now = binding();
    Setup given = setup.get();
    if (now.isEmpty() || given == null) {
      KuraException missing = noDriver();
      writes.undeliverable(records, source, missing);
      return CompletableFuture.failedFuture(missing);
    }
    return writes.write(
        now.get(), given.asset().getAssetChannels(), given.rules(), records, source);
  }

  /** Who may write. */
  AssetWrites writes() {
    return writes;
  }

  private static ChannelRecord refused(String name, String reason) {
    return ReadPlan.refused(name, reason, System.currentTimeMillis());
  }

  private DriverBinding requireBinding() throws KuraException {
    return binding().orElseThrow(AssetCore::noDriver);
  }

  static KuraException noDriver() {
    return new NoDriver();
  }

  /** There is no driver to ask. */
  private static final class NoDriver extends KuraException {

    private static final long serialVersionUID = 1L;

    NoDriver() {
      super(KuraErrorCode.CONFIGURATION_ERROR, NO_DRIVER);
    }
  }

  private static <T> T await(CompletableFuture<T> future) throws KuraException {
    try {
      return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof NoDriver missing) {
        throw missing;
      }
      Throwable cause = failure.getCause();
      throw new KuraException(KuraErrorCode.CONNECTION_FAILED, cause, cause.getMessage());
    } catch (TimeoutException tooLong) {
      throw new KuraException(KuraErrorCode.CONNECTION_FAILED, tooLong);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new KuraException(KuraErrorCode.CONNECTION_FAILED, interrupted);
    }
  }

  /** The configuration with the definition of the asset and, once a driver is there, of all channels. */
  public ComponentConfiguration configuration() {
    Setup now = setup.get();
    Tocd definition = shape.definition();
    if (now == null) {
      return new ComponentConfigurationImpl(pid, definition, new HashMap<>());
    }
    AssetDefinition whole =
        new AssetDefinition(
            definition,
            now.driverAds().isEmpty() ? List.of() : now.asset().getAssetChannels().values(),
            shape.channelAttributes(),
            now.driverAds().orElse(List.of()));
    Map<String, Object> shown = new HashMap<>(now.properties());
    shown.keySet().removeIf(key -> key.startsWith("component.") || key.startsWith("osgi.ds."));
    Map<String, Object> typed = Definitions.typed(shown, key -> whole.attribute(key).orElse(null));
    return new ComponentConfigurationImpl(pid, whole, typed);
  }

  /** Lets go of the driver, takes the listeners off, and stops the executors; 2.5 s at most. */
  public void close() {
    lanes.map(AssetExecutors::threads).ifPresent(all -> all.leave(pid, this));
    detach();
    executor
        .runConfig(() -> {})
        .completeOnTimeout(null, FAREWELL_MILLIS, TimeUnit.MILLISECONDS)
        .exceptionally(stopped -> null)
        .join();
    executor.shutdown();
  }
}
