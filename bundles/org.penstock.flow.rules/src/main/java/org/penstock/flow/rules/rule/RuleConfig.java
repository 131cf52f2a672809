package org.penstock.flow.rules.rule;

import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The properties of a rule. */
@ObjectClassDefinition(
    id = RuleConfig.FACTORY_PID,
    name = "Rule",
    description = "Does something when an expression over channels becomes true")
interface RuleConfig extends SharedRuleConfig {

  /** The factory pid. */
  String FACTORY_PID = "org.penstock.flow.rule";
}
