package org.penstock.core.configuration;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.kura.configuration.ConfigurationService;
import org.penstock.api.storage.DurableStorage;

/** The configuration over any storage and without a framework, for other bundles' crash point tests. */
public final class StoredConfiguration {

  private final Box box;

  /** Starts with what is stored, as after a power failure. */
  public StoredConfiguration(Path home, DurableStorage storage, long now, String metatype) {
    box =
        new Box(
            home.resolve("snapshots"),
            storage,
            new DeviceCrypto("0123456789abcdef"),
            new long[] {now},
            4);
    box.start(null).define(metatype);
  }

  /** What is called to change it. */
  public ConfigurationService service() {
    return box.service;
  }

  /** The component runtime activates the component. */
  public void activate(String pid) {
    box.activate(pid);
  }

  /** What the component is handed; empty when there is none. */
  public Optional<Map<String, Object>> given(String pid) {
    return Optional.ofNullable(box.given(pid)).map(TreeMap::new);
  }

  /** Pids of all instances. */
  public Set<String> instances() {
    Set<String> pids = new TreeSet<>();
    box.components.instances().forEach(one -> pids.add(one.pid()));
    return pids;
  }
}
