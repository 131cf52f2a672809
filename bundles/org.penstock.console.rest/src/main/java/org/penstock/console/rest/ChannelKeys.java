package org.penstock.console.rest;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.NotFoundException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.configuration.metatype.OCD;

/** One channel's part of its asset's configuration. */
final class ChannelKeys {

  private static final Pattern NAME = Pattern.compile("[^#/+, ]+");
  private static final Set<String> FLAGS = Set.of("+enabled", "+listen");

  private final String channel;
  private final ComponentConfiguration configuration;

  ChannelKeys(String channel, ComponentConfiguration configuration) {
    if (channel == null || !NAME.matcher(channel).matches()) {
      throw new BadRequestException(
          "channel name " + channel + ": not empty, without # / + , and space");
    }
    this.channel = channel;
    this.configuration = configuration;
  }

  /** Changes of the asset that change some of the channel's properties. */
  Map<String, Object> patch(Map<String, JsonElement> properties) {
    if (properties == null || properties.isEmpty()) {
      throw new BadRequestException("give {\"properties\":{\"+unit\":\"bar\"}}");
    }
    existing();
    Map<String, Object> changes = new HashMap<>();
    properties.forEach((key, value) -> changes.put(channel + "#" + key, value(key, value)));
    return changes;
  }

  /** Changes of the asset that make the channel anew. */
  Map<String, Object> put(Map<String, JsonElement> properties) {
    if (properties == null
        || !properties.containsKey("+type")
        || !properties.containsKey("+value.type")) {
      throw new BadRequestException(
          "channel " + channel + ": give at least the properties +type and +value.type");
    }
    Map<String, Object> changes = new HashMap<>(removals());
    changes.put(channel + "#+name", channel);
    changes.put(channel + "#+enabled", true);
    properties.forEach((key, value) -> changes.put(channel + "#" + key, value(key, value)));
    return changes;
  }

  /** Changes of the asset that remove the channel. */
  Map<String, Object> delete() {
    existing();
    return removals();
  }

  private void existing() {
    if (removals().isEmpty()) {
      throw new NotFoundException("asset " + configuration.getPid() + " has no channel " + channel);
    }
  }

  private Map<String, Object> removals() {
    Map<String, Object> removals = new HashMap<>();
    for (String key : ConfigurationEdits.properties(configuration).keySet()) {
      if (key.startsWith(channel + "#")) {
        removals.put(key, null);
      }
    }
    return removals;
  }

  private Object value(String key, JsonElement value) {
    if (value == null || value.isJsonNull()) {
      return null;
    }
    String type = type(key);
    JsonElement fitting = value;
    if (type.equals("STRING") && value.isJsonPrimitive()) {
      fitting = new JsonPrimitive(value.getAsString()); // numbers as they are written
    }
    return Values.value(
        "property " + key + " of channel " + channel,
        new ConfigurationJson.Property(type, fitting));
  }

  /** By this channel's definition, or that of a neighbour: all channels have the same attributes. */
  private String type(String key) {
    if (FLAGS.contains(key)) {
      return "BOOLEAN";
    }
    OCD definition = configuration.getDefinition();
    String found = "STRING";
    if (definition != null) {
      for (AD ad : definition.getAD()) {
        int at = ad.getId().indexOf('#');
        if (at > 0 && ad.getId().substring(at + 1).equals(key)) {
          found = ad.getType().name();
        }
      }
    }
    return found;
  }
}
