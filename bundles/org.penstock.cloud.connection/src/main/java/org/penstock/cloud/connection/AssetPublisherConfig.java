package org.penstock.cloud.connection;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What is published, how often, and through whom. */
@ObjectClassDefinition(
    id = AssetPublisher.PID,
    name = "Asset to cloud",
    description = "Reads an asset at intervals and publishes its values, without a graph.")
@interface AssetPublisherConfig {

  @AttributeDefinition(name = "Asset", description = "kura.service.pid of the asset.")
  String asset_pid() default "";

  @AttributeDefinition(name = "Interval, ms", min = "50")
  int interval_ms() default 10_000;

  @AttributeDefinition(
      name = "Publisher",
      description = "Filter that names the cloud publisher: (kura.service.pid=<its pid>)")
  String CloudPublisher_target() default "(kura.service.pid=changeme)";
}
