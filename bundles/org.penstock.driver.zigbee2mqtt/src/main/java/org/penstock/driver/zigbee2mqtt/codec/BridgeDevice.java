package org.penstock.driver.zigbee2mqtt.codec;

import java.util.List;
import java.util.Optional;

/**
 * One device of the network, as {@code bridge/devices} lists it.
 *
 * @param ieee its IEEE address, for example {@code 0x00158d0001dc126a}: never changes
 * @param name its friendly name: part of its topics, changes when somebody renames it, may hold "/"
 * @param model what Zigbee2MQTT takes it for; empty when it does not know it
 * @param defined whether Zigbee2MQTT knows this model, so that the exposed values are all there are
 * @param ready whether its interview ended well
 * @param exposed its values, by path
 */
public record BridgeDevice(
    String ieee, String name, String model, boolean defined, boolean ready, List<Exposed> exposed) {

  public BridgeDevice {
    exposed = List.copyOf(exposed);
  }

  /** The value of that path; for a model that Zigbee2MQTT does not know, any path will do. */
  public Optional<Exposed> find(String path) {
    Optional<Exposed> known = exposed.stream().filter(e -> e.path().equals(path)).findFirst();
    return known.isEmpty() && !defined ? Optional.of(Exposed.unknown(path)) : known;
  }

  /** The paths of all values, for messages. */
  public List<String> paths() {
    return exposed.stream().map(Exposed::path).toList();
  }
}
