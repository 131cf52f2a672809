package org.penstock.core.system.device;

import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.eclipse.kura.system.SystemResourceInfo;
import org.eclipse.kura.system.SystemResourceType;

/** What Linux tells about the device in files; empty where it does not. */
final class Host {

  private static final List<String> PHYSICAL = List.of("eth", "en", "wl");

  private final Path root;

  /**
   * @param root {@code /}, or another folder in tests
   */
  Host(Path root) {
    this.root = root;
  }

  private Optional<String> text(String path) {
    try {
      Path file = root.resolve(path);
      if (!Files.isReadable(file) || Files.isDirectory(file)) {
        return Optional.empty();
      }
      String text = Files.readString(file, StandardCharsets.ISO_8859_1).replace("\0", "").strip();
      return text.isEmpty() ? Optional.empty() : Optional.of(text);
    } catch (IOException e) {
      return Optional.empty(); // some of these files are root's alone
    }
  }

  private Optional<String> line(String path, String key, String separator) {
    return text(path).stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith(key) && line.contains(separator))
        .map(line -> line.substring(line.indexOf(separator) + 1).strip().replace("\"", ""))
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  Optional<String> distribution() {
    return line("etc/os-release", "NAME=", "=");
  }

  Optional<String> distributionVersion() {
    return line("etc/os-release", "VERSION=", "=")
        .or(() -> line("etc/os-release", "VERSION_ID=", "="));
  }

  Optional<String> cpu() {
    return line("proc/cpuinfo", "model name", ":").or(() -> line("proc/cpuinfo", "Model", ":"));
  }

  Optional<String> model() {
    return text("sys/class/dmi/id/product_name").or(() -> text("proc/device-tree/model"));
  }

  Optional<String> serial() {
    return text("sys/class/dmi/id/product_serial")
        .or(() -> text("proc/device-tree/serial-number"))
        .or(() -> line("proc/cpuinfo", "Serial", ":"));
  }

  Optional<String> bios() {
    return text("sys/class/dmi/id/bios_version");
  }

  Optional<String> hostName() {
    return text("etc/hostname").or(() -> text("proc/sys/kernel/hostname"));
  }

  /** The first card that has a hardware address, physical ones first. */
  Optional<NetworkInterface> card() {
    try {
      List<NetworkInterface> cards = new ArrayList<>();
      for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        if (!card.isLoopback() && !card.isVirtual() && card.getHardwareAddress() != null) {
          cards.add(card);
        }
      }
      return cards.stream()
          .min(Comparator.comparing(Host::rank).thenComparing(NetworkInterface::getName));
    } catch (SocketException e) {
      return Optional.empty();
    }
  }

  private static int rank(NetworkInterface card) {
    for (int i = 0; i < PHYSICAL.size(); i++) {
      if (card.getName().startsWith(PHYSICAL.get(i))) {
        return i;
      }
    }
    return PHYSICAL.size();
  }

  static Optional<String> mac(NetworkInterface card) {
    try {
      byte[] address = card.getHardwareAddress();
      return address == null
          ? Optional.empty()
          : Optional.of(HexFormat.ofDelimiter(":").withUpperCase().formatHex(address));
    } catch (SocketException e) {
      return Optional.empty();
    }
  }

  /** Packages that dpkg or apk installed. */
  List<SystemResourceInfo> packages() {
    List<SystemResourceInfo> all = new ArrayList<>();
    all.addAll(packages("var/lib/dpkg/status", "Package: ", "Version: ", SystemResourceType.DEB));
    all.addAll(packages("lib/apk/db/installed", "P:", "V:", SystemResourceType.APK));
    return all;
  }

  /** Both databases are paragraphs of key and value, with an empty line between. */
  private List<SystemResourceInfo> packages(
      String path, String nameKey, String versionKey, SystemResourceType type) {
    List<SystemResourceInfo> all = new ArrayList<>();
    for (String paragraph : text(path).orElse("").split("\n\n")) {
      String name = null;
      String version = "";
      boolean installed = true;
      for (String line : paragraph.split("\n")) {
        if (line.startsWith(nameKey)) {
          name = line.substring(nameKey.length());
        } else if (line.startsWith(versionKey)) {
          version = line.substring(versionKey.length());
        } else if (line.startsWith("Status: ")) {
          installed = line.endsWith(" installed");
        }
      }
      if (name != null && installed) {
        all.add(new SystemResourceInfo(name, version, type));
      }
    }
    return all;
  }
}
