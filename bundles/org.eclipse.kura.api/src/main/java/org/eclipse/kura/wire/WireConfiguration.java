package org.eclipse.kura.wire;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import org.eclipse.kura.annotation.NotThreadSafe;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.service.wireadmin.Wire;

/** A wire from one component to another. */
@NotThreadSafe
@ProviderType
public class WireConfiguration {

  private final String emitterPid;
  private String filter;
  private final String receiverPid;
  private Wire wire;

  public WireConfiguration(String emitterPid, String receiverPid) {
    this.emitterPid = requireNonNull(emitterPid, "the emitter's pid must not be null");
    this.receiverPid = requireNonNull(receiverPid, "the receiver's pid must not be null");
  }

  public String getEmitterPid() {
    return emitterPid;
  }

  public String getFilter() {
    return filter;
  }

  public String getReceiverPid() {
    return receiverPid;
  }

  public Wire getWire() {
    return wire;
  }

  public void setFilter(String filter) {
    this.filter = filter;
  }

  public void setWire(Wire wire) {
    this.wire = wire;
  }

  @Override
  public boolean equals(Object value) {
    if (this == value) {
      return true;
    }
    if (value == null || getClass() != value.getClass()) {
      return false;
    }
    WireConfiguration other = (WireConfiguration) value;
    return Objects.equals(emitterPid, other.emitterPid)
        && Objects.equals(filter, other.filter)
        && Objects.equals(receiverPid, other.receiverPid);
  }

  @Override
  public int hashCode() {
    return Objects.hash(emitterPid, filter, receiverPid);
  }

  @Override
  public String toString() {
    return "WireConfiguration ["
        + "emitterPid="
        + emitterPid
        + ", "
        + "filter="
        + filter
        + ", "
        + "receiverPid="
        + receiverPid
        + ", "
        + "wire="
        + wire
        + "]";
  }
}
