package org.eclipse.kura.message;

/** The message after a connection: what the device is and runs. */
public class KuraBirthPayload extends KuraPayload {

  public KuraBirthPayload() {}

  public String getUptime() {
    return (String) getMetric("uptime");
  }

  public String getDisplayName() {
    return (String) getMetric("display_name");
  }

  public String getModelName() {
    return (String) getMetric("model_name");
  }

  public String getModelId() {
    return (String) getMetric("model_id");
  }

  public String getPartNumber() {
    return (String) getMetric("part_number");
  }

  public String getSerialNumber() {
    return (String) getMetric("serial_number");
  }

  public String getFirmwareVersion() {
    return (String) getMetric("firmware_version");
  }

  public String getBiosVersion() {
    return (String) getMetric("bios_version");
  }

  public String getCpuVersion() {
    return (String) getMetric("cpu_version");
  }

  public String getOs() {
    return (String) getMetric("os");
  }

  public String getOsVersion() {
    return (String) getMetric("os_version");
  }

  public String getJvmName() {
    return (String) getMetric("jvm_name");
  }

  public String getJvmVersion() {
    return (String) getMetric("jvm_version");
  }

  public String getJvmProfile() {
    return (String) getMetric("jvm_profile");
  }

  public KuraBirthPayload.TamperStatus getTamperStatus() {
    Object status = getMetric("tamper_status");
    return status == null ? null : TamperStatus.valueOf((String) status);
  }

  @Deprecated
  public String getKuraVersion() {
    return (String) getMetric("kura_version");
  }

  public String getApplicationFramework() {
    return (String) getMetric("application_framework");
  }

  public String getApplicationFrameworkVersion() {
    return (String) getMetric("application_framework_version");
  }

  public String getConnectionInterface() {
    return (String) getMetric("connection_interface");
  }

  public String getConnectionIp() {
    return (String) getMetric("connection_ip");
  }

  public String getAcceptEncoding() {
    return (String) getMetric("accept_encoding");
  }

  public String getApplicationIdentifiers() {
    return (String) getMetric("application_ids");
  }

  public String getAvailableProcessors() {
    return (String) getMetric("available_processors");
  }

  public String getTotalMemory() {
    return (String) getMetric("total_memory");
  }

  public String getOsArch() {
    return (String) getMetric("os_arch");
  }

  public String getOsgiFramework() {
    return (String) getMetric("osgi_framework");
  }

  public String getOsgiFrameworkVersion() {
    return (String) getMetric("osgi_framework_version");
  }

  public String getModemImei() {
    return (String) getMetric("modem_imei");
  }

  public String getModemImsi() {
    return (String) getMetric("modem_imsi");
  }

  public String getModemIccid() {
    return (String) getMetric("modem_iccid");
  }

  public String getModemRssi() {
    return (String) getMetric("modem_rssi");
  }

  public String getModemFirmwareVersion() {
    return (String) getMetric("modem_firmware_version");
  }

  public String getPayloadEncoding() {
    return (String) getMetric("payload_encoding");
  }

  public String getJvmVendor() {
    return (String) getMetric("jvm_vendor");
  }

  public String getJdkVendorVersion() {
    return (String) getMetric("jdk_vendor_version");
  }

  @Override
  public String toString() {
    return "KuraBirthPayload " + metrics();
  }

  public void addMetric(String name, Object value) {
    super.addMetric(name, value);
  }

  /** Collects what a birth message says. */
  public static class KuraBirthPayloadBuilder {

    private final KuraBirthPayload payload = new KuraBirthPayload();

    public KuraBirthPayloadBuilder() {}

    public KuraBirthPayload.KuraBirthPayloadBuilder withUptime(String uptime) {
      payload.addMetric("uptime", uptime);
      return this;
    }

    public KuraBirthPayload.KuraBirthPayloadBuilder withDisplayName(String displayName) {
      payload.addMetric("display_name", displayName);
      return this;
    }

    public KuraBirthPayload.KuraBirthPayloadBuilder withAvailableProcessors(
        String availableProcessors) {
      payload.addMetric("available_processors", availableProcessors);
      return this;
    }

    public KuraBirthPayload.KuraBirthPayloadBuilder withTotalMemory(String totalMemory) {
      payload.addMetric("total_memory", totalMemory);
      return this;
    }

    public KuraBirthPayload.KuraBirthPayloadBuilder withOsArch(String osArch) {
      payload.addMetric("os_arch", osArch);
      return this;
    }

    public KuraBirthPayload.KuraBirthPayloadBuilder withOsgiFramework(String osgiFramework) {
      payload.addMetric("osgi_framework", osgiFramework);
      return this;
    }

    public KuraBirthPayload.KuraBirthPayloadBuilder withOsgiFrameworkVersion(
        String osgiFrameworkVersion) {
      payload.addMetric("osgi_framework_version", osgiFrameworkVersion);
      return this;
    }

    public KuraBirthPayload.KuraBirthPayloadBuilder withModelName(String modelName) {
      payload.addMetric("model_name", modelName);
      return this;
    }

    public KuraBirthPayload.KuraBirthPayloadBuilder withModelId(String modelId) {
      payload.addMetric("model_id", modelId);
      return this;
    }

    public KuraBirthPayload.KuraBirthPayloadBuilder withPartNumber(String partNumber) {
      payload.addMetric("part_number", partNumber);
      return this;
    }

