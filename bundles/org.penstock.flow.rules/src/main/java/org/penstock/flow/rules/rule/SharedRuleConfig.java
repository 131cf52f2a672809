package org.penstock.flow.rules.rule;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The properties that every rule has, also one in a wire graph. */
interface SharedRuleConfig {

  /** Name of the reference to the publisher. */
  String REFERENCE = "CloudPublisher";

  @AttributeDefinition(
      name = "Enabled",
      description = "A rule that is not enabled does nothing",
      defaultValue = "true")
  boolean enabled();

  @AttributeDefinition(
      name = "Description",
      description = "What for",
      required = false,
      defaultValue = "")
  String description();

  @AttributeDefinition(
      name = "When",
      description = "Expression over channels that is true or false|TextArea",
      defaultValue = "false")
  String when();

  @AttributeDefinition(
      name = "On delay (ms)",
      description = "The expression must be true so long without a break",
      min = "0",
      defaultValue = "0")
  long on_delay_ms();

  @AttributeDefinition(
      name = "Off delay (ms)",
      description = "The expression must be false so long without a break",
      min = "0",
      defaultValue = "0")
  long off_delay_ms();

  @AttributeDefinition(
      name = "Bad input",
      description =
          "When the expression has no value: HOLD keeps the rule as it is, FALSE and TRUE count as such",
      options = {
        @Option(label = "HOLD", value = "HOLD"),
        @Option(label = "FALSE", value = "FALSE"),
        @Option(label = "TRUE", value = "TRUE")
      },
      defaultValue = "HOLD")
  String bad_input();

  @AttributeDefinition(
      name = "Repeat (ms)",
      description = "Acts again after each such time while the rule is active; 0 acts once",
      min = "0",
      defaultValue = "0")
  long repeat_ms();

  @AttributeDefinition(
      name = "Write to",
      description = "asset/channel that is written when the rule becomes active",
      required = false,
      defaultValue = "")
  String write_channel();

  @AttributeDefinition(
      name = "Value",
      description = "Expression",
      required = false,
      defaultValue = "")
  String write_value();

  @AttributeDefinition(
      name = "Value afterwards",
      description = "Expression; written when the rule is no longer active",
      required = false,
      defaultValue = "")
  String write_revert();

  @AttributeDefinition(
      name = "Guard",
      description = "Expression that must be true for a write; else nothing is written",
      required = false,
      defaultValue = "")
  String write_guard();

  @AttributeDefinition(
      name = "Interlock",
      description = "While active, the value is written again whenever the channel has another",
      defaultValue = "false")
  boolean write_interlock();

  @AttributeDefinition(
      name = "Write interval (ms)",
      description = "Least time between two writes; one that comes earlier waits",
      min = "0",
      defaultValue = "0")
  long write_interval_ms();

  @AttributeDefinition(
      name = "Virtual tag",
      description = "asset/channel that is set whenever the rule begins or ceases to be active",
      required = false,
      defaultValue = "")
  String tag_channel();

  @AttributeDefinition(
      name = "Tag value",
      description = "Expression; the word active stands for the rule's state",
      required = false,
      defaultValue = "active")
  String tag_value();

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
      },
      defaultValue = "NONE")
  String alarm();

  @AttributeDefinition(
      name = "Alarm name",
      description = "Empty for the rule's pid",
      required = false,
      defaultValue = "")
  String alarm_name();

  @AttributeDefinition(
      name = "Priority",
      description = "Of the alarm and of a work order",
      options = {
        @Option(label = "LOW", value = "LOW"),
        @Option(label = "MEDIUM", value = "MEDIUM"),
        @Option(label = "HIGH", value = "HIGH"),
        @Option(label = "URGENT", value = "URGENT")
      },
      defaultValue = "MEDIUM")
  String priority();

  @AttributeDefinition(
      name = "Message",
      description = "What is wrong and what to do, for people",
      required = false,
      defaultValue = "")
  String message();

  @AttributeDefinition(
      name = "First-out group",
      description = "Of alarms of one group the first is marked until all are normal",
      required = false,
      defaultValue = "")
  String alarm_group();

  @AttributeDefinition(
      name = "Publish",
      description = "What is published when the rule becomes active",
      options = {
        @Option(label = "NONE", value = "NONE"),
        @Option(label = "MESSAGE", value = "MESSAGE"),
        @Option(label = "WORK_ORDER", value = "WORK_ORDER")
      },
      defaultValue = "NONE")
  String publish();

  @AttributeDefinition(
      name = "Publisher",
      description = "Filter that names the cloud publisher: (kura.service.pid=<its pid>)",
      required = false,
      defaultValue = "(kura.service.pid=none)")
  String CloudPublisher_target();

  @AttributeDefinition(
      name = "Body",
      description = "Expression that gives the message's text; empty for JSON",
      required = false,
      defaultValue = "")
  String publish_body();
}
