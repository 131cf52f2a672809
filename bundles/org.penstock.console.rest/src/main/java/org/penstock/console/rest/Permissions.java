package org.penstock.console.rest;

import java.util.List;

/** Names of permissions that several resources declare. */
final class Permissions {

  static final String ASSETS = "rest.assets";
  static final String ASSETS_READ = "assets.read";
  static final String ASSETS_OPERATE = "assets.operate";
  static final String CONFIGURATION = "rest.configuration";
  static final String SYSTEM = "rest.system";
  static final String SYSTEM_READ = "system.read";
  static final String LOGS = "logs.engineer";
  static final String JOBS = "jobs.read";

  /** Of an event that every watcher may see. */
  static final List<String> ANYBODY = List.of("*");

  /** Of an event with values. */
  static final List<String> VALUES = List.of(ASSETS, ASSETS_READ);

  private Permissions() {}
}
