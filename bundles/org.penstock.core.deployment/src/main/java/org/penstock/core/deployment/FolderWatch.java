package org.penstock.core.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.jar.Attributes;
import org.penstock.api.deployment.Outcome;
import org.penstock.api.strand.Strand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings what is installed in line with {@code <home>/deploy}; called by one strand only. */
final class FolderWatch {

  /** Where the work is done. */
  interface Door {
    /** Copies it now and installs it in the background; the outcome is given in any thread. */
    void install(Path file, java.util.function.Consumer<Outcome> then);

    /** Uninstalls in the background. */
    void uninstall(String name, java.util.function.Consumer<Outcome> then);
  }

  /** All that an uninstallation that was refused may depend on. */
  private record Scene(Map<String, String> units, Set<String> present) {}

  private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

  private final Path path;
  private final DeployFolder folder;
  private final StateFile files;
  private final long maxBytes;
  private final Door door;
  private final Strand strand;
  private final Map<String, String> busy = new TreeMap<>();
  private final Set<Path> again = new TreeSet<>();
  private final Map<String, Scene> stays = new TreeMap<>(); // unit to when it was refused
  private final Map<String, String> refusals = new ConcurrentSkipListMap<>();

  FolderWatch(Path path, StateFile files, long maxBytes, Door door, Strand strand) {
    this.path = path;
    this.folder = new DeployFolder(path);
    this.files = files;
    this.maxBytes = maxBytes;
    this.door = door;
    this.strand = strand;
  }

  /** File name to why it is not installed. */
  Map<String, String> refusals() {
    return Map.copyOf(refusals);
  }

  void look() {
    try {
      DeployFolder.Look look = folder.look();
      Set<Path> settled = new TreeSet<>(look.settled());
      settled.addAll(again);
      again.clear();
      for (Path file : settled) {
        settled(file, look.present());
      }
      Set<String> gone = gone(look.present());
      refusals.keySet().removeIf(f -> !look.present().contains(f) && !gone.contains(f));
      refusals.remove("");
    } catch (IOException e) {
      refuse("", "folder " + path + " can't be read: " + e.getMessage());
    }
  }

  /** Uninstalls what has lost its file; gives the names of those files. */
  private Set<String> gone(Set<String> present) {
    Map<String, String> units = new TreeMap<>();
    files.now().units().forEach((name, unit) -> units.put(name, unit.sha256()));
    Scene now = new Scene(units, Set.copyOf(present));
    Set<String> gone = new TreeSet<>();
    for (Unit unit : files.now().units().values()) {
      String name = unit.name();
      if (unit.file().isEmpty() || present.contains(unit.file())) {
        stays.remove(name);
        continue;
      }
      gone.add(unit.file());
      if (!now.equals(stays.get(name)) && busy.putIfAbsent(name, name) == null) {
        door.uninstall(name, o -> strand.execute(() -> removed(unit, now, o)));
      }
    }
    stays.keySet().retainAll(units.keySet());
    return gone;
  }

  private void removed(Unit unit, Scene then, Outcome outcome) {
    busy.remove(unit.name());
    if (outcome.result() == Outcome.Result.DONE) {
      refusals.remove(unit.file());
    } else {
      stays.put(unit.name(), then);
      refuse(
          unit.file(),
          unit.file()
              + " was removed, but "
              + unit.name()
              + " stays installed: "
              + outcome.reason()
              + "; it is tried again when the folder or what is installed changes");
    }
  }

  private void settled(Path file, Set<String> present) {
    String name = file.getFileName().toString();
    if (busy.containsKey(name)) {
      again.add(file);
      return;
    }
    try {
      if (Files.size(file) > maxBytes) {
        refuse(name, name + " is larger than " + (maxBytes >> 20) + " MiB; see max.size.mb");
        return;
      }
      if (Hashes.sha256(file).equals(files.now().files().get(name))) {
        refusals.remove(name);
        return; // it runs already
      }
      String unit = unit(file);
      String other = other(name, unit, present);
      if (other != null) {
        refuse(
            name,
            name
                + " has the symbolic name of "
                + other
                + " ("
                + unit
                + "); remove one of the two files");
      } else {
        busy.put(name, unit);
        door.install(file, o -> strand.execute(() -> ended(name, o)));
      }
    } catch (NoSuchFileException e) {
      refusals.remove(name); // removed since the look
    } catch (IOException e) {
      refuse(name, name + " can't be read: " + e.getMessage());
    }
  }

  /** The symbolic name in the manifest; empty for what is damaged, as will be said later. */
  private static String unit(Path file) {
    try {
      Attributes main = SignedJar.manifest(file).getMainAttributes();
      String name = main.getValue("DeploymentPackage-SymbolicName");
      name = name == null ? main.getValue("Bundle-SymbolicName") : name;
      return Headers.name(name);
    } catch (IOException e) {
      return "";
    }
  }

  /** Another file of the same name: the two would take each other's place for ever. */
  private String other(String file, String name, Set<String> present) {
    for (Map.Entry<String, String> b : busy.entrySet()) {
      if (!name.isEmpty() && b.getValue().equals(name) && !b.getKey().equals(name)) {
        return b.getKey();
      }
    }
    Unit unit = files.now().units().get(name);
    boolean twice = unit != null && !unit.file().equals(file) && present.contains(unit.file());
    return twice ? unit.file() : null;
  }

  private void ended(String file, Outcome outcome) {
    busy.remove(file);
    if (outcome.result() == Outcome.Result.DONE) {
      refusals.remove(file);
    } else {
      refuse(file, outcome.reason());
    }
  }

  private void refuse(String file, String message) {
    if (!message.equals(refusals.put(file, message))) {
      LOG.error("{}", message);
    }
  }
}
