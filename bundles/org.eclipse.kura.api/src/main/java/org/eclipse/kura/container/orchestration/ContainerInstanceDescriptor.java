package org.eclipse.kura.container.orchestration;

import java.util.List;
import java.util.Objects;
import org.osgi.annotation.versioning.ProviderType;

/** A container that the engine holds, with its state. */
@ProviderType
public class ContainerInstanceDescriptor {

  private final boolean frameworkManaged;
  private final String containerName;
  private final String containerImage;
  private final String containerImageTag;
  private final String containerId;
  private final List<ContainerPort> containerPorts;
  private final ContainerState containerState;

  private ContainerInstanceDescriptor(ContainerInstanceDescriptorBuilder builder) {
    frameworkManaged = builder.frameworkManaged;
    containerName = builder.containerName;
    containerImage = builder.containerImage;
    containerImageTag = builder.containerImageTag;
    containerId = builder.containerId;
    containerPorts = builder.containerPorts;
    containerState = builder.containerState;
  }

  public boolean isFrameworkManaged() {
    return frameworkManaged;
  }

  public String getContainerName() {
    return containerName;
  }

  public String getContainerImage() {
    return containerImage;
  }

  public String getContainerImageTag() {
    return containerImageTag;
  }

  public String getContainerId() {
    return containerId;
  }

  public List<ContainerPort> getContainerPorts() {
    return containerPorts;
  }

  public ContainerState getContainerState() {
    return containerState;
  }

  @Deprecated
  public List<Integer> getContainerPortsExternal() {
    return containerPorts.stream().map(ContainerPort::getExternalPort).toList();
  }

  @Deprecated
  public List<Integer> getContainerPortsInternal() {
    return containerPorts.stream().map(ContainerPort::getInternalPort).toList();
  }

  public static ContainerInstanceDescriptorBuilder builder() {
    return new ContainerInstanceDescriptorBuilder();
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        frameworkManaged,
        containerName,
        containerImage,
        containerImageTag,
        containerId,
        containerPorts,
        containerState);
  }

  @Override
  public boolean equals(Object object) {
    if (this == object) {
      return true;
    }
    if (object == null || getClass() != object.getClass()) {
      return false;
    }
    ContainerInstanceDescriptor other = (ContainerInstanceDescriptor) object;
    return frameworkManaged == other.frameworkManaged
        && Objects.equals(containerName, other.containerName)
        && Objects.equals(containerImage, other.containerImage)
        && Objects.equals(containerImageTag, other.containerImageTag)
        && Objects.equals(containerId, other.containerId)
        && Objects.equals(containerPorts, other.containerPorts)
        && Objects.equals(containerState, other.containerState);
  }

  /** Collects the parts of a ContainerInstanceDescriptor. */
  public static final class ContainerInstanceDescriptorBuilder {

    private boolean frameworkManaged;
    private String containerName = "";
    private String containerImage = "";
    private String containerImageTag = "";
    private String containerId = "";
    private List<ContainerPort> containerPorts = List.of();
    private ContainerState containerState = ContainerState.STOPPING;

    public ContainerInstanceDescriptorBuilder setFrameworkManaged(Boolean frameworkManaged) {
      this.frameworkManaged = frameworkManaged;
      return this;
    }

    public ContainerInstanceDescriptorBuilder setContainerName(String containerName) {
      this.containerName = containerName;
      return this;
    }

    public ContainerInstanceDescriptorBuilder setContainerImage(String containerImage) {
      this.containerImage = containerImage;
      return this;
    }

    public ContainerInstanceDescriptorBuilder setContainerImageTag(String containerImageTag) {
      this.containerImageTag = containerImageTag;
      return this;
    }

    public ContainerInstanceDescriptorBuilder setContainerID(String containerId) {
      this.containerId = containerId;
      return this;
    }

    public ContainerInstanceDescriptorBuilder setContainerPorts(
        List<ContainerPort> containerPorts) {
      this.containerPorts = containerPorts;
      return this;
    }

    public ContainerInstanceDescriptorBuilder setContainerState(ContainerState containerState) {
      this.containerState = containerState;
      return this;
    }

    private List<Integer> externalPorts = List.of();
    private List<Integer> internalPorts = List.of();

    @Deprecated
    public ContainerInstanceDescriptorBuilder setExternalPorts(List<Integer> externalPorts) {
      this.externalPorts = List.copyOf(externalPorts);
      return this;
    }

    @Deprecated
    public ContainerInstanceDescriptorBuilder setInternalPorts(List<Integer> internalPorts) {
      this.internalPorts = List.copyOf(internalPorts);
      return this;
    }

    public ContainerInstanceDescriptor build() {
      if (containerPorts.isEmpty()) {
        containerPorts = ContainerPort.pairs(internalPorts, externalPorts);
      }
      return new ContainerInstanceDescriptor(this);
    }
  }
}
