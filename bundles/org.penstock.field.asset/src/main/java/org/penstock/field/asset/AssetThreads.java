package org.penstock.field.asset;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.penstock.api.driver.ChannelState;
import org.penstock.api.driver.ChannelWatch;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which assets live and where they run: a strand each, and a lane for each driver. Any thread may call. */
@Component(service = AssetThreads.class)
public final class AssetThreads {

  private static final Logger LOG = LoggerFactory.getLogger(AssetThreads.class);

  private final Strands strands;
  private final DriverLanes lanes;
  private final HandSwitches hands;
  private final Map<String, AssetCore> cores = new ConcurrentHashMap<>();
  private final Set<ChannelWatch> watches = new CopyOnWriteArraySet<>();
  private final Set<ChannelWatch> faulty = new CopyOnWriteArraySet<>();

  /** Made by the framework, and by tests. */
  @Activate
  public AssetThreads(@Reference Strands strands, @Reference HandSwitches hands) {
    this.strands = strands;
    this.hands = hands;
    this.lanes = new DriverLanes(strands::open);
  }

  @Deactivate
  void close() {
    lanes.close();
  }

  /** Somebody wants to know of all values. */
  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      unbind = "unwatch")
  void watch(ChannelWatch watch) {
    watches.add(watch);
  }

  /** And no longer wants to. */
  void unwatch(ChannelWatch watch) {
    watches.remove(watch);
    faulty.remove(watch);
  }

  /** Tells of an asset's values, in the thread that calls. */
  void tell(String assetPid, Map<String, ChannelState> states) {
    watches.forEach(
        watch ->
            Guarded.call(
                    () -> {
                      watch.changed(assetPid, states);
                      return null;
                    })
                .exceptionally(bug -> report(watch, bug)));
  }

  /** Once for each: it is told of every value. */
  private Object report(ChannelWatch watch, Throwable bug) {
    if (faulty.add(watch)) {
      LOG.error("{} failed when it was told of values; they go on without it", watch, bug);
    }
    return null;
  }

  /** The strand on which an asset keeps its state and emits. */
  Strand forValues(String assetPid) {
    return strands.open("field/asset/" + assetPid);
  }

  /** The lanes of all drivers. */
  DriverLanes lanes() {
    return lanes;
  }

  /** The threads of the running gateway; empty outside of it. */
  public static Optional<AssetThreads> find() {
    BundleContext context = DriverTracking.ownContext();
    if (context == null) {
      return Optional.empty();
    }
    return Optional.ofNullable(context.getServiceReference(AssetThreads.class))
        .map(context::getService);
  }

  /** Threads for one asset; to be shut down with it. */
  public AssetExecutors executors(String assetPid) {
    return new AssetExecutors(strands.open("field/asset/" + assetPid + "/driver"), this);
  }

  /** The channels in hand. */
  HandSwitches hands() {
    return hands;
  }

  /** The asset lives from now on. */
  void enter(String assetPid, AssetCore core) {
    cores.put(assetPid, core);
  }

  /** The asset is gone. */
  void leave(String assetPid, AssetCore core) {
    cores.remove(assetPid, core);
  }

  /** The kura.service.pids of all assets. */
  Set<String> assets() {
    return new TreeSet<>(cores.keySet());
  }

  /** The asset of that kura.service.pid. */
  Optional<AssetCore> core(String assetPid) {
    return Optional.ofNullable(cores.get(assetPid));
  }
}
