package org.penstock.flow.wires;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.core.configuration.ComponentConfigurationImpl;
import org.osgi.framework.Filter;

/** Instances in memory; a component comes and goes with its configuration, as late as a test wants. */
final class FakeConfigurations implements ConfigurationService {

  /** What was called, in order. */
  final List<String> calls = new ArrayList<>();

  final Map<String, Map<String, Object>> instances = new TreeMap<>();
  final Set<String> active = new TreeSet<>();
  final List<ComponentConfiguration> stored = new ArrayList<>();
  final Deque<Runnable> later = new ArrayDeque<>();
  final GraphWires wires;
  final Set<String> departing = java.util.concurrent.ConcurrentHashMap.newKeySet();
  Runnable asked = () -> {};
  String failOnce = "";
  String brokenFactory = "";
  String graph = "";
  private int made;
  private int pidsAsked;

  /** Configuration Admin's thread goes on when asked for the second time. */
  boolean slow;

  /** Made while the wires of one with the same pid were still there. */
  final Set<String> madeTooEarly = new TreeSet<>();

  FakeConfigurations(GraphWires wires) {
    this.wires = wires;
  }

  /** Lets Configuration Admin's thread do its work. */
  void settle() {
    while (!later.isEmpty()) {
      later.poll().run();
    }
  }

  @Override
  public void createFactoryConfiguration(
      String factoryPid, String pid, Map<String, Object> properties, boolean takeSnapshot)
      throws KuraException {
    calls.add("create " + factoryPid + " " + pid + " " + takeSnapshot);
    boolean fails = factoryPid.equals(failOnce);
    failOnce = "";
    if (fails || factoryPid.equals(brokenFactory) || instances.containsKey(pid)) {
      throw new KuraException(KuraErrorCode.INVALID_PARAMETER, pid);
    }
    if (wires.find(pid).isPresent()) {
      madeTooEarly.add(pid);
    }
    Map<String, Object> all = new HashMap<>(properties);
    String servicePid = factoryPid + "-" + made++;
    all.put("service.factoryPid", factoryPid);
    all.put("service.pid", servicePid);
    instances.put(pid, all);
    later.add(
        () -> {
          wires.came(pid, servicePid);
          if (instances.get(pid) == all) {
            active.add(pid);
          }
        });
  }

  @Override
  public void deleteFactoryConfiguration(String pid, boolean takeSnapshot) {
    calls.add("delete " + pid + " " + takeSnapshot);
    Map<String, Object> gone = instances.remove(pid);
    active.remove(pid);
    if (gone != null) {
      later.add(() -> wires.went(pid, (String) gone.get("service.pid")));
    }
  }

  @Override
  public ComponentConfiguration getComponentConfiguration(String pid) {
    if (departing.contains(pid)) { // its configuration is gone, itself not yet
      Runnable then = asked;
      asked = () -> {};
      then.run();
      return new ComponentConfigurationImpl(pid, null, new HashMap<>());
    }
    Map<String, Object> properties = active.contains(pid) ? instances.get(pid) : null;
    return properties == null ? null : new ComponentConfigurationImpl(pid, null, properties);
  }

  @Override
  public void updateConfiguration(String pid, Map<String, Object> properties, boolean snapshot) {
    calls.add("update " + pid + " " + snapshot);
    if (pid.equals(WireGraphConfig.PID)) {
      graph = (String) properties.get(WireGraphConfig.GRAPH);
    } else {
      Map<String, Object> given = new HashMap<>(properties);
      given.remove("service.factoryPid");
      instances.get(pid).putAll(given);
    }
  }

  @Override
  public void updateConfigurations(List<ComponentConfiguration> list, boolean takeSnapshot) {
    list.forEach(
        one -> updateConfiguration(one.getPid(), one.getConfigurationProperties(), takeSnapshot));
  }

  @Override
  public long snapshot() {
    calls.add("snapshot");
    stored.clear();
    instances.forEach(
        (pid, properties) ->
            stored.add(new ComponentConfigurationImpl(pid, null, new HashMap<>(properties))));
    return 1;
  }

  @Override
  public Set<String> getConfigurableComponentPids() {
    if (!slow || ++pidsAsked % 2 == 0) { // who asks lets Configuration Admin's thread go on
      settle();
    }
    return new TreeSet<>(active);
  }

  @Override
  public Set<String> getFactoryComponentPids() {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<ComponentConfiguration> getComponentConfigurations() {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<ComponentConfiguration> getComponentConfigurations(Filter filter) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ComponentConfiguration getDefaultComponentConfiguration(String pid) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void updateConfiguration(String pid, Map<String, Object> properties) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void updateConfigurations(List<ComponentConfiguration> list) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Set<Long> getSnapshots() {
    return stored.isEmpty() ? Set.of() : Set.of(1L);
  }

  @Override
  public List<ComponentConfiguration> getSnapshot(long id) {
    return stored;
  }

  @Override
  public long rollback() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void rollback(long id) {
    throw new UnsupportedOperationException();
  }
}
