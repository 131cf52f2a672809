package org.penstock.flow.rules.rule;

import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.configuration.InstanceCheck;
import org.penstock.api.configuration.Problem;

/** The same for rules in wire graphs. */
@Component(property = InstanceCheck.FACTORY + "=" + WireRuleConfig.FACTORY_PID)
public final class WireRuleCheck implements InstanceCheck {

  private final RuleEngine engine;

  /** Called by the component runtime. */
  @Activate
  public WireRuleCheck(@Reference RuleEngine engine) {
    this.engine = engine;
  }

  @Override
  public List<Problem> check(String pid, Map<String, Object> values) {
    return RuleCheck.problems(engine, pid, values);
  }
}
