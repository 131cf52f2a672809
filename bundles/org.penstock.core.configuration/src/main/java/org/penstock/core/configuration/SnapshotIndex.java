package org.penstock.core.configuration;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.penstock.api.storage.DurableStorage;

/**
 * The notes of all snapshots in one file, so that a list need not decrypt each. What is missing or
 * damaged is taken from the snapshots again.
 */
final class SnapshotIndex {

  private static final long LONGEST = 4 << 20;

  private final Path file;
  private final DurableStorage storage;
  private final LongFunction<Note> inSnapshot;

  /**
   * @param inSnapshot the note that stands in a snapshot
   */
  SnapshotIndex(Path folder, DurableStorage storage, LongFunction<Note> inSnapshot) {
    this.file = folder.resolve("index.json");
    this.storage = storage;
    this.inSnapshot = inSnapshot;
  }

  /** The notes of these snapshots. */
  synchronized Map<Long, Note> notes(Set<Long> ids) throws IOException {
    Map<Long, Note> known = load();
    Map<Long, Note> notes = new TreeMap<>();
    for (Long id : ids) {
      Note note = known.get(id);
      notes.put(id, note == null ? inSnapshot.apply(id) : note);
    }
    if (!notes.equals(known)) {
      save(notes);
    }
    return notes;
  }

  private Map<Long, Note> load() {
    Map<Long, Note> notes = new TreeMap<>();
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > LONGEST) {
        return notes;
      }
      JsonObject all = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      for (Map.Entry<String, JsonElement> one : all.entrySet()) {
        notes.put(Long.valueOf(one.getKey()), Note.of(one.getValue().getAsJsonObject()));
      }
    } catch (IOException
        | JsonParseException
        | IllegalArgumentException
        | IllegalStateException e) {
      notes.clear(); // damaged: it is made again
    }
    return notes;
  }

  private void save(Map<Long, Note> notes) throws IOException {
    JsonObject all = new JsonObject();
    notes.forEach((id, note) -> all.add(id.toString(), note.json()));
    storage.replace(file, all.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** A snapshot got another note. */
  synchronized void forget(long id) throws IOException {
    Map<Long, Note> known = load();
    if (known.remove(id) != null) {
      save(known);
    }
  }
}
