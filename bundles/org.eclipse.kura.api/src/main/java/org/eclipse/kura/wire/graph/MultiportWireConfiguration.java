package org.eclipse.kura.wire.graph;

import java.util.Objects;
import org.eclipse.kura.wire.WireConfiguration;
import org.osgi.annotation.versioning.ProviderType;

/** A wire from a port to a port. */
@ProviderType
public class MultiportWireConfiguration extends WireConfiguration {

  private int emitterPort;
  private int receiverPort;

  public MultiportWireConfiguration(
      String emitterPid, String receiverPid, int emitterPort, int receiverPort) {
    super(emitterPid, receiverPid);
    this.emitterPort = emitterPort;
    this.receiverPort = receiverPort;
  }

  public int getEmitterPort() {
    return emitterPort;
  }

  public void setEmitterPort(int emitterPort) {
    this.emitterPort = emitterPort;
  }

  public int getReceiverPort() {
    return receiverPort;
  }

  public void setReceiverPort(int receiverPort) {
    this.receiverPort = receiverPort;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), emitterPort, receiverPort);
  }

  @Override
  public boolean equals(Object value) {
    if (this == value) {
      return true;
    }
    if (value == null || getClass() != value.getClass()) {
      return false;
    }
    MultiportWireConfiguration other = (MultiportWireConfiguration) value;
    return super.equals(value)
        && emitterPort == other.emitterPort
        && receiverPort == other.receiverPort;
  }
}
