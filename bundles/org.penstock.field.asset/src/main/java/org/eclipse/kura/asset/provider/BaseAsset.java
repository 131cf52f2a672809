package org.eclipse.kura.asset.provider;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.annotation.Extensible;
import org.eclipse.kura.asset.Asset;
import org.eclipse.kura.asset.AssetConfiguration;
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
import org.osgi.service.component.ComponentContext;
import org.penstock.field.asset.AssetCore;
import org.penstock.field.asset.AssetExecutors;
import org.penstock.field.asset.AssetShape;
import org.penstock.field.asset.AssetThreads;
import org.penstock.field.asset.DriverBinding;
import org.penstock.field.asset.DriverTracking;
import org.penstock.field.asset.ListenerHolder;
import org.penstock.field.asset.ReadPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The superclass of assets that add-ons bring along. */
@Extensible
public class BaseAsset implements Asset, SelfConfiguringComponent {

  /** The factory pid of an asset that states no other. */
  protected static final String CONF_PID = "org.eclipse.kura.asset";

  /** Who listens to which channel, with or without driver. */
  protected final Set<ChannelListenerHolder> channelListeners = new CopyOnWriteArraySet<>();

  private static final Logger LOG = LoggerFactory.getLogger(BaseAsset.class);

  private final AtomicReference<Active> active = new AtomicReference<>();
  private final AtomicReference<AssetExecutors> ownExecutors = new AtomicReference<>();
  private final AtomicInteger parallelism = new AtomicInteger(1);

  private record Active(
      String pid, BaseAssetExecutor executor, AssetCore core, DriverTracking tracking) {}

  /** Somebody who listens to one channel. */
  static final class ChannelListenerHolder extends ListenerHolder {
    ChannelListenerHolder(String channelName, ChannelListener listener) {
      super(channelName, listener);
    }
  }

  /** An asset that is not yet active. */
  public BaseAsset() {
    // all begins in activate
  }

  /** Begins with these properties and looks for the driver. */
  protected void activate(ComponentContext componentContext, Map<String, Object> properties) {
    String pid = String.valueOf(properties.get(ConfigurationService.KURA_SERVICE_PID));
    active.set(new Active(pid, null, null, null));
    BaseAssetExecutor executor = initBaseAssetExecutor();
    AssetCore core =
        new AssetCore(pid, new Shape(), executor, Optional.ofNullable(ownExecutors.get()));
    DriverTracking tracking =
        new DriverTracking(componentContext.getBundleContext(), new Following());
    active.set(new Active(pid, executor, core, tracking));
    updated(properties);
  }

  /** Takes other properties. */
  public void updated(Map<String, Object> properties) {
    Active now = active.get();
    now.core().configure(properties);
    now.tracking().follow(now.core().assetConfiguration().getDriverPid());
  }

  /** Ends. */
  protected void deactivate(ComponentContext componentContext) {
    Active now = active.get();
    now.tracking().close();
    now.core().close();
  }

  @Override
  public AssetConfiguration getAssetConfiguration() {
    return core().assetConfiguration();
  }

  /** A driver has come. */
  public void setDriver(Driver driver) {
    core().attach(driver, parallelism.get());
  }

  /** The driver has gone. */
  public void unsetDriver() {
    core().detach();
  }

  /** The driver, or null. */
  public Driver getDriver() {
    return core().driver();
  }

  @Override
  public ComponentConfiguration getConfiguration() throws KuraException {
    return core().configuration();
  }

  /** The factory pid of this kind of asset. */
  protected String getFactoryPid() {
    return CONF_PID;
  }

  /** The name of this asset. */
  protected String getKuraServicePid() {
    return active.get().pid();
  }

  @Override
  public List<ChannelRecord> readAllChannels() throws KuraException {
    return core().readAll();
  }

  @Override
  public List<ChannelRecord> read(Set<String> channelNames) throws KuraException {
    return core().read(channelNames);
  }

  /** The records that readers get: with scale and offset applied. */
  protected List<ChannelRecord> getFinalRecords(
      List<ChannelRecord> channelRecords, Map<String, Channel> channels) {
    return ReadPlan.of(channels).finish(channelRecords);
  }

  /** Whether there is anything to read. */
  public boolean hasReadChannels() {
    return core().hasReadChannels();
  }

