package org.penstock.driver.zigbee;

import java.util.Map;
import java.util.function.Function;
import org.eclipse.kura.audit.AuditContext;
import org.penstock.api.job.JobKind;
import org.penstock.api.job.Work;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One kind of job of one instance: {@code zigbee.<what>:<pid>}. */
record ZigbeeJob(
    String name, String description, String permission, Function<Map<String, String>, Work> maker)
    implements JobKind {

  private static final Logger AUDIT = LoggerFactory.getLogger("AuditLogger");

  @Override
  public Work work(Map<String, String> arguments) {
    return maker.apply(arguments);
  }

  static ZigbeeJob of(
      String pid, String what, String description, Function<Map<String, String>, Work> maker) {
    return new ZigbeeJob(
        "zigbee." + what + ':' + pid,
        "ZigBee network " + pid + ": " + description,
        "rest.configuration",
        maker);
  }

  /** One that changes something: who begins it stands in the audit log. */
  static ZigbeeJob changing(
      String pid, String what, String description, Function<Map<String, String>, Work> maker) {
    return of(
        pid,
        what,
        description,
        arguments -> {
          Work work = maker.apply(arguments);
          audit(pid, what, arguments);
          return work;
        });
  }

  /** Notes who changes a network; codes are left out. */
  static void audit(String pid, String what, Map<String, String> arguments) {
    Map<String, String> shown = new java.util.TreeMap<>(arguments);
    shown.replace("code", "...");
    AUDIT.info("{} ZigBee - network {}: {} {}", AuditContext.currentOrInternal(), pid, what, shown);
  }
}
