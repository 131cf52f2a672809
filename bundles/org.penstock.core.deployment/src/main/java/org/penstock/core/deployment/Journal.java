package org.penstock.core.deployment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.penstock.api.storage.DurableStorage;

/** What is deployed from the folder, kept over restarts: one line per file. */
final class Journal {

  /**
   * One deployed file.
   *
   * @param file its name in the deploy folder
   * @param symbolicName of the bundle
   * @param sha256 of the content that runs
   * @param location of the bundle in the framework
   * @param modified the framework's time stamp of that content: another one means that something
   *     else was put there since
   */
  record Entry(String file, String symbolicName, String sha256, String location, long modified) {}

  private static final int COLUMNS = 5;

  private final DurableStorage storage;
  private final Path path;
  private final Map<String, Entry> entries = new TreeMap<>();

  Journal(DurableStorage storage, Path path) {
    this.storage = storage;
    this.path = path;
  }

  /** Reads the file; lines of another form are left out, their bundles are deployed again. */
  void load() throws IOException {
    entries.clear();
    if (!Files.exists(path)) {
      return;
    }
    for (String line : Files.readAllLines(path, StandardCharsets.UTF_8)) {
      String[] cells = line.split("\t");
      if (cells.length == COLUMNS && cells[4].matches("\\d{1,18}")) {
        entries.put(
            cells[0], new Entry(cells[0], cells[1], cells[2], cells[3], Long.parseLong(cells[4])));
      }
    }
  }

  Map<String, Entry> entries() {
    return Map.copyOf(entries);
  }

  Optional<Entry> byName(String symbolicName) {
    return entries.values().stream().filter(e -> e.symbolicName().equals(symbolicName)).findFirst();
  }

  void put(Entry entry) throws IOException {
    entries.put(entry.file(), entry);
    save();
  }

  void remove(String file) throws IOException {
    if (entries.remove(file) != null) {
      save();
    }
  }

  private void save() throws IOException {
    StringBuilder text = new StringBuilder();
    for (Entry e : entries.values()) {
      text.append(e.file()).append('\t').append(e.symbolicName()).append('\t');
      text.append(e.sha256()).append('\t').append(e.location()).append('\t');
      text.append(e.modified()).append('\n');
    }
    storage.replace(path, text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
