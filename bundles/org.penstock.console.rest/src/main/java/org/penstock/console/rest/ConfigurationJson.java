package org.penstock.console.rest;

import com.google.gson.JsonElement;
import java.util.List;
import java.util.Map;

/** The JSON of Kura's {@code configuration/v2}, field by field. */
final class ConfigurationJson {

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
      String pid, String factoryPid, Definition definition, Map<String, Property> properties) {}

  /** Several components; {@code takeSnapshot} only in requests, absent means true. */
  record Components(List<Component> configs, Boolean takeSnapshot) {}

  /** Several pids; {@code takeSnapshot} only in requests, absent means true. */
  record Pids(List<String> pids, Boolean takeSnapshot) {}

  /** One instance with its factory. */
  record Instance(String pid, String factoryPid) {}

  /** All instances. */
  record Instances(List<Instance> components) {}

  /** Ids of snapshots, oldest first. */
  record SnapshotIds(List<Long> ids) {}

  /** The id of one snapshot. */
  record SnapshotId(Long id) {}

  /** One part of a request that failed. */
  record Failure(String id, String message) {}

  /** What failed of a request, while the rest was done. */
  record Failures(List<Failure> failures) {}

  private ConfigurationJson() {}
}