  @Override
  public synchronized void registerChannelListener(
      String channelName, ChannelListener channelListener) throws KuraException {
    Channel channel = getAssetConfiguration().getAssetChannels().get(channelName);
    if (channel == null) {
      throw new IllegalArgumentException("Channel not available: " + channelName);
    }
    channelListeners.add(new ChannelListenerHolder(channelName, channelListener));
    refreshListeners();
  }

  @Override
  public synchronized void unregisterChannelListener(ChannelListener channelListener)
      throws KuraException {
    for (ChannelListenerHolder holder : channelListeners) {
      if (holder.listener() == channelListener) {
        channelListeners.remove(holder);
        getBaseAssetExecutor().runConfig(holder::unregister);
      }
    }
  }

  /** A prepared read was made. */
  protected void onPreparedReadCreated(PreparedRead preparedRead) {
    // for subclasses
  }

  /** A prepared read was closed. */
  protected void onPreparedReadReleased(PreparedRead preparedRead) {
    // for subclasses
  }

  /** Where the driver is called. */
  public BaseAssetExecutor getBaseAssetExecutor() {
    return active.get().executor();
  }

  /** Makes the executors; called once, at activation. */
  protected BaseAssetExecutor initBaseAssetExecutor() {
    Optional<AssetExecutors> executors =
        AssetThreads.find().map(threads -> threads.executors(getKuraServicePid()));
    executors.ifPresent(ownExecutors::set);
    return executors.map(AssetExecutors::asBaseAssetExecutor).orElseGet(AssetExecutors::direct);
  }

  @Override
  public void write(List<ChannelRecord> channelRecords) throws KuraException {
    core().write(channelRecords);
  }

  /** Whether a listener may be registered with the driver for this channel. */
  protected boolean isChannelListenerValid(ChannelListenerHolder holder, Channel channel) {
    return channel.isEnabled() && channel.getName().equals(holder.channelName());
  }

  /** Registers the listeners with the driver that is there now, and takes the others off. */
  protected void updateChannelListenerRegistrations(
      Set<ChannelListenerHolder> listeners, AssetConfiguration configuration) {
    Driver driver = core().binding().map(DriverBinding::driver).orElse(null);
    for (ChannelListenerHolder holder : listeners) {
      Channel channel = configuration.getAssetChannels().get(holder.channelName());
      if (driver != null && channel != null && isChannelListenerValid(holder, channel)) {
        holder.register(driver, channel);
      } else {
        holder.unregister();
      }
    }
  }

  /** The attributes that each channel has, whatever the driver. */
  @SuppressWarnings("unchecked")
  protected List<Tad> getAssetChannelDescriptor() {
    return (List<Tad>) BaseChannelDescriptor.get().getDescriptor();
  }

  /** The definition of the asset itself, without channels. */
  protected Tocd getOCD() {
    return new BaseAssetOCD();
  }

  @Override
  public String toString() {
    return "Asset " + getKuraServicePid();
  }

  private AssetCore core() {
    return active.get().core();
  }

  private void refreshListeners() {
    getBaseAssetExecutor()
        .runConfig(
            () -> updateChannelListenerRegistrations(channelListeners, getAssetConfiguration()));
  }

  /** Hands the core's questions on to the methods that subclasses may override. */
  private final class Shape implements AssetShape {

    @Override
    public Tocd definition() {
      return getOCD();
    }

    @Override
    public List<Tad> channelAttributes() {
      return getAssetChannelDescriptor();
    }

    @Override
    public List<ChannelRecord> finish(List<ChannelRecord> records, Map<String, Channel> channels) {
      return getFinalRecords(records, channels);
    }

    @Override
    public void prepared(PreparedRead prepared) {
      onPreparedReadCreated(prepared);
    }

    @Override
    public void released(PreparedRead prepared) {
      onPreparedReadReleased(prepared);
    }

    @Override
    public void changed() {
      updateChannelListenerRegistrations(channelListeners, getAssetConfiguration());
    }

    @Override
    public void problem(Throwable cause) {
      LOG.error("asset {} cannot use its channels: {}", getKuraServicePid(), cause.toString());
    }
  }

  /** Hands the driver on to the methods that subclasses may override. */
  private final class Following implements DriverTracking.Follower {

    @Override
    public void arrived(Driver driver, int bears) {
      parallelism.set(bears);
      setDriver(driver);
    }

    @Override
    public void gone() {
      unsetDriver();
    }
  }
}
