package org.penstock.core.deployment;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.penstock.api.storage.DurableStorage;

/**
 * What is installed, and the transaction that is under way: two files, each replaced as a whole.
 * Written by one thread, read by any.
 */
final class StateFile {

  /**
   * The content of the state file.
   *
   * @param units by name
   * @param files names in the deploy folder to the SHA-256 that was installed from them
   */
  record State(Map<String, Unit> units, Map<String, String> files) {

    static final State EMPTY = new State(Map.of(), Map.of());

    State {
      units = Map.copyOf(units);
      files = Map.copyOf(files);
    }

    /** The unit that holds a bundle. */
    Optional<Unit> owner(String symbolicName) {
      return units.values().stream().filter(u -> u.holding(symbolicName).isPresent()).findFirst();
    }

    State with(Unit unit) {
      Map<String, Unit> next = new TreeMap<>(units);
      Unit old = next.put(unit.name(), unit);
      Map<String, String> named = new TreeMap<>(files);
      if (old != null && !old.file().isEmpty() && !old.file().equals(unit.file())) {
        named.remove(old.file());
      }
      if (!unit.file().isEmpty()) {
        named.put(unit.file(), unit.sha256());
      }
      return new State(next, named);
    }

    State without(String name) {
      Map<String, Unit> next = new TreeMap<>(units);
      Unit old = next.remove(name);
      Map<String, String> named = new TreeMap<>(files);
      if (old != null) {
        named.remove(old.file());
      }
      return new State(next, named);
    }
  }

  private final DurableStorage storage;
  private final Path stateFile;
  private final Path pendingFile;
  private final Gson gson = new Gson();
  private final AtomicReference<State> state = new AtomicReference<>(State.EMPTY);

  StateFile(DurableStorage storage, Path folder) {
    this.storage = storage;
    this.stateFile = folder.resolve("installed.json");
    this.pendingFile = folder.resolve("pending.json");
  }

  void load() throws IOException {
    State read = read(stateFile, State.class);
    state.set(read == null ? State.EMPTY : read);
  }

  State now() {
    return state.get();
  }

  void save(State next) throws IOException {
    storage.replace(stateFile, gson.toJson(next).getBytes(StandardCharsets.UTF_8));
    state.set(next);
  }

  Optional<Pending> pending() throws IOException {
    return Optional.ofNullable(read(pendingFile, Pending.class));
  }

  void save(Pending pending) throws IOException {
    storage.replace(pendingFile, gson.toJson(pending).getBytes(StandardCharsets.UTF_8));
  }

  void clearPending() throws IOException {
    storage.delete(pendingFile);
  }

  private <T> T read(Path file, Class<T> type) throws IOException {
    if (!Files.exists(file)) {
      return null;
    }
    try {
      return gson.fromJson(Files.readString(file, StandardCharsets.UTF_8), type);
    } catch (JsonParseException e) {
      throw new IOException(file + " is damaged: " + e.getMessage(), e);
    }
  }

  /** Contents that must stay in the store. */
  List<String> needed() throws IOException {
    List<String> needed = new ArrayList<>();
    for (Unit unit : now().units().values()) {
      needed.add(unit.sha256());
      unit.holdings().forEach(h -> needed.add(h.sha256()));
    }
    pending()
        .ifPresent(
            p -> {
              needed.add(p.sha256());
              p.changes().forEach(c -> needed.addAll(List.of(c.before(), c.after())));
            });
    return needed;
  }
}
