package org.penstock.core.configuration;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.configuration.metatype.OCD;
import org.eclipse.kura.core.configuration.metatype.Tocd;
import org.penstock.api.configuration.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every way in which a configuration changes. Any thread may call. */
final class Changes {

  private static final Logger LOG = LoggerFactory.getLogger(Changes.class);

  /** A change of what is stored under a service pid. */
  @FunctionalInterface
  private interface Step {
    void run(String servicePid) throws KuraException, IOException;
  }

  private final Components components;
  private final AdminStore store;
  private final Secrets secrets;
  private final Board board;
  private final PidLocks locks = new PidLocks();
  private final Set<String> pendingDeletes = ConcurrentHashMap.newKeySet();

  Changes(Components components, AdminStore store, Secrets secrets, Board board) {
    this.components = components;
    this.store = store;
    this.secrets = secrets;
    this.board = board;
  }

  /** Pids whose instances were deleted since the last snapshot. */
  Set<String> pendingDeletes() {
    return pendingDeletes;
  }

  /** Makes an instance; does not wait for its component. */
  void create(String factoryPid, String pid, Map<String, Object> given) throws KuraException {
    if (pid == null || pid.isBlank() || factoryPid == null || factoryPid.isBlank()) {
      throw new KuraException(KuraErrorCode.INVALID_PARAMETER, "pid and factory pid must be given");
    }
    Map<String, Object> wanted = secrets.sealed(given == null ? Map.of() : given);
    requireExpressible(pid, wanted);
    if (!components.reserve(new Instance(pid, "", factoryPid, Set.of()))) {
      throw new KuraException(KuraErrorCode.INVALID_PARAMETER, "pid " + pid + " already exists");
    }
    boolean made = false;
    try {
      Map<String, Object> merged = withDefaults(definition(pid), wanted, pid);
      String servicePid = store.create(factoryPid, forStore(merged));
      components.put(new Instance(pid, servicePid, factoryPid, secretKeys(merged)));
      pendingDeletes.remove(pid);
      made = true;
      review(pid, merged);
    } catch (IOException | IllegalArgumentException e) {
      throw failed(pid, e);
    } finally {
      if (!made) {
        components.forget(pid);
      }
    }
  }

  /** Takes an instance that Configuration Admin kept from an earlier run. */
  void adopt(AdminStore.Stored stored) {
    components.put(new Instance(stored.pid(), stored.servicePid(), stored.factoryPid(), Set.of()));
  }

  /** Deletes an instance; false when the pid is not one's. */
  boolean delete(String pid) throws KuraException {
    if (pid == null) {
      throw new KuraException(KuraErrorCode.INVALID_PARAMETER, "pid must be given");
    }
    Optional<Instance> instance = components.instance(pid);
    if (instance.isEmpty() || instance.get().servicePid().isEmpty()) {
      LOG.warn("{} is not an instance of a factory: nothing deleted", pid);
      return false;
    }
    changed(
        pid,
        servicePid -> {
          store.delete(servicePid);
          components.forget(pid);
          pendingDeletes.add(pid);
        });
    board.corrected(pid);
    board.put(pid, List.of());
    return true;
  }

  /**
   * Updates one component: defaults, then running values, then the given ones; a null value clears
   * its key. What Kura skips in silence is skipped.
   *
   * @return false when skipped
   */
  boolean update(String pid, Map<String, Object> given) throws KuraException {
    if (pid == null || given == null) {
      LOG.info("Update of {} skipped: no pid or no properties", pid);
      return false;
    }
    Object factoryPid = given.get(Keys.FACTORY_PID);
    boolean known = components.active(pid).isPresent() || components.instance(pid).isPresent();
    if (!known && factoryPid instanceof String factory) {
      create(factory, pid, given);
      return true;
    }
    Optional<Active> active = components.active(pid);
    boolean self = active.isPresent() && active.get().isSelfConfiguring();
    OCD definition = self ? ownDefinition(active.get()) : definition(pid);
    if (!known && definition == null || definition == null && components.instance(pid).isEmpty()) {
      LOG.info("Update of {} skipped: no such component, or it has no definition", pid);
      return false;
    }
    Map<String, Object> wanted = secrets.sealed(Secrets.typed(definition, given));
    requireExpressible(pid, wanted);
    board.corrected(pid);
    changed(
        pid,
        servicePid -> {
          Map<String, Object> running =
              self ? identity(pid) : components.stored(pid).orElseGet(Map::of);
          Map<String, Object> values = PropertyMaps.layered(running, wanted);
          apply(pid, servicePid, withDefaults(definition, values, pid, wanted));
        });
    return true;
  }

