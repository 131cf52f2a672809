package org.penstock.core.system.device;

import java.util.Properties;

/** The part of SystemService that is found out: operating system, Java, device. */
abstract class Facts extends Settings {

  private final Host host;

  Facts(Properties properties, Host host) {
    super(properties);
    this.host = host;
  }

  final Host host() {
    return host;
  }

  @Override
  public String getHostname() {
    return host.hostName().orElse(UNKNOWN);
  }

  @Override
  public int getNumberOfProcessors() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** Of the Java VM, in KiB. */
  @Override
  public long getTotalMemory() {
    return Runtime.getRuntime().totalMemory() / 1024;
  }

  /** Of the Java VM, in KiB. */
  @Override
  public long getFreeMemory() {
    return Runtime.getRuntime().freeMemory() / 1024;
  }

  @Override
  public String getOsArch() {
    return text(KEY_OS_ARCH, System.getProperty("os.arch"));
  }

  @Override
  public String getOsName() {
    return text(KEY_OS_NAME, System.getProperty("os.name"));
  }

  @Override
  public String getOsVersion() {
    return text(KEY_OS_VER, System.getProperty("os.version"));
  }

  @Override
  public String getJavaVendor() {
    return text(KEY_JAVA_VENDOR, System.getProperty("java.runtime.name"));
  }

  @Override
  public String getJavaVersion() {
    return text(KEY_JAVA_VERSION, System.getProperty("java.runtime.version"));
  }

  @Override
  public String getJavaVmName() {
    return text(KEY_JAVA_VM_NAME, System.getProperty("java.vm.name"));
  }

  @Override
  public String getJavaVmVersion() {
    return text(KEY_JAVA_VM_VERSION, System.getProperty("java.vm.version"));
  }

  @Override
  public String getJavaVmInfo() {
    return text(KEY_JAVA_VM_INFO, System.getProperty("java.vm.info"));
  }

  @Override
  public String getJavaVmVendor() {
    return text(KEY_JAVA_VM_VENDOR, System.getProperty("java.vm.vendor"));
  }

  @Override
  public String getJdkVendorVersion() {
    return text(KEY_JDK_VENDOR_VERSION, System.getProperty("java.vendor.version", UNKNOWN));
  }

  @Override
  public String getJavaHome() {
    return text(KEY_JAVA_HOME, System.getProperty("java.home"));
  }

  @Override
  public String getFileSeparator() {
    return text(KEY_FILE_SEP, System.getProperty("file.separator"));
  }

  @Override
  public String getOsDistro() {
    return text(KEY_OS_DISTRO, host.distribution().orElse(UNKNOWN));
  }

  @Override
  public String getOsDistroVersion() {
    return text(KEY_OS_DISTRO_VER, host.distributionVersion().orElse(UNKNOWN));
  }

  @Override
  public String getModelId() {
    return text(KEY_MODEL_ID, host.model().orElse(UNKNOWN));
  }

  @Override
  public String getModelName() {
    return text(KEY_MODEL_NAME, host.model().orElse(UNKNOWN));
  }

  @Override
  public String getPartNumber() {
    return text(KEY_PART_NUMBER, UNKNOWN);
  }

  @Override
  public String getBiosVersion() {
    return text(KEY_BIOS_VERSION, host.bios().orElse(UNSUPPORTED));
  }

  @Override
  public String getFirmwareVersion() {
    return text(KEY_FIRMWARE_VERSION, UNSUPPORTED);
  }

  @Override
  public String getCpuVersion() {
    return text(KEY_CPU_VERSION, host.cpu().orElse(UNKNOWN));
  }

  @Override
  public String getPlatform() {
    return text(KEY_PLATFORM, getOsName() + "-" + getOsArch());
  }

  @Override
  public String getDeviceName() {
    return text(KEY_DEVICE_NAME, getHostname());
  }
}
