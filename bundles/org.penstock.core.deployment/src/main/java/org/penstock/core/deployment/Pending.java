package org.penstock.core.deployment;

import java.util.List;
import java.util.Map;
import org.penstock.api.deployment.Origin;

/**
 * A transaction that has begun to touch the framework. As long as its file stands, the state before
 * is the truth, until {@link #decided}: from then on the state after is.
 *
 * @param action install, update or uninstall
 * @param name of the unit
 * @param version of the unit
 * @param sha256 of the file
 * @param origin who, and from where
 * @param begun milliseconds of the epoch
 * @param changes bundle by bundle
 * @param unit what will stand in the state file, null when it is uninstalled
 * @param decided the outcome is to commit
 * @param fragments configurations to be applied
 */
record Pending(
    String action,
    String name,
    String version,
    String sha256,
    Origin origin,
    long begun,
    List<Change> changes,
    Unit unit,
    boolean decided,
    Map<String, String> fragments) {

  Pending commit(Unit held) {
    return new Pending(
        action, name, version, sha256, origin, begun, changes, held, true, fragments);
  }
}
