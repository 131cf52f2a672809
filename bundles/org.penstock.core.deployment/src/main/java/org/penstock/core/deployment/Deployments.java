package org.penstock.core.deployment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;
import org.penstock.api.storage.DurableStorage;

/**
 * Puts candidates into the framework and takes them out. A candidate with the symbolic name of an
 * installed bundle takes that bundle's place, and gives it back when its file is removed. Called by
 * one strand only.
 */
final class Deployments {

  private static final String SCHEME = "deploy:";
  private static final int START_LEVEL = 60;

  private final BundleContext framework;
  private final DurableStorage storage;
  private final Path copies;
  private final Journal journal;
  private final ResolveCheck resolveCheck;

  Deployments(BundleContext framework, DurableStorage storage, Path copies, Journal journal) {
    this.framework = framework;
    this.storage = storage;
    this.copies = copies;
    this.journal = journal;
    this.resolveCheck = new ResolveCheck(framework);
  }

  /** The content of this file runs already. */
  boolean runs(Candidate candidate) {
    Journal.Entry entry = journal.entries().get(candidate.file());
    if (entry == null || !entry.sha256().equals(candidate.sha256())) {
      return false;
    }
    Bundle bundle = framework.getBundle(entry.location());
    return bundle != null && bundle.getLastModified() == entry.modified();
  }

  /**
   * Installs the candidate or updates the bundle of its name, and starts it. When it does not start,
   * what was there before is put back and started.
   *
   * @param present names of all files now in the folder
   * @return what was done, in words
   */
  String deploy(Candidate candidate, Set<String> present) throws Refusal, IOException {
    Optional<Journal.Entry> before = journal.byName(candidate.symbolicName());
    if (before.isPresent()
        && !before.get().file().equals(candidate.file())
        && present.contains(before.get().file())) {
      throw new Refusal(
          candidate.file()
              + " has the symbolic name of "
              + before.get().file()
              + " ("
              + candidate.symbolicName()
              + "); remove one of the two files");
    }
    Bundle old = installed(candidate.symbolicName());
    resolveCheck.check(candidate, old);
    storage.replace(copy(candidate.sha256()), candidate.content());
    Bundle bundle = old == null ? install(candidate) : update(candidate, old, before);
    if (before.isPresent() && !before.get().file().equals(candidate.file())) {
      journal.remove(before.get().file());
    }
    journal.put(
        new Journal.Entry(
            candidate.file(),
            candidate.symbolicName(),
            candidate.sha256(),
            bundle.getLocation(),
            bundle.getLastModified()));
    if (before.isPresent() && !before.get().sha256().equals(candidate.sha256())) {
      storage.delete(copy(before.get().sha256()));
    }
    return (old == null ? "installed " : "updated to ")
        + candidate.symbolicName()
        + " "
        + candidate.version()
        + " from "
        + candidate.file();
  }

  /** Takes a bundle out whose file is gone; a bundle of the distribution comes back. */
  String remove(Journal.Entry entry) throws Refusal, IOException {
    Bundle bundle = framework.getBundle(entry.location());
    try {
      if (bundle != null && entry.location().startsWith(SCHEME)) {
        bundle.uninstall();
        refresh(bundle);
      } else if (bundle != null) {
        bundle.update();
        refresh(bundle);
        bundle.start();
      }
    } catch (BundleException e) {
      throw new Refusal(
          entry.file() + " is gone, but its bundle can't be removed: " + e.getMessage(), e);
    }
    journal.remove(entry.file());
    storage.delete(copy(entry.sha256()));
    return "removed " + entry.symbolicName() + " with " + entry.file();
  }

  private Bundle install(Candidate candidate) throws Refusal {
    Bundle bundle = null;
    try {
      bundle = framework.installBundle(SCHEME + candidate.file(), candidate.open());
      bundle.adapt(BundleStartLevel.class).setStartLevel(START_LEVEL);
      start(bundle);
      return bundle;
    } catch (BundleException e) {
      if (bundle != null) {
        uninstall(bundle);
      }
      throw new Refusal(candidate.file() + " does not start and was taken out: " + reason(e), e);
    }
  }

  private Bundle update(Candidate candidate, Bundle old, Optional<Journal.Entry> before)
      throws Refusal, IOException {
    try {
      old.update(candidate.open());
      refresh(old);
      start(old);
      return old;
    } catch (BundleException e) {
      putBack(old, before);
      throw new Refusal(
          candidate.file() + " does not start, the version before was put back: " + reason(e), e);
    }
  }

  private void putBack(Bundle bundle, Optional<Journal.Entry> before) throws Refusal, IOException {
    try {
      if (before.isPresent()) {
        try (InputStream content = Files.newInputStream(copy(before.get().sha256()))) {
          bundle.update(content);
        }
      } else {
        bundle.update();
      }
      refresh(bundle);
      start(bundle);
      if (before.isPresent()) {
        Journal.Entry b = before.get();
        journal.put(
            new Journal.Entry(
                b.file(), b.symbolicName(), b.sha256(), b.location(), bundle.getLastModified()));
      }
    } catch (BundleException e) {
      throw new Refusal(
          "the version before of " + bundle.getSymbolicName() + " can't be put back: " + reason(e),
          e);
    }
  }

  private static void start(Bundle bundle) throws BundleException {
    if (bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null) {
      bundle.start();
    }
  }

  private static void uninstall(Bundle bundle) throws Refusal {
    try {
      bundle.uninstall();
    } catch (BundleException e) {
      throw new Refusal("bundle " + bundle + " can't be taken out: " + reason(e), e);
    }
  }

  /** Rewires the bundle and those wired to it, and nothing else; waits until that is done. */
  private void refresh(Bundle bundle) {
    FrameworkWiring wiring =
        framework.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
    Rewired rewired = new Rewired();
    wiring.refreshBundles(List.of(bundle), rewired);
    rewired.await();
  }

  private Bundle installed(String symbolicName) {
    List<Bundle> found = new ArrayList<>();
    for (Bundle bundle : framework.getBundles()) {
      if (symbolicName.equals(bundle.getSymbolicName())) {
        found.add(bundle);
      }
    }
    return found.isEmpty() ? null : found.get(0);
  }

  private static String reason(BundleException e) {
    Throwable cause = e.getCause();
    return cause == null ? String.valueOf(e.getMessage()) : e.getMessage() + ": " + cause;
  }

  private Path copy(String sha256) {
    return copies.resolve(sha256 + ".jar");
  }
}