    public KuraBirthPayload.KuraBirthPayloadBuilder withSerialNumber(String serialNumber) {
      payload.addMetric("serial_number", serialNumber);
      return this;
    }

    public KuraBirthPayload.KuraBirthPayloadBuilder withFirmwareVersion(String firmwareVersion) {
      payload.addMetric("firmware_version", firmwareVersion);
      return this;
    }

    public KuraBirthPayload.KuraBirthPayloadBuilder withBiosVersion(String biosVersion) {
      payload.addMetric("bios_version", biosVersion);
      return this;
    }

    public KuraBirthPayload.KuraBirthPayloadBuilder withCpuVersion(String cpuVersion) {
      payload.addMetric("cpu_version", cpuVersion);
      return this;
    }

    public KuraBirthPayload.KuraBirthPayloadBuilder withOs(String os) {
      payload.addMetric("os", os);
      return this;
    }

    public KuraBirthPayload.KuraBirthPayloadBuilder withOsVersion(String osVersion) {
      payload.addMetric("os_version", osVersion);
      return this;
    }

    public KuraBirthPayload.KuraBirthPayloadBuilder withJvmName(String jvmName) {
      payload.addMetric("jvm_name", jvmName);
      return this;
    }

    public KuraBirthPayload.KuraBirthPayloadBuilder withJvmVersion(String jvmVersion) {
      payload.addMetric("jvm_version", jvmVersion);
      return this;
    }

    public KuraBirthPayload.KuraBirthPayloadBuilder withJvmProfile(String jvmProfile) {
      payload.addMetric("jvm_profile", jvmProfile);
      return this;
    }

    public KuraBirthPayload.KuraBirthPayloadBuilder withKuraVersion(String kuraVersion) {
      payload.addMetric("kura_version", kuraVersion);
      return this;
    }

    public KuraBirthPayload.KuraBirthPayloadBuilder withApplicationFramework(
        String applicationFramework) {
      payload.addMetric("application_framework", applicationFramework);
      return this;
    }

    public KuraBirthPayload.KuraBirthPayloadBuilder withApplicationFrameworkVersion(
        String applicationFrameworkVersion) {
      payload.addMetric("application_framework_version", applicationFrameworkVersion);
      return this;
    }

    public KuraBirthPayload.KuraBirthPayloadBuilder withConnectionInterface(
        String connectionInterface) {
      payload.addMetric("connection_interface", connectionInterface);
      return this;
    }

    public KuraBirthPayload.KuraBirthPayloadBuilder withConnectionIp(String connectionIp) {
      payload.addMetric("connection_ip", connectionIp);
      return this;
    }

    public KuraBirthPayload.KuraBirthPayloadBuilder withAcceptEncoding(String acceptEncoding) {
      payload.addMetric("accept_encoding", acceptEncoding);
      return this;
    }

    public KuraBirthPayload.KuraBirthPayloadBuilder withApplicationIdentifiers(
        String applicationIdentifiers) {
      payload.addMetric("application_ids", applicationIdentifiers);
      return this;
    }

    public KuraBirthPayload.KuraBirthPayloadBuilder withModemImei(String modemImei) {
      payload.addMetric("modem_imei", modemImei);
      return this;
    }

    public KuraBirthPayload.KuraBirthPayloadBuilder withModemIccid(String modemIccid) {
      payload.addMetric("modem_iccid", modemIccid);
      return this;
    }

    public KuraBirthPayload.KuraBirthPayloadBuilder withModemImsi(String modemImsi) {
      payload.addMetric("modem_imsi", modemImsi);
      return this;
    }

    public KuraBirthPayload.KuraBirthPayloadBuilder withModemRssi(String modemRssi) {
      payload.addMetric("modem_rssi", modemRssi);
      return this;
    }

    public KuraBirthPayload.KuraBirthPayloadBuilder withModemFirmwareVersion(
        String modemFirmwareVersion) {
      payload.addMetric("modem_firmware_version", modemFirmwareVersion);
      return this;
    }

    public KuraBirthPayload.KuraBirthPayloadBuilder withPosition(KuraPosition position) {
      payload.setPosition(position);
      return this;
    }

    public KuraBirthPayload.KuraBirthPayloadBuilder withPayloadEncoding(String payloadEncoding) {
      payload.addMetric("payload_encoding", payloadEncoding);
      return this;
    }

    public KuraBirthPayload.KuraBirthPayloadBuilder withTamperStatus(
        KuraBirthPayload.TamperStatus tamperStatus) {
      payload.addMetric("tamper_status", tamperStatus.name());
      return this;
    }

    public KuraBirthPayload.KuraBirthPayloadBuilder withJvmVendor(String jvmVendor) {
      payload.addMetric("jvm_vendor", jvmVendor);
      return this;
    }

    public KuraBirthPayload.KuraBirthPayloadBuilder withJdkVendorVersion(String jdkVendorVersion) {
      payload.addMetric("jdk_vendor_version", jdkVendorVersion);
      return this;
    }

    public KuraBirthPayload build() {
      return payload;
    }
  }

  /** What tamper detections say together. */
  public enum TamperStatus {
    UNSUPPORTED,
    TAMPERED,
    NOT_TAMPERED;
  }
}
