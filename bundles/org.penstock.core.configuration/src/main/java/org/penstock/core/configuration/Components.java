package org.penstock.core.configuration;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.metatype.OCD;
import org.eclipse.kura.core.configuration.ComponentConfigurationImpl;
import org.eclipse.kura.core.configuration.metatype.Tocd;
import org.penstock.api.configuration.Problem;

/** Who is there: active components, instances, definitions, stored properties. Any thread may call. */
final class Components {

  private final Definitions definitions;
  private final AdminStore store;
  private final Board board;
  private final Map<String, Active> active = new ConcurrentHashMap<>();
  private final Map<String, Instance> instances = new ConcurrentHashMap<>();

  Components(Definitions definitions, AdminStore store, Board board) {
    this.definitions = definitions;
    this.store = store;
    this.board = board;
  }

  Definitions definitions() {
    return definitions;
  }

  void appeared(Active component) {
    active.put(component.pid(), component);
  }

  void disappeared(Active component) {
    active.remove(component.pid(), component);
    board.put(itself(component), List.of());
  }

  Set<String> activePids() {
    return Collections.unmodifiableSet(new TreeSet<>(active.keySet()));
  }

  Optional<Active> active(String pid) {
    return pid == null ? Optional.empty() : Optional.ofNullable(active.get(pid));
  }

  Optional<Instance> instance(String pid) {
    return pid == null ? Optional.empty() : Optional.ofNullable(instances.get(pid));
  }

  Collection<Instance> instances() {
    return instances.values();
  }

  /** All that have a configuration: active ones, instances, defined singletons. */
  Set<String> configuredPids() {
    Set<String> pids = new TreeSet<>(active.keySet());
    instances.values().stream()
        .filter(instance -> !instance.servicePid().isEmpty())
        .forEach(instance -> pids.add(instance.pid()));
    definitions.all().stream().filter(d -> !d.factory()).forEach(d -> pids.add(d.pid()));
    return pids;
  }

  /** A component, an instance, or a defined singleton has the pid. */
  boolean isKnown(String pid) {
    return active(pid).isPresent()
        || instance(pid).isPresent()
        || pid != null && definitions.singleton(pid).isPresent();
  }

  /** Takes the pid for an instance to be made; false when it is in use. */
  boolean reserve(Instance instance) {
    return !active.containsKey(instance.pid())
        && instances.putIfAbsent(instance.pid(), instance) == null;
  }

  void put(Instance instance) {
    instances.put(instance.pid(), instance);
  }

  /**
   * The instance is gone, and its component as good as gone: the component runtime stops it a moment
   * later, when another one with the same pid may have been made already.
   */
  void forget(String pid) {
    instances.remove(pid);
    active.remove(pid);
  }

  /** The pid in Configuration Admin. */
  String servicePid(String pid) {
    Instance instance = instances.get(pid);
    if (instance != null) {
      return instance.servicePid();
    }
    Active component = active.get(pid);
    return component == null ? pid : component.servicePid();
  }

  /** The definition from metatype; a self-configuring component may have another one of its own. */
  Optional<Tocd> definition(String pid) {
    Instance instance = instances.get(pid);
    return instance == null
        ? definitions.singleton(pid)
        : definitions.factory(instance.factoryPid());
  }

  /** What Configuration Admin holds, passwords sealed; empty when it holds nothing. */
  Optional<Map<String, Object>> stored(String pid) throws IOException {
    String servicePid = servicePid(pid);
    return servicePid.isEmpty()
        ? Optional.empty()
        : store.properties(servicePid).map(properties -> typed(pid, properties));
  }

  private Map<String, Object> typed(String pid, Map<String, Object> properties) {
    Map<String, Object> typed = Secrets.typed(definition(pid).orElse(null), properties);
    instance(pid)
        .ifPresent(
            i ->
                i.secretKeys()
                    .forEach(key -> typed.computeIfPresent(key, (k, v) -> Secrets.password(v))));
    return typed;
  }

  /**
   * An active component's configuration, passwords as they come; empty when the component is not
   * there or tells nonsense about itself. May run the component's code: hold no lock.
   */
  Optional<ComponentConfiguration> configuration(String pid) throws IOException {
    Optional<Active> component = active(pid);
    if (component.isEmpty()) {
      return Optional.empty();
    }
    if (!component.get().isSelfConfiguring()) {
      Map<String, Object> properties = stored(pid).orElseGet(Map::of);
      return Optional.of(
          new ComponentConfigurationImpl(pid, definition(pid).orElse(null), properties));
    }
    return own(component.get())
        .map(
            own -> new ComponentConfigurationImpl(pid, tocd(own.getDefinition()), properties(own)));
  }

  /**
   * What a snapshot holds of a component, passwords as they come; empty when there is nothing. May
   * run the component's code: hold no lock.
   */
  Optional<Map<String, Object>> kept(String pid) throws IOException {
    Optional<Active> component = active(pid);
    if (component.isPresent() && component.get().isStored()) {
      return stored(pid);
    }
    Optional<ComponentConfiguration> now = configuration(pid);
    return now.isPresent() ? now.map(one -> one.getConfigurationProperties()) : stored(pid);
  }

  /**
   * What a self-configuring component says about itself; what is wrong with it stands on the board.
   * Runs the component's code: hold no lock.
   */
  Optional<ComponentConfiguration> own(Active component) {
    List<Problem> problems = new ArrayList<>();
    Optional<ComponentConfiguration> own =
        component.ownConfiguration(
            text -> problems.add(new Problem(component.pid(), "", "", text)));
    board.put(itself(component), problems);
    return own;
  }

  private static String itself(Active component) {
    return component.pid() + " itself";
  }

  private static Map<String, Object> properties(ComponentConfiguration own) {
    Map<String, Object> properties = own.getConfigurationProperties();
    return properties == null
        ? new LinkedHashMap<>()
        : Secrets.typed(own.getDefinition(), PropertyMaps.layered(properties));
  }

  private static Tocd tocd(OCD definition) {
    return definition instanceof Tocd known ? known : Copies.of(definition);
  }
}
