package org.penstock.flow.wires.component;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The properties of a filter by key. */
@ObjectClassDefinition(
    id = RegexFilterConfig.FACTORY_PID,
    name = "RegexFilter",
    description = "Keeps or removes the values whose keys match")
@interface RegexFilterConfig {

  /** Kura's factory pid. */
  String FACTORY_PID = "org.eclipse.kura.wire.RegexFilter";

  /** Key of {@link #regex_filter}. */
  String REGEX = "regex.filter";

  /** Key of {@link #filter_type}. */
  String TYPE = "filter.type";

  @AttributeDefinition(
      name = "Regular expression",
      description = "Matches whole keys; empty passes all",
      required = false)
  String regex_filter() default "";

  @AttributeDefinition(
      name = "Filter type",
      description = "What happens to values whose keys match",
      options = {@Option(label = "RETAIN", value = "1"), @Option(label = "REMOVE", value = "2")})
  int filter_type() default 1;
}
