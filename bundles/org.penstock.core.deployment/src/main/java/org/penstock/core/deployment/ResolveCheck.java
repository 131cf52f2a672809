package org.penstock.core.deployment;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Tells beforehand what would not resolve: requirements of the new bundles that nobody meets, and
 * those of others that only a replaced or removed bundle meets. The new ones are installed under
 * names of their own for that, never resolved, and removed again.
 */
class ResolveCheck {

  static final String PROBE = "probe:";

  private final BundleContext framework;

  ResolveCheck(BundleContext framework) {
    this.framework = framework;
  }

  /**
   * Checks a change as a whole.
   *
   * @param gone symbolic names of bundles that are replaced or removed
   * @param requires package ranges that the whole needs, as in Import-Package; may be empty
   * @throws Refusal names each unmet requirement and who would meet it
   */
  void check(String file, List<Piece> pieces, Set<String> gone, String requires) throws Refusal {
    List<Bundle> probes = new ArrayList<>();
    try {
      for (Piece piece : pieces) {
        probes.add(install(file, piece.sha256(), piece.content()));
      }
      if (!requires.isEmpty()) {
        probes.add(required(file, requires));
      }
      List<BundleCapability> offered = offered(probes, gone);
      List<String> unmet = new ArrayList<>();
      for (Bundle probe : probes) {
        unmet.addAll(unmet(probe, offered));
      }
      if (!unmet.isEmpty()) {
        throw new Refusal(
            file
                + " can't be resolved: "
                + String.join("; ", unmet)
                + "; add the missing bundle first");
      }
      List<String> lost = lost(offered, gone);
      if (!lost.isEmpty()) {
        throw new Refusal(
            (pieces.isEmpty() ? file + " is needed: " : file + " takes away what others need: ")
                + String.join("; ", lost)
                + "; change or remove those first");
      }
    } finally {
      for (Bundle probe : probes) {
        remove(probe);
      }
    }
  }

  /** A bundle that holds nothing but imports. */
  private static byte[] asking(String requires) {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
    manifest.getMainAttributes().putValue("Bundle-SymbolicName", "penstock.requires");
    manifest.getMainAttributes().putValue("Import-Package", requires);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      new JarOutputStream(bytes, manifest).close();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it is written to memory
    }
    return bytes.toByteArray();
  }

  private Bundle install(String file, String id, Path content) throws Refusal {
    try (InputStream in = Files.newInputStream(content)) {
      return framework.installBundle(PROBE + id, in);
    } catch (IOException e) {
      throw new Refusal(file + " can't be read again: " + e.getMessage() + "; try it again", e);
    } catch (BundleException e) {
      throw new Refusal(file + " is no valid bundle: " + e.getMessage(), e);
    }
  }

  private Bundle required(String file, String requires) throws Refusal {
    try {
      InputStream asking = new ByteArrayInputStream(asking(requires));
      return framework.installBundle(PROBE + "requires", asking);
    } catch (BundleException e) {
      String allowed = "what is in Import-Package, as org.example.api;version=\"[1.2,2)\"";
      throw Headers.malformed(file, ArtifactReader.REQUIRE, requires, allowed, e);
    }
  }

  private List<BundleCapability> offered(List<Bundle> probes, Set<String> gone) {
    List<BundleCapability> offered = new ArrayList<>();
    for (Bundle bundle : framework.getBundles()) {
      BundleRevision revision = bundle.adapt(BundleRevision.class);
      boolean stays = probes.contains(bundle) || !gone.contains(bundle.getSymbolicName());
      if (revision != null && stays) {
        offered.addAll(revision.getDeclaredCapabilities(null));
      }
    }
    return offered;
  }

  private static List<String> unmet(Bundle probe, List<BundleCapability> offered) {
    List<String> unmet = new ArrayList<>();
    for (BundleRequirement need : probe.adapt(BundleRevision.class).getDeclaredRequirements(null)) {
      if (isMandatory(need) && offered.stream().noneMatch(need::matches)) {
        unmet.add(describe(need, offered));
      }
    }
    return unmet;
  }

  /** Wires that end at a bundle that goes, and that nobody else could take over. */
  private List<String> lost(List<BundleCapability> offered, Set<String> gone) {
    Set<String> lost = new TreeSet<>();
    for (Bundle bundle : framework.getBundles()) {
      BundleWiring wiring = bundle.adapt(BundleWiring.class);
      if (!gone.contains(bundle.getSymbolicName()) || wiring == null) {
        continue;
      }
      for (BundleWire wire : Optional.ofNullable(wiring.getProvidedWires(null)).orElse(List.of())) {
        BundleRequirement need = wire.getRequirement();
        String by = wire.getRequirer().getSymbolicName();
        boolean other = !gone.contains(by) && !wire.getRequirer().equals(wire.getProvider());
        if (other && isMandatory(need) && offered.stream().noneMatch(need::matches)) {
          lost.add(by + " needs " + describe(need, offered));
        }
      }
    }
    return List.copyOf(lost);
  }

  /** Bundles that are rewired when these are replaced or removed. */
  Set<String> dependents(Set<String> names) {
    Set<String> dependents = new HashSet<>();
    List<Bundle> replaced = new ArrayList<>();
    for (Bundle bundle : framework.getBundles()) {
      if (names.contains(bundle.getSymbolicName())) {
        replaced.add(bundle);
      }
    }
    framework
        .getBundle(0)
        .adapt(org.osgi.framework.wiring.FrameworkWiring.class)
        .getDependencyClosure(replaced)
        .forEach(b -> dependents.add(b.getSymbolicName()));
    return dependents;
  }

  private static boolean isMandatory(BundleRequirement need) {
    String resolution = need.getDirectives().get(Constants.RESOLUTION_DIRECTIVE);
    String effective = need.getDirectives().get(Constants.EFFECTIVE_DIRECTIVE);
    boolean optional =
        Constants.RESOLUTION_OPTIONAL.equals(resolution)
            || PackageNamespace.RESOLUTION_DYNAMIC.equals(resolution);
    return !optional && (effective == null || Constants.EFFECTIVE_RESOLVE.equals(effective));
  }

  private static String describe(BundleRequirement need, List<BundleCapability> offered) {
    String filter = need.getDirectives().getOrDefault(Constants.FILTER_DIRECTIVE, "");
    TreeSet<String> near = new TreeSet<>();
    if (need.getNamespace().equals(PackageNamespace.PACKAGE_NAMESPACE)) {
      for (BundleCapability capability : offered) {
        Object name = capability.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE);
        if (name != null
            && filter.contains("(" + PackageNamespace.PACKAGE_NAMESPACE + "=" + name + ")")) {
          near.add(
              capability.getAttributes().get(PackageNamespace.CAPABILITY_VERSION_ATTRIBUTE)
                  + " by "
                  + capability.getRevision().getSymbolicName());
        }
      }
    }
    String there = near.isEmpty() ? "nobody offers it" : "offered is " + String.join(", ", near);
    return need.getNamespace() + " " + filter + ": " + there;
  }

  private static void remove(Bundle probe) throws Refusal {
    try {
      probe.uninstall();
    } catch (BundleException e) {
      throw new Refusal("the probe of " + probe + " can't be removed: " + e.getMessage(), e);
    }
  }
}
