package org.penstock.core.deployment;

import java.util.List;
import java.util.Map;

/**
 * What a package says beyond its bundles.
 *
 * @param headers main headers of the manifest
 * @param fixPack range of versions that it completes, empty when it is whole by itself
 * @param missing symbolic name to version of the bundles that a fix pack leaves as they are
 * @param runtime range of versions of the runtime that it needs, empty for any
 * @param requires package ranges that it needs, as in Import-Package
 * @param fragments configurations to be applied, name to XML in Kura's form, and {@link Migration migrations}
 * @param resources paths of what is no bundle
 */
record Facts(
    Map<String, String> headers,
    String fixPack,
    Map<String, String> missing,
    String runtime,
    String requires,
    Map<String, String> fragments,
    List<String> resources) {

  static final Facts NONE = new Facts(Map.of(), "", Map.of(), "", "", Map.of(), List.of());

  Facts {
    headers = Map.copyOf(headers);
    missing = Map.copyOf(missing);
    fragments = Map.copyOf(fragments);
    resources = List.copyOf(resources);
  }
}
