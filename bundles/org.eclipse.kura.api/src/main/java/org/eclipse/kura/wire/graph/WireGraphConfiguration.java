package org.eclipse.kura.wire.graph;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Components and wires of a graph. */
@ProviderType
public class WireGraphConfiguration {

  private final List<WireComponentConfiguration> wireComponentConfigurations;
  private final List<MultiportWireConfiguration> wireConfigurations;

  public WireGraphConfiguration(
      List<WireComponentConfiguration> wireComponentConfigurations,
      List<MultiportWireConfiguration> wireConfigurations) {
    this.wireComponentConfigurations = wireComponentConfigurations;
    this.wireConfigurations = wireConfigurations;
  }

  public List<WireComponentConfiguration> getWireComponentConfigurations() {
    return wireComponentConfigurations;
  }

  public List<MultiportWireConfiguration> getWireConfigurations() {
    return wireConfigurations;
  }
}
