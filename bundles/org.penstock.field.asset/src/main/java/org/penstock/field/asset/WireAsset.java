package org.penstock.field.asset;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.asset.Asset;
import org.eclipse.kura.asset.AssetConfiguration;
import org.eclipse.kura.asset.provider.BaseAssetExecutor;
import org.eclipse.kura.asset.provider.BaseChannelDescriptor;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.listener.ChannelListener;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.configuration.SelfConfiguringComponent;
import org.eclipse.kura.core.configuration.metatype.Tad;
import org.eclipse.kura.core.configuration.metatype.Tocd;
import org.eclipse.kura.driver.Driver;
import org.eclipse.kura.driver.PreparedRead;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.wire.WireComponent;
import org.eclipse.kura.wire.WireEmitter;
import org.eclipse.kura.wire.WireEnvelope;
import org.eclipse.kura.wire.WireHelperService;
import org.eclipse.kura.wire.WireReceiver;
import org.eclipse.kura.wire.WireRecord;
import org.eclipse.kura.wire.WireSupport;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.wireadmin.Consumer;
import org.osgi.service.wireadmin.Producer;
import org.osgi.service.wireadmin.Wire;
import org.penstock.api.configuration.StoredConfiguration;
import org.penstock.api.driver.ChannelState;
import org.penstock.api.driver.ChannelStates;
import org.penstock.api.health.HealthSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An asset as a component of the wire graph. Knows OSGi; the rest is done by its parts. */
@Component(
    name = WireAssetConfig.FACTORY_PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {
      WireComponent.class,
      WireEmitter.class,
      WireReceiver.class,
      Producer.class,
      Consumer.class,
      Asset.class,
      SelfConfiguringComponent.class,
      ChannelStates.class
    })
