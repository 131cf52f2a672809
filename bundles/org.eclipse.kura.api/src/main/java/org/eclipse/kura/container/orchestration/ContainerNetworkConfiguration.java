package org.eclipse.kura.container.orchestration;

import java.util.Objects;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** To which network a container belongs. */
@ProviderType
public class ContainerNetworkConfiguration {

  private final Optional<String> networkMode;

  private ContainerNetworkConfiguration(ContainerNetworkConfigurationBuilder builder) {
    networkMode = builder.networkMode;
  }

  public Optional<String> getNetworkMode() {
    return networkMode;
  }

  public static ContainerNetworkConfigurationBuilder builder() {
    return new ContainerNetworkConfigurationBuilder();
  }

  @Override
  public int hashCode() {
    return Objects.hash(networkMode);
  }

  @Override
  public boolean equals(Object object) {
    if (this == object) {
      return true;
    }
    if (object == null || getClass() != object.getClass()) {
      return false;
    }
    ContainerNetworkConfiguration other = (ContainerNetworkConfiguration) object;
    return Objects.equals(networkMode, other.networkMode);
  }

  /** Collects the parts of a ContainerNetworkConfiguration. */
  public static final class ContainerNetworkConfigurationBuilder {

    private Optional<String> networkMode = Optional.empty();

    public ContainerNetworkConfigurationBuilder setNetworkMode(Optional<String> networkMode) {
      this.networkMode = networkMode;
      return this;
    }

    public ContainerNetworkConfiguration build() {
      return new ContainerNetworkConfiguration(this);
    }
  }
}
