package org.penstock.driver.modbus.server;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.eclipse.kura.asset.Asset;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.type.TypedValue;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.util.tracker.ServiceTracker;
import org.penstock.api.driver.ChannelState;
import org.penstock.api.driver.ChannelStates;
import org.penstock.api.driver.DriverException;
import org.penstock.api.driver.ErrorKind;
import org.penstock.api.write.ChannelWriter;
import org.penstock.api.write.WriteOutcome;
import org.penstock.api.write.WriteSource;

/** The asset that a server shows, when it is there. */
public final class AssetPlant implements RegisterImage.Plant, AutoCloseable {

  /** A service that may come and go; null while it is away. */
  public interface Tracked<T> extends Supplier<T>, AutoCloseable {

    @Override
    void close();
  }

  private final String asset;
  private final Tracked<Asset> assets;
  private final Tracked<ChannelStates> states;
  private final ChannelWriter writer;
  private final WriteSource source;

  /**
   * An asset's channels.
   *
   * @param asset its pid
   * @param server pid under which writes are known
   */
  public AssetPlant(
      String asset,
      Tracked<Asset> assets,
      Tracked<ChannelStates> states,
      ChannelWriter writer,
      String server) {
    this.asset = asset;
    this.assets = assets;
    this.states = states;
    this.writer = writer;
    this.source = new WriteSource(WriteSource.Kind.SCADA, server);
  }

  /**
   * The channels of the asset with this pid, as it comes and goes.
   *
   * @throws DriverException of kind CONFIGURATION when the pid cannot be one
   */
  public static AssetPlant of(
      BundleContext context, String asset, ChannelWriter writer, String server)
      throws DriverException {
    return new AssetPlant(
        asset,
        track(context, Asset.class, asset),
        track(context, ChannelStates.class, asset),
        writer,
        server);
  }

  /**
   * Follows the service of this type with that kura.service.pid.
   *
   * @throws DriverException of kind CONFIGURATION when the pid cannot be one
   */
  private static <T> Tracked<T> track(BundleContext context, Class<T> type, String pid)
      throws DriverException {
    try {
      String filter = "(&(objectClass=" + type.getName() + ")(kura.service.pid=" + pid + "))";
      ServiceTracker<T, T> tracker =
          new ServiceTracker<>(context, FrameworkUtil.createFilter(filter), null);
      tracker.open();
      return new Tracked<>() {
        @Override
        public T get() {
          return tracker.getService();
        }

        @Override
        public void close() {
          tracker.close();
        }
      };
    } catch (InvalidSyntaxException wrong) {
      throw new DriverException(
          ErrorKind.CONFIGURATION, "property asset.pid", "is '" + pid + "', no pid", wrong);
    }
  }

  @Override
  public Optional<Map<String, ChannelState>> states() {
    return Optional.ofNullable(states.get()).map(ChannelStates::channelStates);
  }

  @Override
  public Map<String, Channel> channels() {
    Asset now = assets.get();
    return now == null ? Map.of() : now.getAssetConfiguration().getAssetChannels();
  }

  @Override
  public Optional<CompletionStage<List<WriteOutcome>>> write(Map<String, TypedValue<?>> values) {
    return Optional.of(writer.write(asset, values, source));
  }

  @Override
  public void close() {
    assets.close();
    states.close();
  }
}
