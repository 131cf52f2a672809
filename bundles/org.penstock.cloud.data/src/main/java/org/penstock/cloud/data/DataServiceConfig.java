package org.penstock.cloud.data;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Kura's keys; where a default of Kura's loses data, ours is another and says so. */
@ObjectClassDefinition(
    id = OutboxDataService.PID,
    name = "Data service",
    description = "Stores messages durably and publishes them in order while the broker is there.")
@interface DataServiceConfig {

  @AttributeDefinition(
      name = "Connect by itself",
      description = "Connects at start and after a lost connection. Kura's default is false.")
  boolean connect_auto$_$on$_$startup() default true;

  @AttributeDefinition(
      name = "Longest pause between attempts, s",
      description =
          "Attempts begin after 0.5 s and double their pause up to this one, with jitter.",
      min = "1")
  int connect_retry$_$interval() default 60;

  @AttributeDefinition(name = "Longest time to finish before a disconnection, s", min = "0")
  int disconnect_quiesce$_$timeout() default 10;

  @AttributeDefinition(
      name = "Most messages kept",
      description =
          "When reached, the oldest message of the lowest priority gives way and is counted as"
              + " evicted (see the next but one). Kura's default is 10000, and it refuses.",
      min = "1")
  int store_capacity() default 1_000_000;

  @AttributeDefinition(name = "Most bytes kept, MiB", min = "1")
  int store_capacity_mib() default 512;

  @AttributeDefinition(
      name = "What gives way when full",
      description =
          "oldest, newest (what arrives is refused) or thin-out (every second one in turn); or by"
              + " priority, each from that number on: 0:oldest,5:thin-out. The lowest priority gives"
              + " way first.")
  String store_eviction() default "oldest";

  @AttributeDefinition(
      name = "Message store",
      description =
          "kura.service.pid of another provider of message stores. Empty, or Kura's"
              + " org.eclipse.kura.db.H2DbService: Penstock's own outbox.",
      required = false)
  String store_db_service_pid() default "";

  @AttributeDefinition(
      name = "Pause between tidying another store, s",
      description = "Only for a store of another provider; the own one tidies up at once.",
      min = "5")
  int store_housekeeper$_$interval() default 900;

  @AttributeDefinition(
      name = "Keep delivered messages in another store, s",
      description = "Only for a store of another provider.",
      min = "5")
  int store_purge$_$age() default 60;

  @AttributeDefinition(
      name = "Restart after failed attempts",
      description =
          "The watchdog is no longer told that all is well when the broker can't be reached. Refused"
              + " credentials do not count.")
  boolean enable_recovery_on_connection_failure() default false;

  @AttributeDefinition(name = "Failed attempts until then", min = "1")
  int connection_recovery_max_failures() default 10;

  @AttributeDefinition(
      name = "Longest time without a confirmation, s",
      description =
          "When so many messages are in flight that no more may go and none is confirmed for so long,"
              + " the connection is made anew. 0: never.",
      min = "0")
  int in$_$flight$_$messages_congestion$_$timeout() default 0;

  @AttributeDefinition(
      name = "Connect by schedule",
      description = "Connects at the times below and disconnects when nothing moves.")
  boolean connection_schedule_enabled() default false;

  @AttributeDefinition(name = "Times to connect", description = "Quartz cron expression.")
  String connection_schedule_expression() default "0 0 0 ? * * *";

  @AttributeDefinition(
      name = "Urgent messages connect",
      description = "A message of high priority does not wait for the schedule.")
  boolean connection_schedule_priority_override_enable() default false;

  @AttributeDefinition(name = "Lowest priority that is urgent", min = "0")
  int connection_schedule_priority_override_threshold() default 1;

  @AttributeDefinition(name = "Disconnect after nothing moved for, s", min = "1")
  int connection_schedule_inactivity_interval_seconds() default 60;

  @AttributeDefinition(
      name = "Publish again on a new session",
      description = "Messages that were not confirmed are sent again; false drops them.")
  boolean in$_$flight$_$messages_republish$_$on$_$new$_$session() default true;

  @AttributeDefinition(
      name = "Most messages in flight",
      description =
          "QoS 1 and 2 messages that wait for their confirmation; the number adapts itself up to this"
              + " one. Kura allows 10.",
      min = "1",
      max = "10000")
  int in$_$flight$_$messages_max$_$number() default 1000;

  @AttributeDefinition(
      name = "Limit the rate",
      description = "For messages of priority 5 and lower. Kura's default is true.")
  boolean enable_rate_limit() default false;

  @AttributeDefinition(name = "Messages per unit of time", min = "1")
  int rate_limit_average() default 1;

  @AttributeDefinition(
      name = "Unit of time",
      options = {
        @Option(label = "seconds", value = "SECONDS"),
        @Option(label = "minutes", value = "MINUTES"),
        @Option(label = "hours", value = "HOURS"),
        @Option(label = "days", value = "DAYS")
      })
  String rate_limit_time_unit() default "SECONDS";

  @AttributeDefinition(name = "Burst, messages", min = "1")
  int rate_limit_burst_size() default 1;

  @AttributeDefinition(name = "Largest payload, bytes", min = "1")
  int maximum_payload_size() default 16_777_216;

  @AttributeDefinition(
      name = "Transport",
      description = "Filter that names the transport, for example (kura.service.pid=..).")
  String DataTransportService_target() default "(kura.service.pid=changeme)";
}