@Designate(ocd = WireAssetConfig.class, factory = true)
public final class WireAsset
    implements Asset, StoredConfiguration, WireEmitter, WireReceiver, ChannelStates {

  private static final Logger LOG = LoggerFactory.getLogger(WireAsset.class);

  private final String pid;
  private final AssetCore core;
  private final AssetPoller poller;
  private final AssetHealth health;
  private final ChannelBook book;
  private final DriverTracking tracking;
  private final AtomicReference<WireSupport> wires = new AtomicReference<>();
  private final Set<ListenerHolder> listeners = new CopyOnWriteArraySet<>();
  private final ServiceRegistration<HealthSource> healthRegistration;

  /** Made by the framework. */
  @Activate
  public WireAsset(
      @Reference AssetThreads threads,
      @Reference WireHelperService wireHelper,
      ComponentContext context,
      Map<String, Object> properties) {
    this.pid = String.valueOf(properties.get(ConfigurationService.KURA_SERVICE_PID));
    this.health = new AssetHealth(pid);
    this.book = new ChannelBook(states -> threads.tell(pid, states));
    AssetExecutors executors = threads.executors(pid);
    BaseAssetExecutor executor = executors.asBaseAssetExecutor();
    this.core = new AssetCore(pid, new Shape(), executor, Optional.of(executors));
    this.poller = new AssetPoller(pid, core, threads.forValues(pid), health, book, this::emit);
    this.tracking = new DriverTracking(context.getBundleContext(), new Following());
    this.wires.set(wireHelper.newWireSupport(this, reference(context)));
    this.healthRegistration =
        context.getBundleContext().registerService(HealthSource.class, health, null);
    begin(properties);
  }

  /** Begins even with a configuration that cannot be used, so that it can be corrected. */
  private void begin(Map<String, Object> properties) {
    core.hold(properties);
    poller.configure(WireAssetOptions.parse(Map.of()));
    if (properties.get(WireAssetConfig.DRIVER_PID) == null) {
      // the log has it from the configuration service: the key is required
      health.misconfigured("driver.pid is missing; name a driver there");
    } else {
      reconfigure(properties);
    }
  }

  @SuppressWarnings("unchecked")
  private static ServiceReference<WireComponent> reference(ComponentContext context) {
    return (ServiceReference<WireComponent>) context.getServiceReference();
  }

  /**
   * Takes other properties; what cannot be understood leaves the asset as it was and shows on the
   * health page.
   *
   * @throws NullPointerException when there is no {@code driver.pid}
   */
  @Modified
  void reconfigure(Map<String, Object> properties) {
    try {
      WireAssetOptions options = WireAssetOptions.parse(properties);
      core.configure(properties);
      poller.configure(options);
      health.misconfigured("");
      health.misnamed(ChannelKey.misnamed(properties.keySet()));
    } catch (IllegalArgumentException problem) {
      misconfigured(problem);
      return;
    }
    String driverPid = core.assetConfiguration().getDriverPid();
    if (core.driver() == null) {
      health.degraded(AssetHealth.missingDriver(driverPid));
    }
    tracking.follow(driverPid);
  }

  private void misconfigured(Throwable problem) {
    health.misconfigured(problem.getMessage() + "; the configuration before stays in use");
    LOG.error("{} cannot use its new configuration: {}", pid, problem.getMessage());
  }

  @Deactivate
  void deactivate() {
    healthRegistration.unregister();
    tracking.close();
    poller.close();
    core.close();
  }

  private void emit(List<WireRecord> records) {
    wires.get().emit(records);
  }

  @Override
  public void onWireReceive(WireEnvelope envelope) {
    poller.trigger(envelope.getRecords());
  }

  @Override
  public Object polled(Wire wire) {
    return wires.get().polled(wire);
  }

  @Override
  public void consumersConnected(Wire[] connected) {
    wires.get().consumersConnected(connected);
  }

  @Override
  public void updated(Wire wire, Object value) {
    wires.get().updated(wire, value);
  }

  @Override
  public void producersConnected(Wire[] connected) {
    wires.get().producersConnected(connected);
  }

  @Override
  public AssetConfiguration getAssetConfiguration() {
    return core.assetConfiguration();
  }

  @Override
  public List<ChannelRecord> readAllChannels() throws KuraException {
    return core.readAll();
  }

  @Override
  public List<ChannelRecord> read(Set<String> channelNames) throws KuraException {
    return core.read(channelNames);
  }

  @Override
  public void write(List<ChannelRecord> channelRecords) throws KuraException {
    core.write(channelRecords);
  }

  @Override
  public void registerChannelListener(String channelName, ChannelListener listener) {
    if (!core.assetConfiguration().getAssetChannels().containsKey(channelName)) {
      throw new IllegalArgumentException("Channel not available: " + channelName);
    }
    listeners.add(new ListenerHolder(channelName, listener));
    core.refresh();
  }

  @Override
  public void unregisterChannelListener(ChannelListener listener) {
    for (ListenerHolder holder : listeners) {
      if (holder.listener() == listener) {
        listeners.remove(holder);
        holder.unregister();
      }
    }
  }

  @Override
  public ComponentConfiguration getConfiguration() throws KuraException {
    return core.configuration();
  }

  @Override
  public Map<String, ChannelState> channelStates() {
    return book.states();
  }

  @Override
  public String toString() {
    return "WireAsset " + pid;
  }

  /** What a wire asset has besides any asset: its definition, and channels that emit by themselves. */
  private final class Shape implements AssetShape {

    private final Set<ListenerHolder> own = new CopyOnWriteArraySet<>();

    @Override
    public Tocd definition() {
      return OwnDefinition.load();
    }

    @Override
    @SuppressWarnings("unchecked")
    public List<Tad> channelAttributes() {
      List<Tad> attributes = (List<Tad>) BaseChannelDescriptor.get().getDescriptor();
      attributes.addAll(WireChannelAttributes.all());
      return attributes;
    }

    @Override
    public Optional<TypedValue<?>> known(String channel) {
      return book.lastGood(channel);
    }

    @Override
    public List<ChannelRecord> finish(List<ChannelRecord> records, Map<String, Channel> channels) {
      return ReadPlan.of(channels).finish(records);
    }

    @Override
    public void prepared(PreparedRead prepared) {
      // the poller finds it in the binding
    }

    @Override
    public void released(PreparedRead prepared) {
      // the poller finds it in the binding
    }

    @Override
    public void changed() {
      own.forEach(ListenerHolder::unregister);
      own.clear();
      Map<String, Channel> channels = core.assetConfiguration().getAssetChannels();
      book.retain(channels.keySet());
      Optional<Driver> driver = core.binding().map(DriverBinding::driver);
      listeners.forEach(holder -> move(holder, driver, channels));
      channels.values().stream()
          .filter(WireAsset::listens)
          .map(channel -> new ListenerHolder(channel.getName(), this::event))
          .forEach(
              holder -> {
                own.add(holder);
                move(holder, driver, channels);
              });
      if (driver.isPresent()) {
        health.operates();
      }
    }

    private void event(org.eclipse.kura.channel.listener.ChannelEvent event) {
      poller.event(event.getChannelRecord());
    }

    private void move(
        ListenerHolder holder, Optional<Driver> driver, Map<String, Channel> channels) {
      Channel channel = channels.get(holder.channelName());
      if (driver.isPresent() && channel != null && channel.isEnabled()) {
        holder.register(driver.get(), channel);
      } else {
        holder.unregister();
      }
    }

    @Override
    public void problem(Throwable cause) {
      misconfigured(cause);
    }
  }

  private static boolean listens(Channel channel) {
    Object listen = channel.getConfiguration().get(WireAssetConfig.LISTEN);
    return listen != null && Boolean.parseBoolean(listen.toString());
  }

  /** Hands the driver on to the core. */
  private final class Following implements DriverTracking.Follower {

    @Override
    public void arrived(Driver driver, int parallelism) {
      core.attach(driver, parallelism);
    }

    @Override
    public void gone() {
      core.detach();
      health.degraded(AssetHealth.missingDriver(core.driverPid()));
    }
  }
}
