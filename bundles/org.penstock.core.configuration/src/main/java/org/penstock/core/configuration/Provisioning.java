package org.penstock.core.configuration;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.core.configuration.ComponentConfigurationImpl;
import org.penstock.api.configuration.Problem;

/**
 * A box without anybody at it: fragments of snapshots in a folder, in order of their names, each
 * applied once (again when it or a variable in it has changed), then single values from environment
 * variables, which hold at each start.
 */
final class Provisioning implements StartStep {

  private static final String PLACE = "provisioning";

  private final Path folder;
  private final Map<String, String> environment;
  private final Function<String, Optional<String>> host;
  private final SnapshotBook book;
  private final Secrets secrets;
  private final Definitions definitions;
  private final Board board;
  private final Map<String, String> applied = new TreeMap<>();

  /**
   * @param host {@code host.name} and {@code host.mac}
   */
  Provisioning(
      Path folder,
      Map<String, String> environment,
      Function<String, Optional<String>> host,
      SnapshotBook book,
      Secrets secrets,
      Definitions definitions,
      Board board) {
    this.folder = folder;
    this.environment = environment;
    this.host = host;
    this.book = book;
    this.secrets = secrets;
    this.definitions = definitions;
    this.board = board;
  }

  @Override
  public String name() {
    return PLACE;
  }

  private Path ledger() {
    return book.folder().folder().resolve("provisioned.json");
  }

  @Override
  public Optional<Change> change(List<ComponentConfiguration> now)
      throws IOException, KuraException {
    Map<String, Map<String, Object>> all = new LinkedHashMap<>();
    now.forEach(one -> all.put(one.getPid(), one.getConfigurationProperties()));
    List<Problem> problems = new ArrayList<>();
    List<String> done = new ArrayList<>();
    int changed = 0;
    for (Path file : fragments()) {
      Optional<Document> fragment = fragment(file, problems);
      if (fragment.isPresent()) {
        done.add(file.getFileName().toString());
        for (ComponentConfiguration one : fragment.get().configurations()) {
          changed += put(all, one.getPid(), one.getConfigurationProperties());
        }
      }
    }
    Overrides overrides = new Overrides(environment, definitions);
    Map<String, Map<String, Object>> given = overrides.on(all);
    for (Map.Entry<String, Map<String, Object>> one : given.entrySet()) {
      changed += put(all, one.getKey(), one.getValue());
      one.getValue().keySet().forEach(key -> board.expected(one.getKey(), key));
    }
    problems.addAll(overrides.complaints());
    board.put(PLACE, problems);
    if (changed == 0) {
      return Optional.empty();
    }
    List<ComponentConfiguration> next = new ArrayList<>();
    for (Map.Entry<String, Map<String, Object>> one : all.entrySet()) {
      next.add(new ComponentConfigurationImpl(one.getKey(), null, secrets.sealed(one.getValue())));
    }
    String comment =
        "provisioned: " + changed + " values from " + done + " and " + given.size() + " variables";
    return Optional.of(new Change(next, new Note("", "provisioned", comment)));
  }

  /** Puts what differs; gives how many values did. */
  private int put(
      Map<String, Map<String, Object>> all, String pid, Map<String, Object> properties) {
    Map<String, Object> merged = new LinkedHashMap<>(all.getOrDefault(pid, Map.of()));
    int changed = all.containsKey(pid) ? 0 : 1;
    for (Map.Entry<String, Object> one : properties.entrySet()) {
      if (!Overrides.same(merged.get(one.getKey()), one.getValue(), secrets)) {
        merged.put(one.getKey(), one.getValue());
        changed++;
      }
    }
    all.put(pid, merged);
    return changed;
  }

  private List<Path> fragments() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> f.toString().endsWith(".xml") || f.toString().endsWith(".json"))
          .sorted()
          .toList();
    }
  }

  /** The fragment, unless it was applied as it is or can't be used. */
  private Optional<Document> fragment(Path file, List<Problem> problems) throws KuraException {
    String name = file.getFileName().toString();
    try {
      Placeholders places = new Placeholders(this::variable);
      String text = places.filled(SnapshotFolder.text(file));
      if (!places.missing().isEmpty()) {
        String missing = String.join(", ", places.missing());
        problems.add(
            new Problem("", name, "", "not applied: set the environment variable " + missing));
        return Optional.empty();
      }
      String digest = digest(text);
      applied.put(name, digest);
      if (digest.equals(ledgered().get(name))) {
        return Optional.empty();
      }
      Document document = book.sealed(book.parsed(file.toString(), text));
      for (Flaw flaw : document.flaws()) {
        problems.add(
            new Problem(
                flaw.pid(), flaw.attribute(), flaw.given(), flaw.allowed() + " (" + name + ")"));
      }
      return Optional.of(document);
    } catch (IOException | DocumentException e) {
      applied.remove(name);
      problems.add(new Problem("", name, "", "not applied: " + e.getMessage()));
      return Optional.empty();
    }
  }

  private Optional<String> variable(String name) {
    return name.startsWith("host.") ? host.apply(name) : Optional.ofNullable(environment.get(name));
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private Map<String, String> ledgered() {
    Map<String, String> known = new TreeMap<>();
    try {
      if (Files.isRegularFile(ledger())) {
        JsonObject json = JsonParser.parseString(Files.readString(ledger())).getAsJsonObject();
        json.entrySet().forEach(one -> known.put(one.getKey(), one.getValue().getAsString()));
      }
    } catch (IOException | JsonParseException | IllegalStateException e) {
      known.clear(); // damaged: all are applied again, which changes nothing that is the same
    }
    return known;
  }

  @Override
  public void done() throws IOException {
    if (!applied.equals(ledgered())) {
      JsonObject json = new JsonObject();
      applied.forEach(json::addProperty);
      book.folder().storage().replace(ledger(), json.toString().getBytes(StandardCharsets.UTF_8));
    }
  }
}
