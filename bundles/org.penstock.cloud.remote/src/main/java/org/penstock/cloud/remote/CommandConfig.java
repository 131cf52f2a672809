package org.penstock.cloud.remote;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Commands over the cloud connections and over REST; off. */
@ObjectClassDefinition(
    id = CommandConfig.PID,
    name = "Remote commands",
    description = "Runs programs for whoever may send requests. Off unless switched on.")
@interface CommandConfig {

  String PID = "org.eclipse.kura.cloud.app.command.CommandCloudApp";

  @AttributeDefinition(name = "Enabled")
  boolean command_enable() default false;

  @AttributeDefinition(
      name = "Password",
      description = "Each request must carry it, when it is not empty.",
      type = AttributeType.PASSWORD,
      required = false)
  String command_password_value() default "";

  @AttributeDefinition(
      name = "Allowed programs",
      description = "Absolute paths; anything else is refused. There is no shell in between.",
      required = false)
  String[] command_allowed() default {};

  @AttributeDefinition(
      name = "Working directory",
      description = "Requests may name a folder below it only.",
      required = false)
  String command_working_directory() default "/tmp";

  @AttributeDefinition(name = "Time-out (s)", min = "1", max = "3600")
  int command_timeout() default 60;

  @AttributeDefinition(
      name = "Environment",
      description =
          "NAME=value pairs, separated by blanks. Requests may set these names anew, no others.",
      required = false)
  String command_environment() default "";
}
