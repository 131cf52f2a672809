package org.penstock.core.deployment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Version;

/** Works out what becomes of which bundle: only what differs is touched. */
final class Planner {

  private final FrameworkBundles bundles;
  private final Rules rules;

  Planner(FrameworkBundles bundles, Rules rules) {
    this.bundles = bundles;
    this.rules = rules;
  }

  List<Change> install(Artifact artifact, Unit present) throws Refusal {
    checkFixPack(artifact, present);
    List<Change> changes = new ArrayList<>();
    Set<String> stays = new HashSet<>(artifact.facts().missing().keySet());
    for (Piece piece : artifact.pieces()) {
      stays.add(piece.symbolicName());
      Optional<Holding> held =
          present == null ? Optional.empty() : present.holding(piece.symbolicName());
      boolean runs =
          held.isPresent()
              && held.get().sha256().equals(piece.sha256())
              && bundles.modified(held.get().location()) == held.get().modified();
      if (!runs) {
        changes.add(change(artifact, piece, held));
      }
    }
    if (present != null) {
      for (Holding old : present.holdings()) {
        if (!stays.contains(old.symbolicName())) {
          changes.add(removal(old));
        }
      }
    }
    return changes;
  }

  private Change change(Artifact artifact, Piece piece, Optional<Holding> held) throws Refusal {
    Optional<String> there = bundles.location(piece.symbolicName());
    Optional<String> running =
        held.isEmpty() && there.isPresent()
            ? bundles.version(piece.symbolicName())
            : Optional.empty();
    rules.check(artifact.file(), piece, held, running);
    String before =
        held.map(Holding::sha256).orElse(there.isPresent() ? Change.SHIPPED : Change.ABSENT);
    String location =
        held.map(Holding::location)
            .or(() -> there)
            .orElse(FrameworkBundles.SCHEME + piece.symbolicName());
    return new Change(piece.symbolicName(), location, before, piece.sha256(), piece.version());
  }

  static Change removal(Holding old) {
    boolean own = old.location().startsWith(FrameworkBundles.SCHEME);
    String after = own ? Change.ABSENT : Change.SHIPPED;
    return new Change(old.symbolicName(), old.location(), old.sha256(), after, "");
  }

  private static void checkFixPack(Artifact artifact, Unit present) throws Refusal {
    Facts facts = artifact.facts();
    if (facts.fixPack().isEmpty()) {
      if (!facts.missing().isEmpty()) {
        throw new Refusal(artifact.file() + " leaves bundles out, but is no fix pack");
      }
      return;
    }
    if (present == null
        || !Headers.range(artifact.file(), ArtifactReader.FIX_PACK, facts.fixPack())
            .includes(Version.parseVersion(present.version()))) {
      throw new Refusal(
          artifact.file()
              + " completes "
              + artifact.name()
              + " "
              + facts.fixPack()
              + ", installed is "
              + (present == null ? "none" : present.version()));
    }
    for (Map.Entry<String, String> missing : facts.missing().entrySet()) {
      Optional<Holding> held = present.holding(missing.getKey());
      if (held.isEmpty() || !held.get().version().equals(missing.getValue())) {
        throw new Refusal(
            artifact.file()
                + " relies on "
                + missing.getKey()
                + " "
                + missing.getValue()
                + ", which "
                + present.name()
                + " "
                + present.version()
                + " does not have");
      }
    }
  }
}
