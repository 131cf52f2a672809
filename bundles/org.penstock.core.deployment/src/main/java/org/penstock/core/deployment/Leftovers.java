package org.penstock.core.deployment;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ConfigurationService;
import org.penstock.api.storage.DurableStorage;

/**
 * Configurations of what was uninstalled. They stay for a declared time, so that whoever installs it again
 * finds them, and are deleted then. Used by one thread at a time.
 */
final class Leftovers {

  /**
   * What one unit left.
   *
   * @param pids instances to their factories
   * @param until milliseconds since 1970
   */
  record Left(Map<String, String> pids, long until) {}

  /** The content of the file. */
  private record Content(Map<String, Left> units) {}

  private final DurableStorage storage;
  private final Path file;
  private final Duration grace;
  private final LongSupplier clock;
  private final Gson gson = new Gson();

  Leftovers(DurableStorage storage, Path folder, Duration grace, LongSupplier clock) {
    this.storage = storage;
    this.file = folder.resolve("leftovers.json");
    this.grace = grace;
    this.clock = clock;
  }

  /** The unit goes, and leaves these instances. */
  void note(String unit, Map<String, String> pids) throws IOException {
    Map<String, Left> all = read();
    if (all.remove(unit) != null | !pids.isEmpty()) {
      if (!pids.isEmpty()) {
        all.put(unit, new Left(pids, clock.getAsLong() + grace.toMillis()));
      }
      write(all);
    }
  }

  /** The unit is there again, or never went. */
  void drop(String unit) throws IOException {
    Map<String, Left> all = read();
    if (all.remove(unit) != null) {
      write(all);
    }
  }

  /** Names of the units whose time is over. */
  List<String> due() throws IOException {
    long now = clock.getAsLong();
    return read().entrySet().stream()
        .filter(one -> one.getValue().until() <= now)
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * Deletes what the unit left, but for instances whose factory somebody offers again.
   *
   * @return pids that were deleted
   */
  List<String> delete(String unit, ConfigurationService service, Predicate<String> isOffered)
      throws IOException, KuraException {
    Left left = read().get(unit);
    List<String> deleted = new ArrayList<>();
    if (left != null) {
      for (Map.Entry<String, String> one : left.pids().entrySet()) {
        if (!isOffered.test(one.getValue())) {
          service.deleteFactoryConfiguration(one.getKey(), false);
          deleted.add(one.getKey());
        }
      }
      if (!deleted.isEmpty()) {
        service.snapshot();
      }
      drop(unit);
    }
    return deleted;
  }

  private Map<String, Left> read() throws IOException {
    if (!Files.exists(file)) {
      return new TreeMap<>();
    }
    try {
      Content content =
          gson.fromJson(Files.readString(file, StandardCharsets.UTF_8), Content.class);
      return content == null || content.units() == null
          ? new TreeMap<>()
          : new TreeMap<>(content.units());
    } catch (JsonParseException e) {
      throw new IOException(file + " is damaged: " + e.getMessage() + "; delete it", e);
    }
  }

  private void write(Map<String, Left> all) throws IOException {
    if (all.isEmpty()) {
      storage.delete(file);
    } else {
      storage.replace(file, gson.toJson(new Content(all)).getBytes(StandardCharsets.UTF_8));
    }
  }
}
