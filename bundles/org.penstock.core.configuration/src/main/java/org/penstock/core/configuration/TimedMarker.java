package org.penstock.core.configuration;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.kura.configuration.ComponentConfiguration;

/**
 * The durable mark of a timed change: as long as it is there, the pids belong back to the base
 * snapshot. At start it takes them back.
 */
final class TimedMarker implements StartStep {

  private final SnapshotBook book;
  private final Path file;

  /** The base snapshot and the pids that were changed since; none: the whole configuration. */
  record Mark(long base, Set<String> pids) {}

  TimedMarker(SnapshotBook book) {
    this.book = book;
    this.file = book.folder().folder().resolve("timed-change.json");
  }

  void set(Mark mark) throws IOException {
    JsonObject json = new JsonObject();
    json.addProperty("base", mark.base());
    JsonArray pids = new JsonArray();
    mark.pids().forEach(pids::add);
    json.add("pids", pids);
    book.folder().pin(mark.base());
    book.folder().storage().replace(file, json.toString().getBytes(StandardCharsets.UTF_8));
  }

  void clear(long base) throws IOException {
    book.folder().storage().delete(file);
    book.folder().unpin(base);
  }

  private Optional<Mark> load() throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      Set<String> pids = new TreeSet<>();
      json.getAsJsonArray("pids").forEach(pid -> pids.add(pid.getAsString()));
      return Optional.of(new Mark(json.get("base").getAsLong(), pids));
    } catch (JsonParseException
        | IllegalStateException
        | NumberFormatException
        | NullPointerException
        | ClassCastException e) {
      throw new IOException(file + " is damaged; the change it stood for stays", e);
    }
  }

  @Override
  public String name() {
    return "timed change";
  }

  @Override
  public Optional<Change> change(List<ComponentConfiguration> now)
      throws IOException, DocumentException {
    Optional<Mark> mark = load();
    if (mark.isEmpty()) {
      return Optional.empty();
    }
    List<ComponentConfiguration> base = book.read(mark.get().base()).configurations();
    if (mark.get().pids().isEmpty()) {
      String comment = "restarted before what was changed was confirmed: reverted";
      return Optional.of(new Change(base, new Note("", "", comment)));
    }
    Map<String, ComponentConfiguration> all = new LinkedHashMap<>();
    now.forEach(one -> all.put(one.getPid(), one));
    all.keySet().removeAll(mark.get().pids());
    for (ComponentConfiguration one : base) {
      if (mark.get().pids().contains(one.getPid())) {
        all.put(one.getPid(), one);
      }
    }
    String comment =
        "restarted before the change of "
            + String.join(", ", mark.get().pids())
            + " was confirmed: reverted";
    return Optional.of(new Change(new ArrayList<>(all.values()), new Note("", "", comment)));
  }

  @Override
  public void done() throws IOException {
    book.folder().storage().delete(file);
  }
}
