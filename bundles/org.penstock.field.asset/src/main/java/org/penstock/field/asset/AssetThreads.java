package org.penstock.field.asset;

import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;

/** Where assets run: a strand each, and a lane for each driver. Any thread may call. */
@Component(service = AssetThreads.class)
public final class AssetThreads {

  private final Strands strands;
  private final DriverLanes lanes;

  /** Made by the framework, and by tests. */
  @Activate
  public AssetThreads(@Reference Strands strands) {
    this.strands = strands;
    this.lanes = new DriverLanes(strands::open);
  }

  @Deactivate
  void close() {
    lanes.close();
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
    return new AssetExecutors(strands.open("field/asset/" + assetPid + "/driver"), lanes);
  }
}
