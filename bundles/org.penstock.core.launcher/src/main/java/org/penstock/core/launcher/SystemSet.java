package org.penstock.core.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;

/**
 * The bundles of {@code system/NN/*.jar}, NN being the start level. Only what differs from the
 * framework's own store is installed, updated or uninstalled.
 */
final class SystemSet {

  private static final String SCHEME = "reference:file:";

  private final Path folder;

  SystemSet(Path folder) {
    this.folder = folder;
  }

  /** Brings the framework's bundles in line with the folder. */
  void apply(BundleContext framework) throws StartFailure {
    Map<String, Integer> wanted = wanted();
    Map<String, Bundle> present = new HashMap<>();
    for (Bundle bundle : framework.getBundles()) {
      if (bundle.getLocation().startsWith(SCHEME)) {
        present.put(bundle.getLocation(), bundle);
      }
    }
    try {
      for (Map.Entry<String, Bundle> entry : present.entrySet()) {
        if (!wanted.containsKey(entry.getKey())) {
          entry.getValue().uninstall();
        }
      }
    } catch (BundleException e) {
      throw new StartFailure(StartFailure.INSTALL, "a bundle can't be removed: " + e.getMessage());
    }
    for (Map.Entry<String, Integer> entry : wanted.entrySet()) {
      install(framework, present.get(entry.getKey()), entry.getKey(), entry.getValue());
    }
  }

  private void install(BundleContext framework, Bundle present, String location, int level)
      throws StartFailure {
    try {
      Bundle bundle = present == null ? framework.installBundle(location) : present;
      if (present != null
          && Files.getLastModifiedTime(file(location)).toMillis() > present.getLastModified()) {
        present.update();
      }
      BundleStartLevel start = bundle.adapt(BundleStartLevel.class);
      if (start.getStartLevel() != level) { // new, or the power went before it was here whole
        if (bundle.getHeaders("").get("Fragment-Host") == null) {
          bundle.start();
        }
        start.setStartLevel(level);
      }
    } catch (BundleException | IOException e) {
      throw new StartFailure(
          StartFailure.INSTALL,
          "bundle " + file(location) + " can't be installed: " + e.getMessage());
    }
  }

  private Map<String, Integer> wanted() throws StartFailure {
    Map<String, Integer> wanted = new TreeMap<>();
    try (Stream<Path> jars = Files.walk(folder, 2)) {
      for (Path jar : (Iterable<Path>) jars.filter(SystemSet::isJar)::iterator) {
        wanted.put(SCHEME + jar, level(jar));
      }
    } catch (IOException e) {
      throw damaged();
    }
    if (wanted.isEmpty()) {
      throw damaged();
    }
    return wanted;
  }

  private StartFailure damaged() {
    return new StartFailure(
        StartFailure.INSTALL, "no bundles in " + folder + "; unpack the distribution again");
  }

  private static int level(Path jar) throws StartFailure {
    String name = jar.getParent().getFileName().toString();
    try {
      return Integer.parseInt(name);
    } catch (NumberFormatException e) {
      throw new StartFailure(
          StartFailure.INSTALL,
          "folder " + jar.getParent() + " must be named by a start level, for example 50");
    }
  }

  private static boolean isJar(Path file) {
    return file.toString().endsWith(".jar");
  }

  private static Path file(String location) {
    return Path.of(location.substring(SCHEME.length()));
  }
}