  /** Sets exactly these values over the defaults; nothing of what runs now stays. */
  void set(String pid, Map<String, Object> values) throws KuraException {
    requireExpressible(pid, values);
    Optional<Active> active = components.active(pid);
    boolean self = active.isPresent() && active.get().isSelfConfiguring();
    OCD definition = self ? ownDefinition(active.get()) : definition(pid);
    Map<String, Object> wanted = secrets.sealed(Secrets.typed(definition, values));
    board.corrected(pid);
    changed(pid, servicePid -> apply(pid, servicePid, withDefaults(definition, wanted, pid)));
  }

  /**
   * Hands a configuration that was read at start to Configuration Admin: wrong types are made fit.
   *
   * @param factoryPid null for a singleton
   */
  void load(String factoryPid, String pid, Map<String, Object> values) throws KuraException {
    if (factoryPid != null && components.instance(pid).isEmpty()) {
      Tocd definition = components.definitions().factory(factoryPid).orElse(null);
      Validation.Fitted fitted = fitted(pid, definition, values);
      board.read(pid, fitted.problems());
      create(factoryPid, pid, fitted.properties());
      return;
    }
    changed(pid, servicePid -> loadKnown(pid, servicePid, values));
  }

  private void loadKnown(String pid, String servicePid, Map<String, Object> values)
      throws KuraException, IOException {
    Tocd definition = definition(pid);
    Validation.Fitted fitted = fitted(pid, definition, values);
    Map<String, Object> wanted = secrets.sealed(fitted.properties());
    Map<String, Object> merged = withDefaults(definition, wanted, pid);
    store(pid, servicePid, merged);
    board.read(pid, fitted.problems());
    review(pid, merged);
  }

  /** A definition came: its component or all its factory's instances get what they miss. */
  void defined(Definition definition) {
    if (!definition.factory()) {
      complete(definition.pid());
      return;
    }
    for (Instance instance : components.instances()) {
      if (instance.factoryPid().equals(definition.pid()) && !instance.servicePid().isEmpty()) {
        complete(instance.pid());
      }
    }
  }

  /** Existing values win, missing ones are added, keys that nobody knows any more stay. */
  private void complete(String pid) {
    try {
      changed(
          pid, servicePid -> loadKnown(pid, servicePid, components.stored(pid).orElseGet(Map::of)));
    } catch (KuraException e) {
      String advice = "its defaults could not be stored: " + e.getMessage();
      board.put(pid, List.of(new Problem(pid, "", "", advice)));
    }
  }

  /** Seals the running secrets of all components with the present key; they are told. */
  void sealAnew() throws KuraException {
    for (String pid : components.configuredPids()) {
      changed(
          pid,
          servicePid -> {
            Map<String, Object> running = components.stored(pid).orElseGet(Map::of);
            if (!secretKeys(running).isEmpty()) {
              store(pid, servicePid, secrets.resealed(running));
            }
          });
    }
  }

  private void apply(String pid, String servicePid, Map<String, Object> merged) throws IOException {
    store(pid, servicePid, merged);
    review(pid, merged);
  }

  private void store(String pid, String servicePid, Map<String, Object> merged) throws IOException {
    components
        .instance(pid)
        .ifPresent(
            i -> components.put(new Instance(pid, servicePid, i.factoryPid(), secretKeys(merged))));
    store.update(servicePid, forStore(merged));
  }

