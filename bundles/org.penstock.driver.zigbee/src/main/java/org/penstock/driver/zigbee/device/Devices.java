package org.penstock.driver.zigbee.device;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.penstock.api.storage.DurableStorage;

/** The devices of one network, kept on disk. Any thread may call; only {@link #save} writes. */
public final class Devices {

  private static final Gson GSON = new Gson();

  private final DurableStorage storage;
  private final Path file;
  private final Map<Long, Device> byIeee = new ConcurrentHashMap<>();
  private final Map<Integer, Long> byNetwork = new ConcurrentHashMap<>();
  private final Map<Long, Heard> heard = new ConcurrentHashMap<>();
  private final AtomicBoolean changed = new AtomicBoolean();

  /**
   * What a device's last message told by the way.
   *
   * @param millis when it came
   * @param linkQuality 0 to 255
   */
  public record Heard(long millis, int linkQuality) {}

  /**
   * Those on disk.
   *
   * @param storage null to keep nothing, as on Kura
   * @throws IOException when the file can't be read: better no start than devices forgotten
   */
  public Devices(DurableStorage storage, Path file) throws IOException {
    this.storage = storage;
    this.file = file;
    if (storage != null && Files.exists(file)) {
      load(Files.readString(file));
    }
  }

  private void load(String json) throws IOException {
    try {
      List<Device> devices = GSON.fromJson(json, new TypeToken<List<Device>>() {}.getType());
      devices.forEach(this::put);
    } catch (JsonParseException broken) {
      throw new IOException(file + " is damaged; remove it to interview all devices anew", broken);
    }
  }

  private void put(Device device) {
    Device before = byIeee.put(device.ieee(), device);
    if (before != null && before.network() != device.network()) {
      byNetwork.remove(before.network(), device.ieee());
    }
    byNetwork.put(device.network(), device.ieee());
  }

  /** A device has said where it is; gives what is known of it now. */
  public synchronized Device announced(long ieee, int network, int capability) {
    Device before = byIeee.get(ieee);
    Device now =
        before == null
            ? Device.announced(ieee, network, capability)
            : before.at(network, capability);
    if (!now.equals(before)) {
      put(now);
      changed.set(true);
    }
    return now;
  }

  /** Changes what is known of a device; empty when there is no such device. */
  public synchronized Optional<Device> change(long ieee, UnaryOperator<Device> change) {
    Device before = byIeee.get(ieee);
    if (before == null) {
      return Optional.empty();
    }
    Device now = change.apply(before);
    put(now);
    changed.set(true);
    return Optional.of(now);
  }

  /** Forgets a device; false when it was not known. */
  public synchronized boolean remove(long ieee) {
    Device before = byIeee.remove(ieee);
    heard.remove(ieee);
    if (before == null) {
      return false;
    }
    byNetwork.remove(before.network(), ieee);
    changed.set(true);
    return true;
  }

  /** Notes that a device spoke. */
  public void heard(long ieee, int linkQuality) {
    heard.put(ieee, new Heard(System.currentTimeMillis(), linkQuality));
  }

  /** When it spoke last; empty when not since the start. */
  public Optional<Heard> lastHeard(long ieee) {
    return Optional.ofNullable(heard.get(ieee));
  }

  /** The device of this address. */
  public Optional<Device> device(long ieee) {
    return Optional.ofNullable(byIeee.get(ieee));
  }

  /** The device of this name, or of this address as text. */
  public Optional<Device> named(String text) {
    return byIeee.values().stream()
        .filter(d -> !text.isEmpty())
        .filter(d -> Ieee.text(d.ieee()).equalsIgnoreCase(text) || d.name().equals(text))
        .findFirst();
  }

  /** The device that has this address in the network now. */
  public Optional<Device> at(int network) {
    return Optional.ofNullable(byNetwork.get(network)).flatMap(this::device);
  }

  /** All, by address. */
  public Collection<Device> all() {
    return byIeee.values().stream().sorted(Comparator.comparingLong(Device::ieee)).toList();
  }

  /** Writes them when something has changed. */
  public void save() throws IOException {
    if (storage != null && changed.getAndSet(false)) {
      try {
        storage.replace(file, GSON.toJson(all()).getBytes(StandardCharsets.UTF_8));
      } catch (IOException full) {
        changed.set(true);
        throw full;
      }
    }
  }
}
