package org.eclipse.kura.asset;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import org.eclipse.kura.annotation.Immutable;
import org.eclipse.kura.annotation.ThreadSafe;
import org.eclipse.kura.channel.Channel;
import org.osgi.annotation.versioning.ProviderType;

/** What an asset is made of: its description, its driver and its channels by name. */
@Immutable
@ThreadSafe
@ProviderType
public class AssetConfiguration {

  private String assetDescription;
  private final String driverPid;
  private final Map<String, Channel> assetChannels;

  public AssetConfiguration(
      String assetDescription, String driverPid, Map<String, Channel> assetChannels) {
    this.assetDescription =
        Objects.requireNonNull(assetDescription, "the asset's description must not be null");
    this.driverPid = Objects.requireNonNull(driverPid, "the driver's pid must not be null");
    this.assetChannels =
        Collections.unmodifiableMap(
            Objects.requireNonNull(assetChannels, "the channels must not be null"));
  }

  public Map<String, Channel> getAssetChannels() {
    return assetChannels;
  }

  public String getAssetDescription() {
    return assetDescription;
  }

  public String getDriverPid() {
    return driverPid;
  }

  public void setAssetDescription(String assetDescription) {
    this.assetDescription = assetDescription;
  }

  @Override
  public String toString() {
    return "AssetConfiguration [assetDescription="
        + assetDescription
        + ", driverPid="
        + driverPid
        + ", assetChannels="
        + assetChannels
        + "]";
  }
}
