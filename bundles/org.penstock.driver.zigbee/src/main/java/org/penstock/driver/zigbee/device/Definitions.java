package org.penstock.driver.zigbee.device;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which channels a device can have, by data: files of the bundle, and JSON files of a folder that
 * people add theirs to. A definition without models is for all devices; a channel of one that names
 * the model takes the place of a general one of the same name. Unchangeable.
 */
public final class Definitions {

  private static final Gson GSON = new Gson();
  private static final String BUILT_IN = "clusters.json";

  private final List<Definition> all;

  private Definitions(List<Definition> all) {
    this.all = List.copyOf(all);
  }

  /**
   * A file holds a list of these.
   *
   * @param models as devices call themselves; null or empty for all
   * @param channels what can be had
   */
  private record Definition(List<String> models, List<Channel> channels) {

    boolean general() {
      return models == null || models.isEmpty();
    }
  }

  /**
   * A channel; endpoint null: each that has the cluster.
   *
   * @param report seconds at least, seconds at most, change; null for none
   */
  private record Channel(
      String name,
      Integer endpoint,
      int cluster,
      int attribute,
      Integer manufacturer,
      Double scale,
      String type,
      String unit,
      boolean write,
      List<Integer> report) {}

  /**
   * Those of the bundle and of the folder.
   *
   * @param folder need not exist
   * @throws IOException names the file that can't be read
   */
  public static Definitions load(Path folder) throws IOException {
    List<Definition> all = new ArrayList<>();
    try (InputStream in = Definitions.class.getResourceAsStream(BUILT_IN)) {
      all.addAll(parse(BUILT_IN, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
    }
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
          all.addAll(parse(file.toString(), Files.readString(file)));
        }
      }
    }
    return new Definitions(all);
  }

  private static List<Definition> parse(String name, String json) throws IOException {
    try {
      List<Definition> parsed = GSON.fromJson(json, new TypeToken<List<Definition>>() {}.getType());
      for (Definition definition : parsed) {
        for (Channel channel : definition.channels()) {
          check(name, channel);
        }
      }
      return parsed;
    } catch (JsonParseException | NullPointerException broken) {
      throw new IOException(name + " is no list of definitions: " + broken.getMessage(), broken);
    }
  }

  private static void check(String file, Channel channel) throws IOException {
    if (channel.name() == null
        || channel.type() == null
        || channel.report() != null && channel.report().size() != 3) {
      throw new IOException(
          file + ": a channel needs name, cluster, attribute, type; report is [min, max, change]");
    }
  }

  /** The channels of a device by name, each with the properties that an asset wants. */
  public Map<String, Map<String, String>> channels(Device device) {
    Map<String, Map<String, String>> channels = new TreeMap<>();
    add(channels, device, all.stream().filter(Definition::general).toList());
    add(
        channels,
        device,
        all.stream().filter(d -> !d.general() && d.models().contains(device.model())).toList());
    return channels;
  }

  private static void add(
      Map<String, Map<String, String>> channels, Device device, List<Definition> definitions) {
    for (Definition definition : definitions) {
      for (Channel channel : definition.channels()) {
        List<Integer> endpoints =
            device.endpoints().stream()
                .filter(e -> e.inputs().contains(channel.cluster()))
                .map(Device.Endpoint::id)
                .filter(id -> channel.endpoint() == null || channel.endpoint().equals(id))
                .toList();
        for (int endpoint : endpoints) {
          String name = endpoints.size() == 1 ? channel.name() : channel.name() + '.' + endpoint;
          channels.put(name, properties(device, channel, endpoint));
        }
      }
    }
  }

  private static Map<String, String> properties(Device device, Channel channel, int endpoint) {
    Map<String, String> properties = new TreeMap<>();
    properties.put("+type", channel.write() ? "READ_WRITE" : "READ");
    properties.put("+value.type", channel.type());
    properties.put("+listen", "true");
    properties.put("device", Ieee.text(device.ieee()));
    properties.put("endpoint", Integer.toString(endpoint));
    properties.put("cluster", Integer.toString(channel.cluster()));
    properties.put("attribute", Integer.toString(channel.attribute()));
    if (channel.unit() != null) {
      properties.put("+unit", channel.unit());
    }
    if (channel.manufacturer() != null) {
      properties.put("manufacturer", channel.manufacturer().toString());
    }
    if (channel.scale() != null) {
      properties.put("scale", channel.scale().toString());
    }
    if (channel.report() != null) {
      properties.put("report.min.s", channel.report().get(0).toString());
      properties.put("report.max.s", channel.report().get(1).toString());
      properties.put("report.change", channel.report().get(2).toString());
    }
    return properties;
  }
}
