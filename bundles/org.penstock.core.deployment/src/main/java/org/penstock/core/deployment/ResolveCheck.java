package org.penstock.core.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/**
 * Tells which requirements of a candidate nobody meets, before anything that runs is touched: the
 * candidate is installed under a name of its own, its requirements are read, and it is removed.
 */
final class ResolveCheck {

  private final BundleContext framework;

  ResolveCheck(BundleContext framework) {
    this.framework = framework;
  }

  /**
   * Checks one candidate.
   *
   * @param replaced the bundle that it would take the place of, or null
   * @throws Refusal names each unmet requirement
   */
  void check(Candidate candidate, Bundle replaced) throws Refusal {
    Bundle probe = null;
    try {
      probe = framework.installBundle("probe:" + candidate.sha256(), candidate.open());
      List<String> unmet = unmet(probe, replaced);
      if (!unmet.isEmpty()) {
        throw new Refusal(
            candidate.file()
                + " can't be resolved: "
                + String.join("; ", unmet)
                + "; add the missing bundle first");
      }
    } catch (BundleException e) {
      throw new Refusal(candidate.file() + " is no valid bundle: " + e.getMessage(), e);
    } finally {
      remove(probe);
    }
  }

  private List<String> unmet(Bundle probe, Bundle replaced) {
    List<BundleCapability> offered = new ArrayList<>();
    for (Bundle bundle : framework.getBundles()) {
      BundleRevision revision = bundle.adapt(BundleRevision.class);
      if (revision != null && !bundle.equals(replaced)) {
        offered.addAll(revision.getDeclaredCapabilities(null));
      }
    }
    List<String> unmet = new ArrayList<>();
    for (BundleRequirement need : probe.adapt(BundleRevision.class).getDeclaredRequirements(null)) {
      if (isMandatory(need) && offered.stream().noneMatch(need::matches)) {
        unmet.add(describe(need, offered));
      }
    }
    return unmet;
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
    if (probe != null) {
      try {
        probe.uninstall();
      } catch (BundleException e) {
        throw new Refusal("the probe of " + probe + " can't be removed: " + e.getMessage(), e);
      }
    }
  }
}
