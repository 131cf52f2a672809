package org.penstock.driver.template;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What a user can set on a driver instance. Names, types and defaults stand here and nowhere else. */
@ObjectClassDefinition(
    id = TemplateDriverConfig.FACTORY_PID,
    name = "Template driver",
    description = "A toy driver with invented values, to be copied")
@interface TemplateDriverConfig {

  /** The factory pid. */
  String FACTORY_PID = "org.penstock.driver.template";

  @AttributeDefinition(
      name = "Timeout",
      description = "Milliseconds that the device may take for an answer",
      min = "10",
      max = "60000")
  int timeout_ms() default 1000;

  @AttributeDefinition(
      name = "Report interval",
      description = "Milliseconds between values that the device reports by itself",
      min = "10",
      max = "3600000")
  int report_interval_ms() default 1000;
}
