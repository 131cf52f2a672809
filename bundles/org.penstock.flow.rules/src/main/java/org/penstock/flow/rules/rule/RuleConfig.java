package org.penstock.flow.rules.rule;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The properties of a rule. */
@ObjectClassDefinition(
    id = RuleConfig.FACTORY_PID,
    name = "Rule",
    description = "Does something when an expression over channels becomes true")
@interface RuleConfig {

  /** The factory pid. */
  String FACTORY_PID = "org.penstock.flow.rule";

  /** Name of the reference to the publisher. */
  String REFERENCE = "CloudPublisher";

  @AttributeDefinition(name = "Enabled", description = "A rule that is not enabled does nothing")
  boolean enabled() default true;

  @AttributeDefinition(name = "Description", description = "What for", required = false)
  String description() default "";

  @AttributeDefinition(
      name = "When",
      description = "Expression over channels that is true or false|TextArea")
  String when() default "false";

  @AttributeDefinition(
      name = "On delay (ms)",
      description = "The expression must be true so long without a break",
      min = "0")
  long on_delay_ms() default 0;

  @AttributeDefinition(
      name = "Off delay (ms)",
      description = "The expression must be false so long without a break",
      min = "0")
  long off_delay_ms() default 0;

  @AttributeDefinition(
      name = "Bad input",
      description =
          "When the expression has no value: HOLD keeps the rule as it is, FALSE and TRUE count as such",
      options = {
        @Option(label = "HOLD", value = "HOLD"),
        @Option(label = "FALSE", value = "FALSE"),
        @Option(label = "TRUE", value = "TRUE")
      })
  String bad_input() default "HOLD";

  @AttributeDefinition(
      name = "Repeat (ms)",
      description = "Acts again after each such time while the rule is active; 0 acts once",
      min = "0")
  long repeat_ms() default 0;

  @AttributeDefinition(
      name = "Write to",
      description = "asset/channel that is written when the rule becomes active",
      required = false)
  String write_channel() default "";

  @AttributeDefinition(name = "Value", description = "Expression", required = false)
  String write_value() default "";

  @AttributeDefinition(
      name = "Value afterwards",
      description = "Expression; written when the rule is no longer active",
      required = false)
  String write_revert() default "";

  @AttributeDefinition(
      name = "Guard",
      description = "Expression that must be true for a write; else nothing is written",
      required = false)
  String write_guard() default "";

  @AttributeDefinition(
      name = "Interlock",
      description = "While active, the value is written again whenever the channel has another")
  boolean write_interlock() default false;

  @AttributeDefinition(
      name = "Write interval (ms)",
      description = "Least time between two writes; one that comes earlier waits",
      min = "0")
  long write_interval_ms() default 0;

  @AttributeDefinition(
      name = "Virtual tag",
      description = "asset/channel that is set whenever the rule begins or ceases to be active",
      required = false)
  String tag_channel() default "";

  @AttributeDefinition(
      name = "Tag value",
      description = "Expression; the word active stands for the rule's state",
      required = false)
  String tag_value() default "active";

  @AttributeDefinition(
      name = "Alarm",
      description =
          "FOLLOW raises it while active; RAISE and CLEAR do so once; SUPPRESS keeps it silent while active",
      options = {
        @Option(label = "NONE", value = "NONE"),
        @Option(label = "FOLLOW", value = "FOLLOW"),
        @Option(label = "RAISE", value = "RAISE"),
        @Option(label = "CLEAR", value = "CLEAR"),
        @Option(label = "SUPPRESS", value = "SUPPRESS")
      })
  String alarm() default "NONE";

  @AttributeDefinition(
      name = "Alarm name",
      description = "Empty for the rule's pid",
      required = false)
  String alarm_name() default "";

  @AttributeDefinition(
      name = "Priority",
      description = "Of the alarm and of a work order",
      options = {
        @Option(label = "LOW", value = "LOW"),
        @Option(label = "MEDIUM", value = "MEDIUM"),
        @Option(label = "HIGH", value = "HIGH"),
        @Option(label = "URGENT", value = "URGENT")
      })
  String priority() default "MEDIUM";

  @AttributeDefinition(
      name = "Message",
      description = "What is wrong and what to do, for people",
      required = false)
  String message() default "";

  @AttributeDefinition(
      name = "First-out group",
      description = "Of alarms of one group the first is marked until all are normal",
      required = false)
  String alarm_group() default "";

  @AttributeDefinition(
      name = "Publish",
      description = "What is published when the rule becomes active",
      options = {
        @Option(label = "NONE", value = "NONE"),
        @Option(label = "MESSAGE", value = "MESSAGE"),
        @Option(label = "WORK_ORDER", value = "WORK_ORDER")
      })
  String publish() default "NONE";

  @AttributeDefinition(
      name = "Publisher",
      description = "Filter that names the cloud publisher: (kura.service.pid=<its pid>)",
      required = false)
  String CloudPublisher_target() default "(kura.service.pid=none)";

  @AttributeDefinition(
      name = "Body",
      description = "Expression that gives the message's text; empty for JSON",
      required = false)
  String publish_body() default "";
}
