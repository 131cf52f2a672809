package org.penstock.core.deployment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.penstock.api.deployment.Origin;
import org.penstock.api.deployment.Outcome;
import org.penstock.api.deployment.Outcome.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stage, verify, resolve, apply, probation, commit or roll back: one after the other, by one thread.
 * A crash at any point leaves the state before or the state after; {@link Recovery} completes it.
 */
final class Transactions {

  private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);
  private static final String AGENT = "org.penstock.core.deployment";

  /** What transactions work with. */
  record Means(
      StateFile files,
      Store store,
      Journal journal,
      FrameworkBundles bundles,
      ResolveCheck resolve,
      Rules rules,
      Signatures signatures,
      Probation probation,
      Fragments fragments,
      LoadWatch load,
      Leftovers leftovers,
      Consumer<String> restart) {}

  private final Means means;
  private final Planner planner;
  private final Applied applied;
  private final AtomicBoolean ending = new AtomicBoolean();

  /** What configurations were before a roll-back that failed in part; of the one thread. */
  private final Map<String, Optional<Map<String, Object>>> unrestored = new HashMap<>();

  Transactions(Means means) {
    this.means = means;
    this.planner = new Planner(means.bundles(), means.rules());
    this.applied = new Applied(means.bundles(), means.store());
  }

  /**
   * Installs or updates.
   *
   * @param folderFile name in the deploy folder, empty for another door
   */
  Outcome install(Artifact artifact, Origin origin, String folderFile) {
    long begun = System.currentTimeMillis();
    String action = "install";
    try {
      settle();
      Unit present = means.files().now().units().get(artifact.name());
      means.signatures().check(artifact).ifPresent(warning -> LOG.warn("{}", warning));
      means.rules().check(artifact, means.files().now());
      List<Change> changes = planner.install(artifact, present);
      boolean updates = present != null || changes.stream().anyMatch(Transactions::replaces);
      action = updates ? "update" : "install";
      List<ComponentConfiguration> configurations =
          new ArrayList<>(means.fragments().parse(artifact.file(), artifact.facts().fragments()));
      if (present != null) {
        configurations.addAll(
            means
                .fragments()
                .migrated(artifact.file(), artifact.facts().fragments(), present.version()));
      }
      resolve(artifact.file(), artifact.pieces(), artifact.facts().requires(), changes);
      for (Piece piece : artifact.pieces()) {
        means.store().put(piece.sha256(), piece.content());
      }
      means.store().put(artifact.sha256(), artifact.content());
      Pending pending =
          new Pending(
              action,
              artifact.name(),
              artifact.version(),
              artifact.sha256(),
              origin,
              begun,
              changes,
              unit(artifact, origin, folderFile, present, begun),
              false,
              artifact.facts().fragments());
      return run(pending, artifact.file(), configurations);
    } catch (Refusal e) {
      collect();
      return end(Outcomes.of(action, artifact, origin, begun, Result.REFUSED, e.getMessage()));
    } catch (RuntimeException | Error e) { // foreign code: the file's, and who checks it
      collect();
      String why = artifact.file() + " is refused: " + unexpected(e);
      return end(Outcomes.of(action, artifact, origin, begun, Result.REFUSED, why));
    }
  }

  /**
   * What an earlier transaction could not put back, or not complete, is put right before the next one
   * begins: that one's note would take the place of the only word of it.
   */
  private void settle() throws Refusal {
    if (ending.get()) {
      throw new Refusal("the gateway restarts to end an earlier change; try it again then");
    }
    String why;
    try {
      if (means.files().pending().isPresent()) {
        new Recovery(means, this).settle();
        means.fragments().restore(unrestored).forEach(f -> LOG.warn("putting back: {}", f));
      }
      unrestored.clear();
      return;
    } catch (Refusal | IOException e) {
      why = e.getMessage();
    } catch (RuntimeException | Error e) { // foreign code: bundles, and who applies configurations
      why = unexpected(e);
    }
    throw new Refusal(
        "an earlier change was left half done and can't be put right: "
            + why
            + "; mend that, or restart the gateway, which tries it again");
  }

  private static boolean replaces(Change change) {
    return !change.before().equals(Change.ABSENT);
  }

  private void resolve(String file, List<Piece> pieces, String requires, List<Change> changes)
      throws Refusal {
    Set<String> gone = new TreeSet<>();
    List<Piece> changed = new ArrayList<>();
    for (Change change : changes) {
      if (replaces(change)) {
        gone.add(change.symbolicName());
      }
      pieces.stream().filter(p -> p.sha256().equals(change.after())).forEach(changed::add);
    }
    if (means.resolve().dependents(gone).contains(AGENT)) {
      throw new Refusal(
          file + " would rewire the deployment itself; update the runtime as a whole instead");
    }
    means.resolve().check(file, changed, gone, requires);
  }

  private static Unit unit(
      Artifact artifact, Origin origin, String folderFile, Unit present, long now) {
    List<Holding> holdings = new ArrayList<>();
    for (Piece piece : artifact.pieces()) {
      holdings.add(new Holding(piece.symbolicName(), piece.version(), piece.sha256(), "", 0));
    }
    for (String missing : artifact.facts().missing().keySet()) {
      present.holding(missing).ifPresent(holdings::add);
    }
    return new Unit(
        artifact.name(),
        artifact.version(),
        artifact.isPackage(),
        artifact.sha256(),
        artifact.signer(),
        now,
        origin,
        folderFile,
        holdings,
        artifact.facts().headers());
  }

  Outcome uninstall(String name, Origin origin) {
    long begun = System.currentTimeMillis();
    try {
      settle();
    } catch (Refusal e) {
      return end(Outcomes.of("uninstall", name, origin, begun, Result.REFUSED, e.getMessage()));
    }
    Unit present = means.files().now().units().get(name);
    if (present == null) {
      String why = name + " is not installed here; what the distribution holds can't be removed";
      return end(Outcomes.of("uninstall", name, origin, begun, Result.REFUSED, why));
    }
    List<Change> changes = present.holdings().stream().map(Planner::removal).toList();
    Pending pending =
        new Pending(
            "uninstall",
            name,
            present.version(),
            present.sha256(),
            origin,
            begun,
            changes,
            null,
            false,
            Map.of());
    try {
      Set<String> gone = new TreeSet<>();
      for (Change change : changes) {
        if (change.after().equals(Change.ABSENT)) {
          gone.add(change.symbolicName());
        }
      }
      means.resolve().check(name, List.of(), gone, "");
      means.leftovers().note(name, means.probation().instancesOf(gone));
      return run(pending, name, List.of());
    } catch (IOException e) {
      String why = "what it leaves can't be noted: " + e.getMessage();
      return end(Outcomes.of(pending, Result.REFUSED, why));
    } catch (Refusal e) {
      return end(Outcomes.of(pending, Result.REFUSED, e.getMessage()));
    } catch (RuntimeException | Error e) { // foreign code: who tells what is in use
      return end(Outcomes.of(pending, Result.REFUSED, name + " stays: " + unexpected(e)));
    }
  }

  /** Units that left configurations whose time is over. */
  List<String> due() {
    try {
      return means.leftovers().due();
    } catch (IOException e) {
      LOG.warn("what uninstalled units left can't be read: {}", e.getMessage());
      return List.of();
    }
  }

  /** Deletes what an uninstalled unit left. */
  Outcome forget(String name, Origin origin) {
    long begun = System.currentTimeMillis();
    Result result = Result.DONE;
    String reason = "";
    try {
      if (means.files().now().units().containsKey(name)) {
        means.leftovers().drop(name); // it came back
        return null;
      }
      List<String> deleted = means.fragments().forget(means.leftovers(), name);
      if (deleted.isEmpty()) {
        return null;
      }
      reason = "its configurations are deleted, the time to keep them is over: " + deleted;
    } catch (IOException | Refusal e) {
      result = Result.REFUSED;
      reason = e.getMessage();
    }
    return end(Outcomes.of("forget", name, origin, begun, result, reason));
  }

  private Outcome run(Pending pending, String file, List<ComponentConfiguration> configurations)
      throws Refusal {
    Probation.Before before = means.probation().before();
    Map<String, Optional<Map<String, Object>>> configuration =
        means.fragments().capture(configurations);
    try {
      means.files().save(pending);
    } catch (IOException e) {
      throw new Refusal(file + " can't be noted as begun: " + e.getMessage(), e);
    }
    Pending decided;
    try {
      if (!configurations.isEmpty()) {
        means.fragments().keep();
      }
      Set<String> names = applied.names(pending.changes());
      means.load().forget(names);
      means.load().probation(names);
      applied.apply(pending.changes());
      applied.start(pending.changes(), false);
      means.fragments().apply(file, configurations);
      means
          .probation()
          .watch(before, applied.arrived(pending.changes()), applied.left(pending.changes()));
      decided = pending.commit(applied.held(pending));
      means.files().save(decided);
    } catch (Stopping e) {
      return end(Outcomes.of(pending, Result.ROLLED_BACK, e.getMessage()));
    } catch (Refusal | IOException e) {
      String why = reason(file, pending, e.getMessage());
      return rollBack(pending, configuration, before.bundles(), why, e instanceof Stuck);
    } catch (RuntimeException | Error e) { // foreign code: bundles, and who applies configurations
      String why = reason(file, pending, unexpected(e));
      return rollBack(pending, configuration, before.bundles(), why, false);
    } finally {
      means.load().probation(List.of());
    }
    return complete(decided);
  }

  /** What nobody thought of must not leave a transaction open, and is to be found. */
  private static String unexpected(Throwable e) {
    LOG.error("a transaction met an unexpected error", e);
    return "unexpected error " + e + "; report it with the place that the log names";
  }

  private static String reason(String file, Pending pending, String what) {
    boolean update = pending.changes().stream().anyMatch(Transactions::replaces);
    String done =
        pending.unit() == null
            ? " was put back: "
            : update ? " did not do, the version before was put back: " : " was taken out: ";
    return file + done + what;
  }

  /** From here on there is no way back. */
  Outcome complete(Pending decided) {
    String trouble = "";
    try {
      applied.start(decided.changes(), true);
      StateFile.State now = means.files().now();
      means
          .files()
          .save(decided.unit() == null ? now.without(decided.name()) : now.with(decided.unit()));
      if (!decided.fragments().isEmpty()) {
        means.fragments().commit();
      }
      means.files().clearPending();
      means.load().also(watched());
    } catch (Refusal | IOException e) {
      trouble =
          "done, but to be completed before the next change or at the next start: "
              + e.getMessage();
    } catch (RuntimeException | Error e) { // foreign code: who takes the snapshot
      trouble =
          "done, but to be completed before the next change or at the next start: " + unexpected(e);
    }
    collect();
    return end(Outcomes.of(decided, Result.DONE, trouble));
  }

  /** Deployed bundles that lie where the distribution had put its own. */
  List<String> watched() {
    return means.files().now().units().values().stream()
        .flatMap(u -> u.holdings().stream())
        .map(Holding::symbolicName)
        .toList();
  }

  /** Everything as before; what does not succeed is told. */
  Outcome rollBack(
      Pending pending,
      Map<String, Optional<Map<String, Object>>> configuration,
      Set<String> ran,
      String reason,
      boolean stuck) {
    StringBuilder told = new StringBuilder(reason);
    unrestored.putAll(configuration);
    if (stuck) {
      ending.set(true);
      told.append("; the gateway restarts, since that can't be ended otherwise");
      Outcome outcome = end(Outcomes.of(pending, Result.ROLLED_BACK, told.toString()));
      means.restart().accept(told.toString());
      return outcome;
    }
    try {
      List<Change> back = pending.changes().stream().map(Change::turned).toList();
      applied.end(pending.changes());
      means.load().forget(applied.names(back));
      applied.apply(back);
      applied.start(back, true);
      means.bundles().resume(ran);
      means.fragments().restore(configuration).forEach(f -> told.append("; ").append(f));
      means.files().save(stamped(means.files().now()));
      means.files().clearPending();
      unrestored.clear();
    } catch (Stuck e) {
      told.append("; ").append(e.getMessage());
      return rollBack(pending, configuration, ran, told.toString(), true);
    } catch (Refusal | IOException e) {
      told.append("; putting back: ").append(e.getMessage());
    } catch (RuntimeException | Error e) { // foreign code: who applies configurations
      told.append("; putting back: ").append(unexpected(e));
    }
    collect();
    return end(Outcomes.of(pending, Result.ROLLED_BACK, told.toString()));
  }

  /** What was put back has new time stamps. */
  StateFile.State stamped(StateFile.State state) {
    StateFile.State next = state;
    for (Unit unit : state.units().values()) {
      List<Holding> holdings = new ArrayList<>();
      for (Holding h : unit.holdings()) {
        long modified = means.bundles().modified(h.location());
        holdings.add(
            new Holding(h.symbolicName(), h.version(), h.sha256(), h.location(), modified));
      }
      if (!holdings.equals(unit.holdings())) {
        next = next.with(unit.with(holdings));
      }
    }
    return next;
  }

  void collect() {
    try {
      means.store().keepOnly(means.files().needed());
    } catch (IOException e) {
      LOG.warn("what is no longer needed can't be deleted: {}", e.getMessage());
    }
  }

  Outcome end(Outcome outcome) {
    if (outcome.result() == Result.DONE) {
      LOG.info("{}", Outcomes.sentence(outcome));
    }
    try {
      means.journal().add(outcome);
    } catch (IOException | java.util.concurrent.CompletionException e) {
      LOG.error("the journal of deployments can't be written: {}", e.getMessage());
    }
    return outcome;
  }
}
