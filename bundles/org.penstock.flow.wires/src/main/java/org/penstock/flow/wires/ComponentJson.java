package org.penstock.flow.wires;

import com.google.gson.JsonElement;
import jakarta.ws.rs.BadRequestException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.configuration.metatype.OCD;
import org.eclipse.kura.configuration.metatype.Option;
import org.eclipse.kura.configuration.metatype.Scalar;
import org.eclipse.kura.core.configuration.ComponentConfigurationImpl;
import org.eclipse.kura.wire.graph.MultiportWireConfiguration;
import org.eclipse.kura.wire.graph.WireComponentConfiguration;
import org.eclipse.kura.wire.graph.WireGraphConfiguration;

/** Components and their definitions as Kura's REST interface writes them. */
final class ComponentJson {

  /** One value with its type's name in capitals; a password's value is never given out. */
  record Property(String type, JsonElement value) {}

  /** One choice of an attribute. */
  record Choice(String label, String value) {}

  /** One attribute of a definition. */
  record Attribute(
      String id,
      String type,
      String name,
      String description,
      int cardinality,
      String min,
      String max,
      boolean isRequired,
      String defaultValue,
      List<Choice> option) {}

  /** A component's definition. */
  record Definition(String id, String name, String description, List<Attribute> ad) {}

  /** One component. */
  record Component(
      String pid, String factoryPid, Definition definition, Map<String, Property> properties) {

    Map<String, Object> values() {
      Map<String, Object> values = new HashMap<>();
      if (properties != null) {
        properties.forEach(
            (key, json) -> {
              Object value = JsonValues.value("property " + key + " of " + pid, json);
              if (value != null) {
                values.put(key, value);
              }
            });
      }
      if (factoryPid != null) {
        values.put(Factories.FACTORY_PID, factoryPid);
      }
      return values;
    }
  }

  /** Several components. */
  record Components(List<Component> configs, Boolean takeSnapshot) {

    List<Component> given() {
      if (configs == null || configs.stream().anyMatch(one -> one == null || one.pid() == null)) {
        throw new BadRequestException(
            "the configurations are missing; give {\"configs\":[{\"pid\":\"..\",\"properties\":{..}}]}");
      }
      return configs;
    }

    /**
     * The graph that these are.
     *
     * @param graphPid of the component with the property WireGraph
     */
    WireGraphConfiguration asked(String graphPid) {
      Map<String, Map<String, Object>> values = new HashMap<>();
      given().forEach(one -> values.put(one.pid(), one.values()));
      Map<String, Object> holder = values.getOrDefault(graphPid, Map.of());
      if (!(holder.get(WireGraphConfig.GRAPH) instanceof String text)) {
        throw new BadRequestException(
            "the graph is missing: give a configuration of %s with the STRING property %s"
                .formatted(graphPid, WireGraphConfig.GRAPH));
      }
      Graph graph;
      try {
        graph = GraphJson.read(text);
      } catch (IllegalArgumentException unreadable) {
        throw new BadRequestException(
            WireGraphConfig.GRAPH + ": " + unreadable.getMessage(), unreadable);
      }
      List<WireComponentConfiguration> components = new ArrayList<>();
      for (Node node : graph.nodes()) {
        components.add(
            new WireComponentConfiguration(
                new ComponentConfigurationImpl(
                    node.pid(), null, values.getOrDefault(node.pid(), new HashMap<>())),
                GraphForms.properties(node)));
      }
      List<MultiportWireConfiguration> wires =
          graph.edges().stream().map(GraphForms::wire).toList();
      return new WireGraphConfiguration(components, wires);
    }
  }

  /** Several pids. */
  record Pids(List<String> pids, Boolean takeSnapshot) {

    List<String> given() {
      if (pids == null || pids.contains(null)) {
        throw new BadRequestException("the pids are missing; give {\"pids\":[\"..\"]}");
      }
      return pids;
    }
  }

  /** One instance with its factory. */
  record Instance(String pid, String factoryPid) {}

  /** Several instances. */
  record Instances(List<Instance> components) {}

  /** One part of a request that failed. */
  record Failure(String id, String message) {}

  /** What failed of a request, while the rest was done. */
  record Failures(List<Failure> failures) {}

  private ComponentJson() {}

  static Components of(List<ComponentConfiguration> configurations) {
    return new Components(configurations.stream().map(ComponentJson::of).toList(), null);
  }

  static Component of(ComponentConfiguration configuration) {
    Map<String, Property> json = new TreeMap<>();
    OCD definition = configuration.getDefinition();
    Map<String, Object> properties = configuration.getConfigurationProperties();
    (properties == null ? Map.<String, Object>of() : properties)
        .forEach(
            (key, value) -> {
              if (value != null) {
                json.put(key, property(definition, key, value));
              }
            });
    return new Component(
        configuration.getPid(),
        null,
        definition == null
            ? null
            : new Definition(
                definition.getId(),
                definition.getName(),
                definition.getDescription(),
                attributes(definition.getAD())),
        json);
  }

  private static Property property(OCD definition, String key, Object value) {
    boolean secret =
        definition != null
            && definition.getAD().stream()
                .anyMatch(ad -> ad.getId().equals(key) && ad.getType() == Scalar.PASSWORD);
    return secret
        ? new Property("PASSWORD", null)
        : new Property(JsonValues.type(value), JsonValues.json(value));
  }

  static List<Attribute> attributes(List<? extends AD> some) {
    return some.stream().map(ComponentJson::attribute).toList();
  }

  private static Attribute attribute(AD ad) {
    List<Choice> choices = new ArrayList<>();
    for (Option option : ad.getOption()) {
      choices.add(new Choice(option.getLabel(), option.getValue()));
    }
    return new Attribute(
        ad.getId(),
        ad.getType().name(),
        ad.getName(),
        ad.getDescription(),
        ad.getCardinality(),
        ad.getMin(),
        ad.getMax(),
        ad.isRequired(),
        ad.getType() == Scalar.PASSWORD ? null : ad.getDefault(),
        choices.isEmpty() ? null : choices);
  }
}
