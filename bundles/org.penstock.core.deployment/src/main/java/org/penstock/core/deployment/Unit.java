package org.penstock.core.deployment;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.penstock.api.deployment.Installed;
import org.penstock.api.deployment.Origin;
import org.penstock.api.deployment.Part;

/**
 * What is installed and removed as a whole, as the state file keeps it.
 *
 * @param name symbolic name of the bundle or package
 * @param version of it
 * @param isPackage false for a bundle by itself
 * @param sha256 of the file in the store
 * @param signer empty when unsigned
 * @param since milliseconds of the epoch
 * @param origin who, and from where
 * @param file its name in the deploy folder, empty when it came through another door
 * @param holdings its bundles
 * @param headers main headers of a package's manifest
 */
record Unit(
    String name,
    String version,
    boolean isPackage,
    String sha256,
    String signer,
    long since,
    Origin origin,
    String file,
    List<Holding> holdings,
    Map<String, String> headers) {

  Unit with(List<Holding> now) {
    return new Unit(name, version, isPackage, sha256, signer, since, origin, file, now, headers);
  }

  Optional<Holding> holding(String symbolicName) {
    return holdings.stream().filter(h -> h.symbolicName().equals(symbolicName)).findFirst();
  }

  Installed shown() {
    List<Part> parts =
        holdings.stream()
            .map(h -> new Part(h.symbolicName(), h.version(), h.sha256(), h.location()))
            .toList();
    return new Installed(name, version, isPackage, sha256, signer, since, origin, parts);
  }
}
