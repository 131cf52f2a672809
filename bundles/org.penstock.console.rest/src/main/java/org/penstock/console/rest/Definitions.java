package org.penstock.console.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.configuration.metatype.OCD;
import org.eclipse.kura.configuration.metatype.Option;
import org.eclipse.kura.configuration.metatype.Scalar;

/** Components of the Java API to JSON. */
final class Definitions {

  private Definitions() {}

  static ConfigurationJson.Component component(ComponentConfiguration configuration) {
    Map<String, Object> properties = configuration.getConfigurationProperties();
    Map<String, ConfigurationJson.Property> json = new TreeMap<>();
    OCD ocd = configuration.getDefinition();
    if (properties != null) {
      properties.forEach(
          (key, value) -> {
            if (value != null) {
              json.put(key, property(ocd, key, value));
            }
          });
    }
    return new ConfigurationJson.Component(
        configuration.getPid(), null, ocd == null ? null : definition(ocd), json);
  }

  private static ConfigurationJson.Property property(OCD ocd, String key, Object value) {
    if (isPassword(ocd, key)) {
      return new ConfigurationJson.Property("PASSWORD", null); // encrypted text is secret, too
    }
    return new ConfigurationJson.Property(Values.type(value), Values.json(value));
  }

  private static boolean isPassword(OCD ocd, String key) {
    return ocd != null
        && ocd.getAD().stream()
            .anyMatch(ad -> ad.getId().equals(key) && ad.getType() == Scalar.PASSWORD);
  }

  private static ConfigurationJson.Definition definition(OCD ocd) {
    List<ConfigurationJson.Attribute> attributes = new ArrayList<>();
    for (AD ad : ocd.getAD()) {
      attributes.add(attribute(ad));
    }
    return new ConfigurationJson.Definition(
        ocd.getId(), ocd.getName(), ocd.getDescription(), attributes);
  }

  private static ConfigurationJson.Attribute attribute(AD ad) {
    List<ConfigurationJson.Choice> choices = new ArrayList<>();
    for (Option option : ad.getOption()) {
      choices.add(new ConfigurationJson.Choice(option.getLabel(), option.getValue()));
    }
    return new ConfigurationJson.Attribute(
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
