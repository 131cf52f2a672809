package org.penstock.acceptance.inside.flow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.core.configuration.ComponentConfigurationImpl;
import org.eclipse.kura.wire.WireHelperService;
import org.eclipse.kura.wire.graph.MultiportWireConfiguration;
import org.eclipse.kura.wire.graph.WireComponentConfiguration;
import org.eclipse.kura.wire.graph.WireGraphConfiguration;
import org.eclipse.kura.wire.graph.WireGraphService;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.wireadmin.Wire;
import org.osgi.service.wireadmin.WireAdmin;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;

/** A graph to be drawn and applied, and what tests ask of the framework. */
final class Board {

  static final Duration LIMIT = Duration.ofSeconds(120);
  static final BundleContext CONTEXT = FrameworkUtil.getBundle(Board.class).getBundleContext();

  private final Map<String, WireComponentConfiguration> components = new LinkedHashMap<>();
  private final List<MultiportWireConfiguration> wires = new ArrayList<>();

  private final List<Probe> probes = new ArrayList<>();

  static <T> T service(Class<T> type) {
    ServiceReference<T>[] found = found(type, null);
    await(() -> "no service " + type.getName(), () -> found(type, null).length > 0);
    return CONTEXT.getService(found.length > 0 ? found[0] : found(type, null)[0]);
  }

  @SuppressWarnings("unchecked")
  static <T> ServiceReference<T>[] found(Class<T> type, String filter) {
    try {
      return CONTEXT.getServiceReferences(type, filter).toArray(new ServiceReference[0]);
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static ConfigurationService configurations() {
    return service(ConfigurationService.class);
  }

  static WireGraphService graphs() {
    return service(WireGraphService.class);
  }

  static WireHelperService helper() {
    return service(WireHelperService.class);
  }

  static void await(Supplier<String> otherwise, BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + LIMIT + ": " + otherwise.get());
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  /** Properties of key, value, key, value. */
  static Map<String, Object> properties(Object... keysAndValues) {
    Map<String, Object> properties = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      properties.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return properties;
  }

  /** A component of a factory; without one, one that is there. */
  Board put(String pid, int in, int out, String factory, Object... keysAndValues) {
    Map<String, Object> properties = properties(keysAndValues);
    if (factory != null) {
      properties.put("service.factoryPid", factory);
    }
    components.put(
        pid,
        new WireComponentConfiguration(
            new ComponentConfigurationImpl(pid, null, properties),
            properties("inputPortCount", in, "outputPortCount", out)));
    return this;
  }

  Board probe(Probe probe) {
    probes.add(probe);
    return put(probe.pid(), probe.inputs(), probe.outputs(), null);
  }

  Board wire(String from, int out, String to, int in) {
    wires.add(new MultiportWireConfiguration(from, to, out, in));
    return this;
  }

  Board wire(String from, String to) {
    return wire(from, 0, to, 0);
  }

  WireGraphConfiguration configuration() {
    return new WireGraphConfiguration(List.copyOf(components.values()), List.copyOf(wires));
  }

  /** Applies the graph and waits until all its wires carry. */
  Board apply() throws KuraException {
    graphs().update(configuration());
    await(
        () -> wires.size() + " wires wanted, there are " + connected(),
        () -> connected().size() == wires.size());
    for (Probe probe : probes) {
      long out = wires.stream().filter(one -> one.getEmitterPid().equals(probe.pid())).count();
      if (probe.emits()) {
        await(
            () -> probe.pid() + " is told " + probe.outgoing() + " of " + out + " wires",
            () -> ours(probe) == out);
      }
    }
    return this;
  }

  /** Those that graphs made: others' wires to the same services stay as they are. */
  private static long ours(Probe probe) {
    return probe.outgoing().stream()
        .filter(wire -> probe.pid().equals(wire.getProperties().get("emitter.kura.service.pid")))
        .count();
  }

  /** Wires of graphs that carry now. */
  static List<String> connected() {
    try {
      Wire[] found = service(WireAdmin.class).getWires("(emitter.kura.service.pid=*)");
      return Stream.of(found == null ? new Wire[0] : found)
          .filter(Wire::isConnected)
          .map(
              wire ->
                  wire.getProperties().get("emitter.kura.service.pid")
                      + "."
                      + wire.getProperties().get("emitter.port")
                      + ">"
                      + wire.getProperties().get("receiver.kura.service.pid")
                      + "."
                      + wire.getProperties().get("receiver.port"))
          .sorted()
          .toList();
    } catch (InvalidSyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static void clear() throws KuraException {
    graphs().delete();
    await(() -> "" + connected(), () -> connected().isEmpty());
    for (String made : List.of("gTimer", "gLog")) {
      await(() -> made + " stays", () -> !isThere(made));
    }
  }

  /** How a thing is, by its name on the health page; fails when it is not there. */
  static HealthState health(String name) {
    return Stream.of(found(HealthSource.class, null))
        .map(CONTEXT::getService)
        .filter(source -> source != null && name.equals(source.name()))
        .map(HealthSource::health)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no health of " + name));
  }

  /** Changes a component's properties. */
  static void update(String pid, Object... keysAndValues) throws KuraException {
    configurations().updateConfiguration(pid, properties(keysAndValues), false);
  }

  static boolean isThere(String pid) {
    return configurations().getConfigurableComponentPids().contains(pid);
  }
}
