package org.eclipse.kura.deployment.agent;

import java.io.Serializable;
import java.util.Objects;

/** A package in a market place, and whether it suits this runtime. */
public class MarketplacePackageDescriptor implements Serializable {

  private static final long serialVersionUID = 1L;

  private final String nodeId;
  private final String url;
  private final String dpUrl;
  private final String minKuraVersion;
  private final String maxKuraVersion;
  private final String currentKuraVersion;
  private final boolean isCompatible;

  private MarketplacePackageDescriptor(MarketplacePackageDescriptorBuilder builder) {
    nodeId = builder.nodeId;
    url = builder.url;
    dpUrl = builder.dpUrl;
    minKuraVersion = builder.minKuraVersion;
    maxKuraVersion = builder.maxKuraVersion;
    currentKuraVersion = builder.currentKuraVersion;
    isCompatible = builder.isCompatible;
  }

  public String getNodeId() {
    return nodeId;
  }

  public String getUrl() {
    return url;
  }

  public String getDpUrl() {
    return dpUrl;
  }

  public String getMinKuraVersion() {
    return minKuraVersion;
  }

  public String getMaxKuraVersion() {
    return maxKuraVersion;
  }

  public String getCurrentKuraVersion() {
    return currentKuraVersion;
  }

  public boolean isCompatible() {
    return isCompatible;
  }

  public static MarketplacePackageDescriptorBuilder builder() {
    return new MarketplacePackageDescriptorBuilder();
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        nodeId, url, dpUrl, minKuraVersion, maxKuraVersion, currentKuraVersion, isCompatible);
  }

  @Override
  public boolean equals(Object object) {
    if (this == object) {
      return true;
    }
    if (object == null || getClass() != object.getClass()) {
      return false;
    }
    MarketplacePackageDescriptor other = (MarketplacePackageDescriptor) object;
    return isCompatible == other.isCompatible
        && Objects.equals(nodeId, other.nodeId)
        && Objects.equals(url, other.url)
        && Objects.equals(dpUrl, other.dpUrl)
        && Objects.equals(minKuraVersion, other.minKuraVersion)
        && Objects.equals(maxKuraVersion, other.maxKuraVersion)
        && Objects.equals(currentKuraVersion, other.currentKuraVersion);
  }

  /** Collects the parts of a descriptor. */
  public static class MarketplacePackageDescriptorBuilder {

    private String nodeId = "";
    private String url = "";
    private String dpUrl = "";
    private String minKuraVersion = "";
    private String maxKuraVersion = "";
    private String currentKuraVersion = "";
    private boolean isCompatible;

    public MarketplacePackageDescriptorBuilder() {
      super();
    }

    public MarketplacePackageDescriptorBuilder nodeId(String nodeId) {
      this.nodeId = nodeId;
      return this;
    }

    public MarketplacePackageDescriptorBuilder url(String url) {
      this.url = url;
      return this;
    }

    public MarketplacePackageDescriptorBuilder dpUrl(String dpUrl) {
      this.dpUrl = dpUrl;
      return this;
    }

    public MarketplacePackageDescriptorBuilder minKuraVersion(String minKuraVersion) {
      this.minKuraVersion = minKuraVersion;
      return this;
    }

    public MarketplacePackageDescriptorBuilder maxKuraVersion(String maxKuraVersion) {
      this.maxKuraVersion = maxKuraVersion;
      return this;
    }

    public MarketplacePackageDescriptorBuilder currentKuraVersion(String currentKuraVersion) {
      this.currentKuraVersion = currentKuraVersion;
      return this;
    }

    public MarketplacePackageDescriptorBuilder isCompatible(boolean isCompatible) {
      this.isCompatible = isCompatible;
      return this;
    }

    public MarketplacePackageDescriptor build() {
      return new MarketplacePackageDescriptor(this);
    }
  }
}
