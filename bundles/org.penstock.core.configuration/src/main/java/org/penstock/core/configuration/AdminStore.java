package org.penstock.core.configuration;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Configuration Admin, seen as maps by service pid. Its call-backs come later, in its threads. */
final class AdminStore {

  private static final String ANYWHERE = "?";

  private final ConfigurationAdmin admin;

  /** One configuration that carries a kura.service.pid. */
  record Stored(String pid, String servicePid, String factoryPid) {}

  AdminStore(ConfigurationAdmin admin) {
    this.admin = admin;
  }

  /** All configurations that carry a kura.service.pid. */
  List<Stored> all() throws IOException {
    List<Stored> found = new ArrayList<>();
    try {
      Configuration[] all = admin.listConfigurations("(" + Keys.KURA_PID + "=*)");
      for (Configuration one : all == null ? new Configuration[0] : all) {
        Optional<Dictionary<String, Object>> properties = content(one);
        if (properties.isPresent() && properties.get().get(Keys.KURA_PID) instanceof String text) {
          found.add(new Stored(text, one.getPid(), one.getFactoryPid()));
        }
      }
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e); // the filter above is constant
    }
    return found;
  }

  /** What is stored, with service.pid and service.factoryPid; empty when nothing is. */
  Optional<Map<String, Object>> properties(String servicePid) throws IOException {
    return content(admin.getConfiguration(servicePid, ANYWHERE)).map(PropertyMaps::map);
  }

  /** Empty also when another thread has deleted it since it was found: that is no error of ours. */
  private static Optional<Dictionary<String, Object>> content(Configuration configuration) {
    try {
      return Optional.ofNullable(configuration.getProperties());
    } catch (IllegalStateException deletedMeanwhile) {
      return Optional.empty();
    }
  }

  /**
   * Makes a factory configuration.
   *
   * @return its service pid
   * @throws IllegalArgumentException when a value is of a type that can't be stored
   */
  String create(String factoryPid, Map<String, Object> properties) throws IOException {
    Configuration made = admin.createFactoryConfiguration(factoryPid, ANYWHERE);
    boolean stored = false;
    try {
      made.update(PropertyMaps.dictionary(properties));
      stored = true;
    } finally {
      if (!stored) {
        made.delete();
      }
    }
    return made.getPid();
  }

  /** Stores the properties, unless the same are there already. */
  void update(String servicePid, Map<String, Object> properties) throws IOException {
    Configuration configuration = admin.getConfiguration(servicePid, ANYWHERE);
    Dictionary<String, Object> now = configuration.getProperties();
    if (now == null || !PropertyMaps.same(bare(PropertyMaps.map(now)), bare(properties))) {
      configuration.update(PropertyMaps.dictionary(properties));
    }
  }

  void delete(String servicePid) throws IOException {
    admin.getConfiguration(servicePid, ANYWHERE).delete();
  }

  private static Map<String, Object> bare(Map<String, Object> properties) {
    Map<String, Object> bare = PropertyMaps.layered(properties);
    bare.remove(Keys.SERVICE_PID);
    bare.remove(Keys.FACTORY_PID);
    return bare;
  }
}
