package org.penstock.cloud.connection;

import java.lang.management.ManagementFactory;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.eclipse.kura.message.KuraPosition;
import org.eclipse.kura.position.NmeaPosition;
import org.eclipse.kura.position.PositionService;
import org.eclipse.kura.system.SystemService;

/** What life-cycle messages tell of this gateway. */
final class DeviceProfile {

  private static final String UNKNOWN = "UNKNOWN";

  private final Optional<SystemService> system;

  DeviceProfile(Optional<SystemService> system) {
    this.system = system;
  }

  private String of(Function<SystemService, String> question, String property) {
    String answer = system.map(question).orElseGet(() -> System.getProperty(property));
    return answer == null || answer.isEmpty() ? UNKNOWN : answer;
  }

  private String only(Function<SystemService, String> question) {
    return system.map(question).filter(s -> !s.isEmpty()).orElse(UNKNOWN);
  }

  /** Milliseconds since the gateway began. */
  static String uptime() {
    return String.valueOf(ManagementFactory.getRuntimeMXBean().getUptime());
  }

  /** The name that the configuration asks for. */
  String displayName(CloudServiceConfig config) {
    return switch (config.device_display$_$name()) {
      case "custom" -> config.device_custom$_$name();
      case "hostname" -> only(SystemService::getHostname);
      case "server" -> "";
      default -> only(SystemService::getDeviceName);
    };
  }

  /** Name by name as Kura's BIRTH message has them. */
  Map<String, String> metrics() {
    Map<String, String> all = new TreeMap<>();
    all.put("uptime", uptime());
    all.put("model_name", only(SystemService::getModelName));
    all.put("model_id", only(SystemService::getModelId));
    all.put("part_number", only(SystemService::getPartNumber));
    all.put("serial_number", only(SystemService::getSerialNumber));
    all.put("firmware_version", only(SystemService::getFirmwareVersion));
    all.put("bios_version", only(SystemService::getBiosVersion));
    all.put("cpu_version", only(SystemService::getCpuVersion));
    all.put("os", of(SystemService::getOsName, "os.name"));
    all.put("os_version", of(SystemService::getOsVersion, "os.version"));
    all.put("os_arch", of(SystemService::getOsArch, "os.arch"));
    all.put("jvm_name", of(SystemService::getJavaVmName, "java.vm.name"));
    all.put("jvm_version", of(SystemService::getJavaVmVersion, "java.vm.version"));
    all.put("jvm_profile", of(s -> s.getJavaVendor() + " " + s.getJavaVersion(), "java.version"));
    all.put("jvm_vendor", of(SystemService::getJavaVmVendor, "java.vm.vendor"));
    all.put("jdk_vendor_version", of(SystemService::getJdkVendorVersion, "java.vendor.version"));
    all.put("kura_version", only(SystemService::getKuraVersion));
    all.put("osgi_framework", of(SystemService::getOsgiFwName, "org.osgi.framework.vendor"));
    all.put(
        "osgi_framework_version",
        of(SystemService::getOsgiFwVersion, "org.osgi.framework.version"));
    Runtime runtime = Runtime.getRuntime();
    all.put("available_processors", String.valueOf(runtime.availableProcessors()));
    all.put(
        "total_memory",
        String.valueOf(
            system.map(SystemService::getTotalMemory).orElse(runtime.totalMemory() / 1024)));
    network(all);
    return all;
  }

  private static void network(Map<String, String> all) {
    List<String> cards = new ArrayList<>();
    List<String> addresses = new ArrayList<>();
    try {
      for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        byte[] hardware = card.getHardwareAddress();
        if (hardware != null && card.isUp() && !card.isLoopback()) {
          String mac = HexFormat.ofDelimiter(":").withUpperCase().formatHex(hardware);
          cards.add(card.getName() + " (" + mac + ")");
          card.inetAddresses().map(a -> a.getHostAddress()).findFirst().ifPresent(addresses::add);
        }
      }
    } catch (SocketException e) {
      cards.add(UNKNOWN);
    }
    all.put("connection_interface", cards.isEmpty() ? UNKNOWN : String.join(",", cards));
    all.put("connection_ip", addresses.isEmpty() ? UNKNOWN : String.join(",", addresses));
  }

  /** Where the gateway is; zeros when that is unknown. */
  @SuppressWarnings("deprecation") // the only form that has degrees
  static KuraPosition position(PositionService service) {
    NmeaPosition now = service == null || !service.isLocked() ? null : service.getNmeaPosition();
    KuraPosition position = new KuraPosition();
    position.setLatitude(now == null ? 0.0 : now.getLatitude());
    position.setLongitude(now == null ? 0.0 : now.getLongitude());
    position.setAltitude(now == null ? 0.0 : now.getAltitude());
    return position;
  }
}
