package org.penstock.core.configuration;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.metatype.OCD;
import org.penstock.api.configuration.ConfigurationCheck;
import org.penstock.api.configuration.Problem;

/** Strict answers beside Kura's lenient ones. */
final class StrictCheck implements ConfigurationCheck {

  private final Components components;
  private final Leniency leniency;
  private final Factory factory;

  /** What factories find wrong themselves. */
  interface Factory {
    List<Problem> problems(String factoryPid, String pid, Map<String, Object> values);
  }

  StrictCheck(Components components, Leniency leniency, Factory factory) {
    this.components = components;
    this.leniency = leniency;
    this.factory = factory;
  }

  /** Refuses a call through Kura's API where that is asked for. */
  void requireStrict(String pid, Map<String, Object> properties) throws KuraException {
    if (pid == null || properties == null || !leniency.isStrict(pid, properties)) {
      return;
    }
    boolean made = isNew(pid) && properties.get(Keys.FACTORY_PID) instanceof String;
    require(
        pid,
        made
            ? foundNew((String) properties.get(Keys.FACTORY_PID), pid, properties)
            : found(pid, properties));
  }

  /** The same for a new instance. */
  void requireStrictNew(String factoryPid, String pid, Map<String, Object> properties)
      throws KuraException {
    Map<String, Object> given = properties == null ? Map.of() : properties;
    if (pid != null && leniency.isStrict(pid, given)) {
      require(pid, foundNew(factoryPid, pid, given));
    }
  }

  private static void require(String pid, List<Problem> problems) throws KuraException {
    if (problems.isEmpty()) {
      return;
    }
    Problem first = problems.get(0);
    String others =
        problems.stream().skip(1).map(one -> " | " + one.text()).collect(Collectors.joining());
    String place = pid + ", " + first.attribute();
    if (first.attribute().isEmpty()) {
      throw new KuraException(KuraErrorCode.CONFIGURATION_ERROR, first.text() + others);
    }
    throw first.given().isEmpty()
        ? new KuraException(
            KuraErrorCode.CONFIGURATION_REQUIRED_ATTRIBUTE_MISSING,
            place + " (" + first.allowed() + ")" + others)
        : new KuraException(
            KuraErrorCode.CONFIGURATION_ATTRIBUTE_INVALID,
            place,
            first.given(),
            first.allowed() + others);
  }

  @Override
  public List<Problem> check(String pid, Map<String, Object> properties) {
    return leniency.isWaived(pid, properties) ? List.of() : found(pid, properties);
  }

  private List<Problem> found(String pid, Map<String, Object> properties) {
    if (!components.isKnown(pid)) {
      return List.of(new Problem(pid, "", "", "no component has this pid; make it or correct it"));
    }
    Optional<OCD> own =
        components.active(pid).flatMap(components::own).map(ComponentConfiguration::getDefinition);
    Optional<? extends OCD> definition = own.isPresent() ? own : components.definition(pid);
    List<Problem> problems = new ArrayList<>(unstorable(pid, properties));
    definition.ifPresent(ocd -> problems.addAll(new Validation(pid, ocd).ofGiven(properties)));
    definition.ifPresent(ocd -> problems.addAll(new Validation(pid, ocd).ofCleared(properties)));
    if (problems.isEmpty() && definition.isPresent()) {
      components
          .instance(pid)
          .ifPresent(
              one ->
                  problems.addAll(
                      factory.problems(
                          one.factoryPid(), pid, complete(pid, definition.get(), properties))));
    }
    return problems;
  }

  private Map<String, Object> complete(String pid, OCD definition, Map<String, Object> given) {
    Map<String, Object> defaults = Defaults.of(definition);
    try {
      Map<String, Object> running = components.stored(pid).orElseGet(Map::of);
      return PropertyMaps.layered(PropertyMaps.layered(defaults, running), given);
    } catch (IOException unreadable) {
      return PropertyMaps.layered(defaults, given); // the update itself will say so
    }
  }

  /** Nobody has the pid. */
  boolean isNew(String pid) {
    return !components.isKnown(pid);
  }

  @Override
  public List<Problem> checkNew(String factoryPid, String pid, Map<String, Object> properties) {
    return leniency.isWaived(pid, properties) ? List.of() : foundNew(factoryPid, pid, properties);
  }

  private List<Problem> foundNew(String factoryPid, String pid, Map<String, Object> properties) {
    List<Problem> problems = new ArrayList<>();
    if (pid == null || pid.isBlank()) {
      problems.add(new Problem("", Keys.KURA_PID, "", "give the new instance's pid"));
      return problems;
    }
    if (components.active(pid).isPresent() || components.instance(pid).isPresent()) {
      problems.add(new Problem(pid, "", "", "the pid is in use; take another one"));
    }
    problems.addAll(unstorable(pid, properties));
    Optional<? extends OCD> definition = components.definitions().factory(factoryPid);
    if (definition.isEmpty()) {
      problems.add(
          new Problem(
              pid,
              Keys.FACTORY_PID,
              String.valueOf(factoryPid),
              "no such factory; install its bundle or correct the name"));
      return problems;
    }
    Map<String, Object> complete = PropertyMaps.layered(Defaults.of(definition.get()), properties);
    problems.addAll(new Validation(pid, definition.get()).ofAll(complete));
    if (problems.isEmpty()) {
      problems.addAll(factory.problems(factoryPid, pid, complete));
    }
    return problems;
  }

  private static List<Problem> unstorable(String pid, Map<String, Object> properties) {
    List<Problem> problems = new ArrayList<>();
    properties.forEach(
        (key, value) -> {
          if (value != null && ValueType.of(ValueType.normal(value)).isEmpty()) {
            problems.add(
                new Problem(
                    pid, key, value.getClass().getName(), "allowed: one of " + ValueType.NAMES));
          }
        });
    return problems;
  }
}
