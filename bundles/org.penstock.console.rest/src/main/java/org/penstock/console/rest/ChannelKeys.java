package org.penstock.console.rest;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.NotFoundException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.configuration.metatype.OCD;
import org.eclipse.kura.configuration.metatype.Option;
import org.penstock.api.configuration.Problem;
import org.penstock.console.rest.ConfigurationEdits.Faulty;

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
  Map<String, Object> patch(Map<String, JsonElement> properties) throws Faulty {
    if (properties == null || properties.isEmpty()) {
      throw new BadRequestException("give {\"properties\":{\"+unit\":\"bar\"}}");
    }
    existing();
    Map<String, Object> changes = new HashMap<>();
    put(properties, changes);
    return changes;
  }

  /** Changes of the asset that make the channel anew. */
  Map<String, Object> put(Map<String, JsonElement> properties) throws Faulty {
    if (properties == null
        || !properties.containsKey("+type")
        || !properties.containsKey("+value.type")) {
      throw new BadRequestException(
          "channel " + channel + ": give at least the properties +type and +value.type");
    }
    Map<String, Object> changes = new HashMap<>(removals());
    changes.put(channel + "#+name", channel);
    changes.put(channel + "#+enabled", true);
    put(properties, changes);
    return changes;
  }

  private void put(Map<String, JsonElement> properties, Map<String, Object> changes) throws Faulty {
    List<Problem> problems = new ArrayList<>();
    properties.forEach(
        (key, value) -> {
          Object given = value(key, value);
          changes.put(channel + "#" + key, given);
          attribute(key).flatMap(ad -> fault(key, ad, given)).ifPresent(problems::add);
        });
    if (!problems.isEmpty()) {
      throw new Faulty(problems);
    }
  }

  private Optional<Problem> fault(String key, AD attribute, Object given) {
    List<String> allowed = attribute.getOption().stream().map(Option::getValue).toList();
    if (given == null || allowed.isEmpty() || allowed.contains(given.toString())) {
      return Optional.empty();
    }
    return Optional.of(
        new Problem(
            configuration.getPid(),
            channel + "#" + key,
            given.toString(),
            "one of " + String.join(" ", allowed)));
  }

  /** By this channel's definition, or that of a neighbour: all channels have the same attributes. */
  private Optional<AD> attribute(String key) {
    OCD definition = configuration.getDefinition();
    if (definition != null) {
      for (AD ad : definition.getAD()) {
        int at = ad.getId().indexOf('#');
        if (at > 0 && ad.getId().substring(at + 1).equals(key)) {
          return Optional.of(ad);
        }
      }
    }
    return Optional.empty();
  }

  /** Changes of the asset that remove the channel. */
  Map<String, Object> delete() {
    existing();
    return removals();
  }

  private void existing() {
    boolean there =
        ConfigurationEdits.properties(configuration).keySet().stream()
            .anyMatch(k -> k.startsWith(channel + "#"));
    if (!there) {
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
    if (configuration.getDefinition() != null) {
      for (AD ad : configuration.getDefinition().getAD()) {
        if (ad.getId().startsWith(channel + "#")) {
          removals.put(ad.getId(), null); // or its default would come back
        }
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

  private String type(String key) {
    return FLAGS.contains(key)
        ? "BOOLEAN"
        : attribute(key).map(ad -> ad.getType().name()).orElse("STRING");
  }
}
