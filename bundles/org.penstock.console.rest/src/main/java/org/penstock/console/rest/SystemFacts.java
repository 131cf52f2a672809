package org.penstock.console.rest;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.eclipse.kura.system.SystemService;

/** SystemService's getters by Kura's names in JSON. */
final class SystemFacts {

  private SystemFacts() {}

  static Map<String, Object> of(SystemService system) {
    Map<String, Object> facts = new TreeMap<>();
    device(system, facts);
    java(system, facts);
    software(system, facts);
    facts.values().removeIf(Objects::isNull);
    return facts;
  }

  private static void device(SystemService system, Map<String, Object> facts) {
    facts.put("biosVersion", system.getBiosVersion());
    facts.put("cpuVersion", system.getCpuVersion());
    facts.put("deviceName", system.getDeviceName());
    facts.put("firmwareVersion", system.getFirmwareVersion());
    facts.put("modelId", system.getModelId());
    facts.put("modelName", system.getModelName());
    facts.put("partNumber", system.getPartNumber());
    facts.put("platform", system.getPlatform());
    facts.put("serialNumber", system.getSerialNumber());
    facts.put("numberOfProcessors", system.getNumberOfProcessors());
    facts.put("totalMemory", system.getTotalMemory());
    facts.put("freeMemory", system.getFreeMemory());
    facts.put("primaryMacAddress", system.getPrimaryMacAddress());
    facts.put("primaryNetworkInterfaceName", system.getPrimaryNetworkInterfaceName());
    facts.put("hostname", system.getHostname());
  }

  private static void java(SystemService system, Map<String, Object> facts) {
    facts.put("javaHome", system.getJavaHome());
    facts.put("javaVendor", system.getJavaVendor());
    facts.put("javaVersion", system.getJavaVersion());
    facts.put("javaVmInfo", system.getJavaVmInfo());
    facts.put("javaVmName", system.getJavaVmName());
    facts.put("javaVmVendor", system.getJavaVmVendor());
    facts.put("javaVmVersion", system.getJavaVmVersion());
    facts.put("jdkVendorVersion", system.getJdkVendorVersion());
  }

  private static void software(SystemService system, Map<String, Object> facts) {
    facts.put("osArch", system.getOsArch());
    facts.put("osDistro", system.getOsDistro());
    facts.put("osDistroVersion", system.getOsDistroVersion());
    facts.put("osName", system.getOsName());
    facts.put("osVersion", system.getOsVersion());
    facts.put("osgiFirmwareName", system.getOsgiFwName());
    facts.put("osgiFirmwareVersion", system.getOsgiFwVersion());
    facts.put("commandUser", system.getCommandUser());
    facts.put("kuraVersion", system.getKuraVersion());
    facts.put("kuraHomeDirectory", system.getKuraHome());
    facts.put("kuraFrameworkConfigDirectory", system.getKuraFrameworkConfigDirectory());
    facts.put("kuraUserConfigDirectory", system.getKuraUserConfigDirectory());
    facts.put("kuraTemporaryConfigDirectory", system.getKuraTemporaryConfigDirectory());
    facts.put("kuraSnapshotsDirectory", system.getKuraSnapshotsDirectory());
    facts.put("kuraDataDirectory", system.getKuraDataDirectory());
    facts.put("kuraSnapshotsCount", system.getKuraSnapshotsCount());
    facts.put("kuraHaveWebInterface", Boolean.parseBoolean(system.getKuraWebEnabled()));
    facts.put("kuraHaveNetAdmin", false);
  }
}
