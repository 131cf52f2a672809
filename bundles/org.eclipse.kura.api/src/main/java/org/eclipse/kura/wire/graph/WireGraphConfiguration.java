package org.eclipse.kura.wire.graph;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Components and wires of a graph. */
@ProviderType
public class WireGraphConfiguration {

  private List<WireComponentConfiguration> wireComponentConfigurations;
  private List<MultiportWireConfiguration> wireConfigurations;

  public WireGraphConfiguration(
      List<WireComponentConfiguration> list, List<MultiportWireConfiguration> list2) {
    this.wireComponentConfigurations = list;
    this.wireConfigurations = list2;
  }

  public List<WireComponentConfiguration> getWireComponentConfigurations() {
    return wireComponentConfigurations;
  }

  public List<MultiportWireConfiguration> getWireConfigurations() {
    return wireConfigurations;
  }
}
