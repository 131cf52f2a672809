package org.eclipse.kura.container.orchestration;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** How a container is to run: image, ports, volumes, network and limits. */
@ProviderType
public class ContainerConfiguration {

  private final String containerName;
  private final boolean frameworkManaged;
  private final List<ContainerPort> containerPorts;
  private final List<String> envVars;
  private final List<String> deviceList;
  private final Map<String, String> volumes;
  private final boolean privilegedMode;
  private final Map<String, String> loggerParameters;
  private final String loggingType;
  private final ImageConfiguration imageConfiguration;
  private final ContainerNetworkConfiguration networkConfiguration;
  private final List<String> entryPoint;
  private final boolean restartOnFailure;
  private final Optional<Long> memory;
  private final Optional<Float> cpus;
  private final Optional<String> gpus;
  private final Optional<String> runtime;
  private final Optional<String> enforcementDigest;

  private ContainerConfiguration(ContainerConfigurationBuilder builder) {
    containerName = builder.containerName;
    frameworkManaged = builder.frameworkManaged;
    containerPorts = builder.containerPorts;
    envVars = builder.envVars;
    deviceList = builder.deviceList;
    volumes = builder.volumes;
    privilegedMode = builder.privilegedMode;
    loggerParameters = builder.loggerParameters;
    loggingType = builder.loggingType;
    imageConfiguration = builder.imageConfiguration;
    networkConfiguration = builder.networkConfiguration;
    entryPoint = builder.entryPoint;
    restartOnFailure = builder.restartOnFailure;
    memory = builder.memory;
    cpus = builder.cpus;
    gpus = builder.gpus;
    runtime = builder.runtime;
    enforcementDigest = builder.enforcementDigest;
  }

  public String getContainerName() {
    return containerName;
  }

  public boolean isFrameworkManaged() {
    return frameworkManaged;
  }

  public List<ContainerPort> getContainerPorts() {
    return containerPorts;
  }

  public List<String> getContainerEnvVars() {
    return envVars;
  }

  public List<String> getContainerDevices() {
    return deviceList;
  }

  public Map<String, String> getContainerVolumes() {
    return volumes;
  }

  public boolean isContainerPrivileged() {
    return privilegedMode;
  }

  public Map<String, String> getLoggerParameters() {
    return loggerParameters;
  }

  public String getContainerLoggingType() {
    return loggingType;
  }

  public ImageConfiguration getImageConfiguration() {
    return imageConfiguration;
  }

  public ContainerNetworkConfiguration getContainerNetworkConfiguration() {
    return networkConfiguration;
  }

  public List<String> getEntryPoint() {
    return entryPoint;
  }

  public boolean getRestartOnFailure() {
    return restartOnFailure;
  }

  public Optional<Long> getMemory() {
    return memory;
  }

  public Optional<Float> getCpus() {
    return cpus;
  }

  public Optional<String> getGpus() {
    return gpus;
  }

  public Optional<String> getRuntime() {
    return runtime;
  }

  public Optional<String> getEnforcementDigest() {
    return enforcementDigest;
  }

  @Deprecated
  public List<Integer> getContainerPortsExternal() {
    return containerPorts.stream().map(ContainerPort::getExternalPort).toList();
  }

  @Deprecated
  public List<Integer> getContainerPortsInternal() {
    return containerPorts.stream().map(ContainerPort::getInternalPort).toList();
  }

  public String getContainerImage() {
    return imageConfiguration.getImageName();
  }

  public String getContainerImageTag() {
    return imageConfiguration.getImageTag();
  }

  public Optional<RegistryCredentials> getRegistryCredentials() {
    return imageConfiguration.getRegistryCredentials();
  }

  public int getImageDownloadTimeoutSeconds() {
    return imageConfiguration.getimageDownloadTimeoutSeconds();
  }

