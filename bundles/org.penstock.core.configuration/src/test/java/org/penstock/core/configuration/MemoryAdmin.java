package org.penstock.core.configuration;

import java.io.IOException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Configuration Admin in memory, with the habits that matter: copies, identity keys, same key once. */
final class MemoryAdmin implements ConfigurationAdmin {

  final Map<String, One> all = new LinkedHashMap<>();
  int made;
  int updates;
  String failing = "";
  String deletedBeforeRead = "";

  /** As if the other one's content had been kept on disk. */
  void take(MemoryAdmin other) throws IOException {
    for (One one : other.all.values()) {
      new One(one.pid, one.factoryPid, one.location).update(one.content);
    }
  }

  @Override
  public Configuration createFactoryConfiguration(String factoryPid) {
    return createFactoryConfiguration(factoryPid, null);
  }

  @Override
  public Configuration createFactoryConfiguration(String factoryPid, String location) {
    One one = new One(factoryPid + "-" + ++made, factoryPid, location);
    all.put(one.pid, one);
    return one;
  }

  @Override
  public Configuration getConfiguration(String pid, String location) {
    One one = all.get(pid);
    return one == null ? new One(pid, null, location) : one;
  }

  @Override
  public Configuration getConfiguration(String pid) {
    return getConfiguration(pid, null);
  }

  @Override
  public Configuration getFactoryConfiguration(String factoryPid, String name, String location) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Configuration getFactoryConfiguration(String factoryPid, String name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Configuration[] listConfigurations(String filter) {
    Configuration[] found =
        all.values().stream()
            .filter(one -> one.content != null && one.content.get("kura.service.pid") != null)
            .toArray(Configuration[]::new);
    return found.length == 0 ? null : found;
  }

  final class One implements Configuration {
    final String pid;
    final String factoryPid;
    final String location;
    Hashtable<String, Object> content;
    long changes;

    One(String pid, String factoryPid, String location) {
      this.pid = pid;
      this.factoryPid = factoryPid;
      this.location = location;
    }

    @Override
    public String getPid() {
      return pid;
    }

    @Override
    public Dictionary<String, Object> getProperties() {
      if (pid.startsWith(deletedBeforeRead) && !deletedBeforeRead.isEmpty()) {
        throw new IllegalStateException("configuration " + pid + " deleted");
      }
      return content == null ? null : new Hashtable<>(content);
    }

    @Override
    public Dictionary<String, Object> getProcessedProperties(
        org.osgi.framework.ServiceReference<?> reference) {
      return getProperties();
    }

    @Override
    public void update(Dictionary<String, ?> properties) throws IOException {
      if (pid.startsWith(failing) && !failing.isEmpty()) {
        throw new IOException("no space left on device");
      }
      Hashtable<String, Object> next = new Hashtable<>();
      Map<String, String> spellings = new LinkedHashMap<>();
      for (String key : Collections.list(properties.keys())) {
        Object value = properties.get(key);
        String known = value.getClass().getName();
        if (!known.startsWith("java.lang") && !known.startsWith("[Ljava.lang")) {
          throw new IllegalArgumentException("value of " + key + " is a " + known);
        }
        if (spellings.put(key.toLowerCase(java.util.Locale.ROOT), key) != null) {
          throw new IllegalArgumentException("key " + key + " stands twice");
        }
        next.put(key, value);
      }
      next.put("service.pid", pid);
      if (factoryPid != null) {
        next.put("service.factoryPid", factoryPid);
      }
      content = next;
      all.put(pid, this);
      changes++;
      updates++;
    }

    @Override
    public void delete() {
      all.remove(pid);
    }

    @Override
    public String getFactoryPid() {
      return factoryPid;
    }

    @Override
    public void update() {
      changes++;
    }

    @Override
    public boolean updateIfDifferent(Dictionary<String, ?> properties) throws IOException {
      update(properties);
      return true;
    }

    @Override
    public void setBundleLocation(String place) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String getBundleLocation() {
      return location;
    }

    @Override
    public long getChangeCount() {
      return changes;
    }

    @Override
    public void addAttributes(ConfigurationAttribute... attributes) {}

    @Override
    public Set<ConfigurationAttribute> getAttributes() {
      return Set.of();
    }

    @Override
    public void removeAttributes(ConfigurationAttribute... attributes) {}
  }
}
