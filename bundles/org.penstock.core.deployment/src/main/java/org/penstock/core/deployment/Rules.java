package org.penstock.core.deployment;

import java.util.Optional;
import org.osgi.framework.Version;

/** What may take the place of what. */
final class Rules {

  private static final String AGENT = "org.penstock.core.deployment";

  private final boolean downgrade;
  private final Version runtime;

  Rules(boolean downgrade, Version runtime) {
    this.downgrade = downgrade;
    this.runtime = runtime;
  }

  /** Checks the whole against what is installed under its name. */
  void check(Artifact artifact, StateFile.State state) throws Refusal {
    Unit present = state.units().get(artifact.name());
    if (present != null && present.isPackage() != artifact.isPackage()) {
      throw new Refusal(
          artifact.file()
              + " has the name of an installed "
              + (present.isPackage() ? "package" : "bundle")
              + ", "
              + present.name()
              + "; uninstall that first");
    }
    if (present != null) {
      version(
          artifact.file(),
          artifact.name(),
          artifact.version(),
          artifact.sha256(),
          present.version(),
          present.sha256());
    }
    String range = artifact.facts().runtime();
    if (!range.isEmpty()
        && !Headers.range(artifact.file(), ArtifactReader.RUNTIME, range).includes(runtime)) {
      throw new Refusal(
          artifact.file()
              + " needs a runtime "
              + range
              + ", this one is "
              + runtime
              + "; update it");
    }
    for (Piece piece : artifact.pieces()) {
      checkOwner(artifact, piece, state);
    }
  }

  private static void checkOwner(Artifact artifact, Piece piece, StateFile.State state)
      throws Refusal {
    Optional<Unit> owner = state.owner(piece.symbolicName());
    if (owner.isPresent() && !owner.get().name().equals(artifact.name())) {
      throw new Refusal(
          artifact.file()
              + " holds "
              + piece.symbolicName()
              + ", which belongs to "
              + owner.get().name()
              + "; uninstall that first");
    }
  }

  /** Checks one bundle against the one of its name, whoever put that there. */
  void check(String file, Piece piece, Optional<Holding> held, Optional<String> running)
      throws Refusal {
    if (AGENT.equals(piece.symbolicName())) {
      throw new Refusal(file + " would replace the deployment itself; update the runtime instead");
    }
    if (held.isPresent()) {
      version(
          file,
          piece.symbolicName(),
          piece.version(),
          piece.sha256(),
          held.get().version(),
          held.get().sha256());
    } else if (running.isPresent()) {
      version(file, piece.symbolicName(), piece.version(), "", running.get(), "");
    }
  }

  private void version(
      String file, String name, String version, String hash, String oldVersion, String oldHash)
      throws Refusal {
    int order = Version.parseVersion(version).compareTo(Version.parseVersion(oldVersion));
    if (order < 0 && !downgrade) {
      throw new Refusal(
          file
              + " would replace "
              + name
              + " "
              + oldVersion
              + " by the older "
              + version
              + ": no downgrade; uninstall the newer one first, or allow it in the configuration");
    }
    if (order == 0 && !hash.equals(oldHash)) {
      throw new Refusal(
          file
              + " has name and version of the installed "
              + name
              + " "
              + oldVersion
              + ", but other content; give it a new version");
    }
  }
}