  public static ContainerConfigurationBuilder builder() {
    return new ContainerConfigurationBuilder();
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        containerName,
        frameworkManaged,
        containerPorts,
        envVars,
        deviceList,
        volumes,
        privilegedMode,
        loggerParameters,
        loggingType,
        imageConfiguration,
        networkConfiguration,
        entryPoint,
        restartOnFailure,
        memory,
        cpus,
        gpus,
        runtime,
        enforcementDigest);
  }

  @Override
  public boolean equals(Object object) {
    if (this == object) {
      return true;
    }
    if (object == null || getClass() != object.getClass()) {
      return false;
    }
    ContainerConfiguration other = (ContainerConfiguration) object;
    return Objects.equals(containerName, other.containerName)
        && frameworkManaged == other.frameworkManaged
        && Objects.equals(containerPorts, other.containerPorts)
        && Objects.equals(envVars, other.envVars)
        && Objects.equals(deviceList, other.deviceList)
        && Objects.equals(volumes, other.volumes)
        && privilegedMode == other.privilegedMode
        && Objects.equals(loggerParameters, other.loggerParameters)
        && Objects.equals(loggingType, other.loggingType)
        && Objects.equals(imageConfiguration, other.imageConfiguration)
        && Objects.equals(networkConfiguration, other.networkConfiguration)
        && Objects.equals(entryPoint, other.entryPoint)
        && restartOnFailure == other.restartOnFailure
        && Objects.equals(memory, other.memory)
        && Objects.equals(cpus, other.cpus)
        && Objects.equals(gpus, other.gpus)
        && Objects.equals(runtime, other.runtime)
        && Objects.equals(enforcementDigest, other.enforcementDigest);
  }

  /** Collects the parts of a ContainerConfiguration. */
  public static final class ContainerConfigurationBuilder {

    private String containerName = "";
    private boolean frameworkManaged = true;
    private List<ContainerPort> containerPorts = List.of();
    private List<String> envVars = List.of();
    private List<String> deviceList = List.of();
    private Map<String, String> volumes = Map.of();
    private boolean privilegedMode;
    private Map<String, String> loggerParameters = Map.of();
    private String loggingType = "";
    private ImageConfiguration imageConfiguration;
    private ContainerNetworkConfiguration networkConfiguration =
        ContainerNetworkConfiguration.builder().build();
    private List<String> entryPoint = List.of();
    private boolean restartOnFailure;
    private Optional<Long> memory = Optional.empty();
    private Optional<Float> cpus = Optional.empty();
    private Optional<String> gpus = Optional.empty();
    private Optional<String> runtime = Optional.empty();
    private Optional<String> enforcementDigest = Optional.empty();

    public ContainerConfigurationBuilder setContainerName(String containerName) {
      this.containerName = containerName;
      return this;
    }

    public ContainerConfigurationBuilder setFrameworkManaged(Boolean frameworkManaged) {
      this.frameworkManaged = frameworkManaged;
      return this;
    }

    public ContainerConfigurationBuilder setContainerPorts(List<ContainerPort> containerPorts) {
      this.containerPorts = containerPorts;
      return this;
    }

    public ContainerConfigurationBuilder setEnvVars(List<String> envVars) {
      this.envVars = envVars;
      return this;
    }

    public ContainerConfigurationBuilder setDeviceList(List<String> deviceList) {
      this.deviceList = deviceList;
      return this;
    }

    public ContainerConfigurationBuilder setVolumes(Map<String, String> volumes) {
      this.volumes = volumes;
      return this;
    }

    public ContainerConfigurationBuilder setPrivilegedMode(Boolean privilegedMode) {
      this.privilegedMode = privilegedMode;
      return this;
    }

    public ContainerConfigurationBuilder setLoggerParameters(Map<String, String> loggerParameters) {
      this.loggerParameters = loggerParameters;
      return this;
    }

    public ContainerConfigurationBuilder setLoggingType(String loggingType) {
      this.loggingType = loggingType;
      return this;
    }

    public ContainerConfigurationBuilder setImageConfiguration(
        ImageConfiguration imageConfiguration) {
      this.imageConfiguration = imageConfiguration;
      return this;
    }

    public ContainerConfigurationBuilder setContainerNetowrkConfiguration(
        ContainerNetworkConfiguration networkConfiguration) {
      this.networkConfiguration = networkConfiguration;
      return this;
    }

    public ContainerConfigurationBuilder setEntryPoint(List<String> entryPoint) {
      this.entryPoint = entryPoint;
      return this;
    }

    public ContainerConfigurationBuilder setRestartOnFailure(boolean restartOnFailure) {
      this.restartOnFailure = restartOnFailure;
      return this;
    }

    public ContainerConfigurationBuilder setMemory(Optional<Long> memory) {
      this.memory = memory;
      return this;
    }

    public ContainerConfigurationBuilder setCpus(Optional<Float> cpus) {
      this.cpus = cpus;
      return this;
    }

    public ContainerConfigurationBuilder setGpus(Optional<String> gpus) {
      this.gpus = gpus;
      return this;
    }

    public ContainerConfigurationBuilder setRuntime(Optional<String> runtime) {
      this.runtime = runtime;
      return this;
    }

    public ContainerConfigurationBuilder setEnforcementDigest(Optional<String> enforcementDigest) {
      this.enforcementDigest = enforcementDigest;
      return this;
    }

    private List<Integer> externalPorts = List.of();
    private List<Integer> internalPorts = List.of();

    @Deprecated
    public ContainerConfigurationBuilder setExternalPorts(List<Integer> externalPorts) {
      this.externalPorts = List.copyOf(externalPorts);
      return this;
    }

    @Deprecated
    public ContainerConfigurationBuilder setInternalPorts(List<Integer> internalPorts) {
      this.internalPorts = List.copyOf(internalPorts);
      return this;
    }

    private final ImageConfiguration.ImageConfigurationBuilder image = ImageConfiguration.builder();

    public ContainerConfigurationBuilder setContainerImage(String imageName) {
      image.setImageName(imageName);
      return this;
    }

    public ContainerConfigurationBuilder setContainerImageTag(String imageTag) {
      image.setImageTag(imageTag);
      return this;
    }

    public ContainerConfigurationBuilder setRegistryCredentials(
        Optional<RegistryCredentials> registryCredentials) {
      image.setRegistryCredentials(registryCredentials);
      return this;
    }

    public ContainerConfigurationBuilder setImageDownloadTimeoutSeconds(int seconds) {
      image.setImageDownloadTimeoutSeconds(seconds);
      return this;
    }

    public ContainerConfiguration build() {
      if (containerPorts.isEmpty()) {
        containerPorts = ContainerPort.pairs(internalPorts, externalPorts);
      }
      if (imageConfiguration == null) {
        imageConfiguration = image.build();
      }
      return new ContainerConfiguration(this);
    }
  }
}
