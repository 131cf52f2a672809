package org.penstock.core.system.watchdog;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How the watchdog is fed. */
@ObjectClassDefinition(
    id = KuraWatchdog.PID,
    name = "Watchdog",
    description = "Has the box started again when the gateway hangs.")
public @interface WatchdogConfig {

  /** Whether the hardware's watchdog is fed. */
  @AttributeDefinition(
      name = "Hardware watchdog",
      description =
          "Opens the device. systemd's watchdog is fed without this, whenever it is switched on in"
              + " the unit.",
      required = false)
  boolean enabled() default false;

  /** How often it is fed. */
  @AttributeDefinition(
      name = "Interval",
      description = "Milliseconds between two feedings.",
      min = "100",
      required = false)
  int pingInterval() default 10000;

  /** How long a poller or publisher may be in one task, in seconds. */
  @AttributeDefinition(
      name = "Longest task (s)",
      description =
          "The watchdog is no longer fed once a poller or publisher is in one task for longer. Give"
              + " more than the longest time-out of any driver: what only waits does not hang.",
      min = "5",
      max = "3600",
      required = false)
  int stuck_limit_s() default 120;

  /** The device. */
  @AttributeDefinition(name = "Device", description = "The watchdog's device.", required = false)
  String watchdogDevice() default "/dev/watchdog";

  /** Where the reason is written. */
  @AttributeDefinition(
      name = "File of reasons",
      description = "Relative to <home>; why the watchdog was no longer fed, for the next start.",
      required = false)
  String rebootCauseFilePath() default "data/reboot-cause";
}
