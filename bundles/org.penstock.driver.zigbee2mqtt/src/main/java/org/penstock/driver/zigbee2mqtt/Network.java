package org.penstock.driver.zigbee2mqtt;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.penstock.api.driver.DriverException;
import org.penstock.api.driver.ErrorKind;
import org.penstock.driver.zigbee2mqtt.codec.BridgeDevice;
import org.penstock.driver.zigbee2mqtt.codec.Exposed;

/**
 * What is known of the network: the devices and what each told last. Any thread may call. Values are
 * kept by IEEE address, so that a renamed device keeps its own.
 */
final class Network {

  private static final int SHOWN = 8;

  private final Map<String, BridgeDevice> byIeee = new HashMap<>(); // guarded by this
  private final Map<String, BridgeDevice> byName = new HashMap<>(); // guarded by this
  private final Map<String, Map<String, Told>> told = new HashMap<>(); // guarded by this
  private final Set<String> away = new TreeSet<>(); // IEEE addresses; guarded by this

  /**
   * A value as a device told it.
   *
   * @param value as sent
   * @param at epoch milliseconds of its arrival
   */
  record Told(JsonElement value, long at) {}

  /** A device and one of its values. */
  record Point(BridgeDevice device, Exposed exposed) {}

  /** The list of devices, whole; what is no longer there is forgotten. */
  synchronized void devices(List<BridgeDevice> devices) {
    byIeee.clear();
    byName.clear();
    for (BridgeDevice device : devices) {
      byIeee.put(device.ieee(), device);
      byName.put(device.name(), device);
    }
    told.keySet().retainAll(byIeee.keySet());
    away.retainAll(byIeee.keySet());
  }

  synchronized Set<String> names() {
    return Set.copyOf(byName.keySet());
  }

  synchronized int size() {
    return byIeee.size();
  }

  synchronized Optional<BridgeDevice> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  synchronized List<BridgeDevice> all() {
    return new ArrayList<>(byIeee.values());
  }

  /** The device told these values; others that it told before hold. */
  synchronized void told(BridgeDevice device, Map<String, JsonElement> values, long at) {
    Map<String, Told> all = told.computeIfAbsent(device.ieee(), ieee -> new HashMap<>());
    values.forEach((path, value) -> all.put(path, new Told(value, at)));
  }

  /** What the device told is taken back. */
  synchronized void forget(BridgeDevice device) {
    told.remove(device.ieee());
  }

  synchronized void available(BridgeDevice device, boolean now) {
    if (now) {
      away.remove(device.ieee());
    } else {
      away.add(device.ieee());
    }
  }

  synchronized int away() {
    return away.size();
  }

  synchronized Optional<Told> last(BridgeDevice device, String path) {
    return Optional.ofNullable(told.getOrDefault(device.ieee(), Map.of()).get(path));
  }

  /**
   * The device and value that a channel means.
   *
   * @throws DriverException when there is none, with what there is; or when the device is away
   */
  synchronized Point find(ZigbeeChannel channel) throws DriverException {
    BridgeDevice device = byIeee.get(channel.device());
    if (device == null) {
      device = byName.get(channel.device());
    }
    if (device == null) {
      throw new DriverException(
          ErrorKind.CONFIGURATION,
          channel.device(),
          "no device of this network has this name or address; it has " + shown(names()));
    }
    if (away.contains(device.ieee())) {
      throw new DriverException(
          ErrorKind.RETRIABLE,
          device.name(),
          "Zigbee2MQTT does not reach it; check its power and its way to the next router");
    }
    BridgeDevice found = device;
    Exposed exposed =
        found
            .find(channel.property())
            .or(() -> last(found, channel.property()).map(t -> plain(channel.property())))
            .orElseThrow(
                () ->
                    new DriverException(
                        ErrorKind.CONFIGURATION,
                        found.name(),
                        "has no value '%s'; it has %s"
                            .formatted(channel.property(), shown(found.paths()))));
    return new Point(found, exposed);
  }

  /** Told, but in no definition: last_seen, update.state. */
  private static Exposed plain(String path) {
    return new Exposed(
        path, Exposed.Kind.ANY, 1, "ON", "OFF", List.of(), Optional.empty(), Optional.empty(), "");
  }

  private static String shown(java.util.Collection<String> names) {
    List<String> sorted = new ArrayList<>(new TreeSet<>(names));
    return sorted.isEmpty()
        ? "none"
        : sorted.size() <= SHOWN
            ? String.join(", ", sorted)
            : String.join(", ", sorted.subList(0, SHOWN))
                + " and "
                + (sorted.size() - SHOWN)
                + " more";
  }
}
