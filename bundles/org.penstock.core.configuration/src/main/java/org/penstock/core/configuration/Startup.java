package org.penstock.core.configuration;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.penstock.api.configuration.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens once, at start: the newest snapshot, or the seed, is handed to Configuration Admin. */
final class Startup {

  private static final Logger LOG = LoggerFactory.getLogger(Startup.class);
  private static final String SEED = "seed";
  private static final String FOLDER = "snapshots";

  private final SnapshotBook book;
  private final Components components;
  private final AdminStore store;
  private final Changes changes;
  private final Board board;
  private final List<StartStep> steps;

  Startup(
      SnapshotBook book,
      Components components,
      AdminStore store,
      Changes changes,
      Board board,
      List<StartStep> steps) {
    this.steps = List.copyOf(steps);
    this.book = book;
    this.components = components;
    this.store = store;
    this.changes = changes;
    this.board = board;
  }

  /** Applies it; whatever is wrong stands on the board, the rest is applied. */
  void run(Optional<Path> seed) {
    Optional<Document> document = Optional.empty();
    try {
      boolean fresh = book.ids().isEmpty();
      document = fresh ? seed.flatMap(this::planted) : newest();
      if (!fresh || document.isPresent() || seed.isEmpty()) { // else the seed is tried again
        document = stepped(document);
      }
    } catch (IOException e) {
      note(FOLDER, "the snapshots can't be listed: " + e + "; nothing is configured but defaults");
    }
    apply(document);
  }

  /** Lets each step change what is about to be applied; a changed document is kept first. */
  private Optional<Document> stepped(Optional<Document> loaded) {
    Optional<Document> document = loaded;
    for (StartStep step : steps) {
      try {
        List<ComponentConfiguration> before =
            document.map(Document::configurations).orElseGet(List::of);
        Optional<StartStep.Change> change = step.change(before);
        if (change.isPresent()) {
          Document next = book.sealed(new Document(change.get().configurations(), List.of()));
          book.write(next.configurations(), change.get().note());
          document = Optional.of(next);
          LOG.info("{}", change.get().note().comment());
        }
        step.done();
      } catch (IOException | DocumentException | KuraException e) {
        note(step.name(), step.name() + ": " + e.getMessage());
      }
    }
    return document;
  }

  private Optional<Document> planted(Path seed) {
    try {
      Document document = book.sealed(book.parsed(seed.toString(), SnapshotFolder.text(seed)));
      noteFlaws(seed.toString(), document);
      book.begin(document);
      try {
        book.keep(0, document, new Note("", "seed", seed.getFileName().toString()));
      } catch (IOException e) {
        note(SEED, seed + " is applied, but could not be kept as snapshot 0: " + e.getMessage());
      }
      LOG.info("Seed {} applied: {} configurations", seed, document.configurations().size());
      return Optional.of(document);
    } catch (IOException | DocumentException | KuraException e) {
      note(SEED, e.getMessage() + "; nothing of it is applied: correct the file and start again");
      return Optional.empty();
    }
  }

  private Optional<Document> newest() throws IOException {
    List<String> complaints = new ArrayList<>(book.encryptPlainOnes());
    for (Long id : new TreeSet<>(book.ids()).descendingSet()) {
      try {
        Document document = book.sealed(book.read(id));
        noteFlaws("snapshot " + id, document);
        book.begin(document);
        if (!complaints.isEmpty()) {
          note(FOLDER, String.join("; ", complaints) + "; went back to snapshot " + id);
        }
        return Optional.of(document);
      } catch (IOException | DocumentException | KuraException e) {
        if (complaints.stream().noneMatch(e.getMessage()::startsWith)) {
          complaints.add(e.getMessage());
        }
      }
    }
    note(
        FOLDER,
        String.join("; ", complaints)
            + "; no snapshot can be read, so only defaults are configured: restore the files or"
            + " keys/ from a backup, or empty the folder and start with a seed");
    return Optional.empty();
  }

  private void note(String place, String text) {
    board.put(place, List.of(new Problem("", "", "", text)));
  }

  private void noteFlaws(String file, Document document) {
    Map<String, List<Problem>> byPid = new HashMap<>();
    for (Flaw flaw : document.flaws()) {
      String line = flaw.line() == 0 ? "" : ", line " + flaw.line();
      String allowed = "allowed: " + flaw.allowed() + " (" + file + line + ")";
      byPid
          .computeIfAbsent(flaw.pid().isEmpty() ? file : flaw.pid(), key -> new ArrayList<>())
          .add(new Problem(flaw.pid(), flaw.attribute(), flaw.given(), allowed));
    }
    byPid.forEach(
        (place, problems) -> {
          board.read(place, problems);
          board.put(place, List.of());
        });
  }

  private void apply(Optional<Document> document) {
    Map<String, Map<String, Object>> wanted = new LinkedHashMap<>();
    for (ComponentConfiguration one : document.map(Document::configurations).orElseGet(List::of)) {
      wanted.put(
          one.getPid(), LegacyRules.upgraded(one.getPid(), one.getConfigurationProperties()));
    }
    adopt(wanted, document.isPresent());
    wanted.forEach(
        (pid, properties) -> {
          try {
            Object factoryPid = properties.get(Keys.FACTORY_PID);
            changes.load(factoryPid instanceof String text ? text : null, pid, properties);
          } catch (KuraException e) {
            String text = "not applied: " + e.getMessage();
            board.put(pid, List.of(new Problem(pid, "", "", text)));
          }
        });
  }

  /** Instances that Configuration Admin kept and the snapshot does not have are deleted. */
  private void adopt(Map<String, Map<String, Object>> wanted, boolean complete) {
    try {
      for (AdminStore.Stored kept : store.all()) {
        if (kept.factoryPid() == null) {
          continue;
        }
        Map<String, Object> then = wanted.get(kept.pid());
        boolean same = then != null && kept.factoryPid().equals(then.get(Keys.FACTORY_PID));
        boolean twice = components.instance(kept.pid()).isPresent();
        if (twice || complete && !same) {
          store.delete(kept.servicePid());
        } else {
          changes.adopt(kept);
        }
      }
    } catch (IOException e) {
      note(FOLDER, "what Configuration Admin kept can't be read: " + e);
    }
  }
}
