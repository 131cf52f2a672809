package org.penstock.core.deployment;

/**
 * What becomes of one bundle in a transaction.
 *
 * @param symbolicName of the bundle
 * @param location in the framework
 * @param before content before: a SHA-256 of the store, {@link #SHIPPED} or {@link #ABSENT}
 * @param after content after, in the same form
 * @param afterVersion for messages
 */
record Change(
    String symbolicName, String location, String before, String after, String afterVersion) {

  /** The distribution's own. */
  static final String SHIPPED = "shipped";

  /** Not there. */
  static final String ABSENT = "absent";

  Change turned() {
    return new Change(symbolicName, location, after, before, "");
  }
}
