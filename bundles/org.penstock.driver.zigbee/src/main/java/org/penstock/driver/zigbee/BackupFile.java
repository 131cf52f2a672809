package org.penstock.driver.zigbee;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import org.penstock.api.storage.DurableStorage;
import org.penstock.driver.zigbee.device.Device;
import org.penstock.driver.zigbee.stick.NetworkBackup;

/**
 * A network's backup in the open coordinator backup format, which other hosts read and write too. It
 * holds the network key: only its owner may read the file.
 */
final class BackupFile {

  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();
  private static final HexFormat HEX = HexFormat.of();
  private static final String FORMAT = "zigpy/open-coordinator-backup";

  private final DurableStorage storage;
  private final Path file;

  /**
   * The file of one instance.
   *
   * @param storage null where nothing is kept
   */
  BackupFile(DurableStorage storage, Path file) {
    this.storage = storage;
    this.file = file;
  }

  Path file() {
    return file;
  }

  /**
   * The backup that is there.
   *
   * @throws IOException when it can't be understood: better no start than another network
   */
  Optional<NetworkBackup> read() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse(Files.readString(file)));
    } catch (JsonParseException | IllegalArgumentException | NullPointerException broken) {
      throw new IOException(
          file + " is no backup of a ZigBee network; mend or remove it: " + broken.getMessage(),
          broken);
    }
  }

  /** Writes it durably. */
  void write(NetworkBackup backup, Collection<Device> devices) throws IOException {
    if (storage == null) {
      throw new IOException("there is no storage to keep a backup in");
    }
    byte[] text = text(backup, devices, Instant.now()).getBytes(StandardCharsets.UTF_8);
    storage.replace(file, text);
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }

  static NetworkBackup parse(String json) {
    JsonObject all = GSON.fromJson(json, JsonObject.class);
    if (!FORMAT.equals(all.getAsJsonObject("metadata").get("format").getAsString())) {
      throw new IllegalArgumentException("metadata.format must be " + FORMAT);
    }
    JsonObject key = all.getAsJsonObject("network_key");
    return new NetworkBackup(
        number(all.get("coordinator_ieee").getAsString()),
        (int) number(all.get("pan_id").getAsString()),
        number(all.get("extended_pan_id").getAsString()),
        all.get("channel").getAsInt(),
        HEX.parseHex(key.get("key").getAsString()),
        key.get("sequence_number").getAsInt(),
        key.get("frame_counter").getAsLong());
  }

  private static long number(String hex) {
    return Long.parseUnsignedLong(hex.replace(":", ""), 16);
  }

  static String text(NetworkBackup backup, Collection<Device> devices, Instant now) {
    JsonObject metadata = new JsonObject();
    metadata.addProperty("format", FORMAT);
    metadata.addProperty("version", 1);
    metadata.addProperty("source", "penstock");
    JsonObject internal = new JsonObject();
    internal.addProperty("date", now.toString());
    metadata.add("internal", internal);
    JsonObject key = new JsonObject();
    key.addProperty("key", HEX.formatHex(backup.key()));
    key.addProperty("sequence_number", backup.keySequence());
    key.addProperty("frame_counter", backup.frameCounter());
    JsonArray mask = new JsonArray();
    mask.add(backup.channel());
    JsonObject all = new JsonObject();
    all.add("metadata", metadata);
    all.addProperty("coordinator_ieee", "%016x".formatted(backup.ieee()));
    all.addProperty("pan_id", "%04x".formatted(backup.panId()));
    all.addProperty("extended_pan_id", "%016x".formatted(backup.extendedPanId()));
    all.addProperty("nwk_update_id", 0);
    all.addProperty("security_level", 5);
    all.addProperty("channel", backup.channel());
    all.add("channel_mask", mask);
    all.add("network_key", key);
    all.add("devices", devices(devices));
    return GSON.toJson(all);
  }

  private static JsonArray devices(Collection<Device> devices) {
    JsonArray array = new JsonArray();
    for (Device device : devices) {
      JsonObject one = new JsonObject();
      one.addProperty("nwk_address", "%04x".formatted(device.network()));
      one.addProperty("ieee_address", "%016x".formatted(device.ieee()));
      one.addProperty("is_child", false);
      array.add(one);
    }
    return array;
  }
}