  /** Notes what is wrong with a configuration that is in force. */
  private void review(String pid, Map<String, Object> values) {
    List<Problem> problems = List.of();
    OCD definition = definition(pid);
    if (definition != null) {
      Map<String, Object> complete = PropertyMaps.layered(Defaults.of(definition), values);
      problems = new Validation(pid, definition).ofAll(complete);
    }
    board.put(pid, problems);
  }

  private static Validation.Fitted fitted(String pid, OCD definition, Map<String, Object> values) {
    return definition == null
        ? new Validation.Fitted(values, List.of())
        : new Validation(pid, definition).fitted(values);
  }

  private OCD ownDefinition(Active component) {
    return components.own(component).map(ComponentConfiguration::getDefinition).orElse(null);
  }

  private Tocd definition(String pid) {
    return components.definition(pid).orElse(null);
  }

  private Map<String, Object> identity(String pid) {
    return Map.of(Keys.KURA_PID, pid);
  }

  private Map<String, Object> withDefaults(OCD definition, Map<String, Object> values, String pid)
      throws KuraException {
    return withDefaults(definition, values, pid, Map.of());
  }

  /** Keys that the caller cleared do not get their default back. */
  private Map<String, Object> withDefaults(
      OCD definition, Map<String, Object> values, String pid, Map<String, Object> wanted)
      throws KuraException {
    Map<String, Object> defaults =
        definition == null ? new LinkedHashMap<>() : secrets.sealed(Defaults.of(definition));
    wanted.forEach((key, value) -> removeIfCleared(defaults, key, value));
    Map<String, Object> merged = PropertyMaps.layered(defaults, values);
    merged.put(Keys.KURA_PID, pid);
    return merged;
  }

  private static void removeIfCleared(Map<String, Object> defaults, String key, Object value) {
    if (value == null) {
      defaults.remove(key);
    }
  }

  private Map<String, Object> forStore(Map<String, Object> merged) {
    Map<String, Object> plain = Secrets.forComponents(merged);
    plain.remove(Keys.SERVICE_PID); // Configuration Admin's own
    plain.remove(Keys.FACTORY_PID);
    return plain;
  }

  private static Set<String> secretKeys(Map<String, Object> properties) {
    Set<String> keys = new HashSet<>();
    properties.forEach(
        (key, value) -> {
          if (value instanceof Password || value instanceof Password[]) {
            keys.add(key);
          }
        });
    return keys;
  }

  private static void requireExpressible(String pid, Map<String, Object> properties)
      throws KuraException {
    Map<String, String> spellings = new HashMap<>(2 * properties.size());
    for (String key : properties.keySet()) {
      String other = key == null ? null : spellings.put(PropertyMaps.folded(key), key);
      if (other != null) {
        throw new KuraException(
            KuraErrorCode.CONFIGURATION_ATTRIBUTE_INVALID,
            pid + " " + key,
            String.valueOf(properties.get(key)),
            "there is " + other + ", too, and keys differ in more than case");
      }
      if (key == null || key.isEmpty() || !SnapshotXmlWriter.expressible(key)) {
        throw new KuraException(
            KuraErrorCode.CONFIGURATION_ATTRIBUTE_INVALID,
            pid + " " + key,
            String.valueOf(properties.get(key)),
            "the key is empty or has a character that no snapshot can carry");
      }
    }
    if (!SnapshotXmlWriter.expressible(pid)) {
      throw new KuraException(
          KuraErrorCode.INVALID_PARAMETER, "pid " + pid + " has a character that can't be stored");
    }
  }

  private void changed(String pid, Step change) throws KuraException {
    String servicePid = components.servicePid(pid);
    try {
      locks.run(
          pid,
          () -> {
            if (servicePid.isEmpty() || !servicePid.equals(components.servicePid(pid))) {
              throw new IOException("it is being made or deleted just now; try again");
            }
            change.run(servicePid);
          });
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw failed(pid, e);
    }
  }

  private static KuraException failed(String pid, Exception cause) {
    return new KuraException(
        KuraErrorCode.CONFIGURATION_ERROR, cause, pid + ": " + cause.getMessage());
  }
}
