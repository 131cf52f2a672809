package org.penstock.flow.rules.rule;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The properties of a rule in a wire graph. */
@ObjectClassDefinition(
    id = WireRuleConfig.FACTORY_PID,
    name = "Rule",
    description =
        "Does something, and sends a record on, when an expression over records and channels becomes true")
interface WireRuleConfig extends SharedRuleConfig {

  /** The factory pid. */
  String FACTORY_PID = "org.penstock.flow.rule.wire";

  @AttributeDefinition(
      name = "Keys of records",
      description =
          "Keys that expressions use as words, with their types: temperature: DOUBLE; run: BOOLEAN",
      required = false,
      defaultValue = "")
  String record_properties();
}
