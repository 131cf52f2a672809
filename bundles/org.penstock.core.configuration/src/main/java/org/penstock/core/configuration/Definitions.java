package org.penstock.core.configuration;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.kura.core.configuration.metatype.Tocd;

/** The definitions of all bundles that are there now. Any thread may call. */
final class Definitions {

  private record Owned(Definition definition, String owner) {}

  private final Map<String, Owned> singletons = new ConcurrentHashMap<>();
  private final Map<String, Owned> factories = new ConcurrentHashMap<>();

  /**
   * Takes a bundle's definitions.
   *
   * @param owner the bundle's symbolic name and version
   */
  void add(String owner, Collection<Definition> definitions) {
    for (Definition definition : definitions) {
      (definition.factory() ? factories : singletons)
          .put(definition.pid(), new Owned(definition, owner));
    }
  }

  /** Forgets what the bundle brought. */
  void remove(String owner) {
    singletons.values().removeIf(owned -> owned.owner().equals(owner));
    factories.values().removeIf(owned -> owned.owner().equals(owner));
  }

  Optional<Tocd> singleton(String pid) {
    return Optional.ofNullable(singletons.get(pid)).map(owned -> owned.definition().ocd());
  }

  Optional<Tocd> factory(String pid) {
    return pid == null
        ? Optional.empty()
        : Optional.ofNullable(factories.get(pid)).map(owned -> owned.definition().ocd());
  }

  /** By component name, as a factory's or else as a singleton's. */
  Optional<Tocd> named(String name) {
    return factory(name).or(() -> singleton(name));
  }

  Set<String> factoryPids() {
    return new TreeSet<>(factories.keySet());
  }

  List<Definition> all() {
    return java.util.stream.Stream.concat(singletons.values().stream(), factories.values().stream())
        .map(Owned::definition)
        .toList();
  }
}
