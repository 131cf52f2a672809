package org.eclipse.kura.container.orchestration;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A port of a container and the port of the device that leads to it. */
public class ContainerPort {

  private final int internalPort;
  private final int externalPort;
  private final PortInternetProtocol internetProtocol;

  public ContainerPort(int internalPort, int externalPort, PortInternetProtocol internetProtocol) {
    this.internalPort = internalPort;
    this.externalPort = externalPort;
    this.internetProtocol = internetProtocol;
  }

  public ContainerPort(int internalPort, int externalPort) {
    this(internalPort, externalPort, PortInternetProtocol.TCP);
  }

  /** Pairs inner and outer ports in order, as TCP ports; those without a partner are dropped. */
  static List<ContainerPort> pairs(List<Integer> internal, List<Integer> external) {
    List<ContainerPort> ports = new ArrayList<>();
    for (int i = 0; i < Math.min(internal.size(), external.size()); i++) {
      ports.add(new ContainerPort(internal.get(i), external.get(i)));
    }
    return ports;
  }

  public int getInternalPort() {
    return internalPort;
  }

  public int getExternalPort() {
    return externalPort;
  }

  public PortInternetProtocol getInternetProtocol() {
    return internetProtocol;
  }

  @Override
  public int hashCode() {
    return Objects.hash(internalPort, externalPort, internetProtocol);
  }

  @Override
  public boolean equals(Object object) {
    if (this == object) {
      return true;
    }
    if (object == null || getClass() != object.getClass()) {
      return false;
    }
    ContainerPort other = (ContainerPort) object;
    return internalPort == other.internalPort
        && externalPort == other.externalPort
        && internetProtocol == other.internetProtocol;
  }
}
