package org.penstock.cloud.remote;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Who may ask for what over the cloud connections. */
@ObjectClassDefinition(
    id = RemoteConfig.PID,
    name = "Remote management",
    description = "Who may ask for what over the cloud connections.")
@interface RemoteConfig {

  String PID = "org.penstock.cloud.remote";

  @AttributeDefinition(
      name = "Applications",
      description = "Application ids that are served; all others are refused. CMD-V1 has its own.")
  String[] applications() default {
    "CONF-V1",
    "CONF-V2",
    "DEPLOY-V2",
    "ASSET-V1",
    "INVENTORY-V1",
    "KEYS-V1",
    "KEYS-V2",
    "IDN-V1",
    "IDN-V2",
    "SEC-V1",
    "SEC-V2",
    "SYS-V1",
    "WIRE-V1",
    "POS-V1",
    "CLD-V1",
    "SVCLIST-V1",
    "TAMPER-V1"
  };

  @AttributeDefinition(
      name = "Requesters",
      description = "Client ids that may ask; empty for all that the broker lets through.",
      required = false)
  String[] requesters() default {};

  @AttributeDefinition(
      name = "Time for a new configuration to prove itself (s)",
      description =
          "A remote change after which the connection does not come back in this time is undone.",
      min = "5",
      max = "3600")
  int link_limit_s() default 60;

  @AttributeDefinition(
      name = "Deployment hooks",
      description = "Lines of request type=kura.service.pid of a hook.|TextArea",
      required = false)
  String deployment_hook_associations() default "";
}
