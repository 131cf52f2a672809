package org.penstock.flow.rules.rule;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.configuration.InstanceCheck;
import org.penstock.api.configuration.Problem;

/** A rule is looked at when it is saved, also as a plain configuration; one that is not enabled may be wrong. */
@Component(property = InstanceCheck.FACTORY + "=" + RuleConfig.FACTORY_PID)
public final class RuleCheck implements InstanceCheck {

  private final RuleEngine engine;

  /** Called by the component runtime. */
  @Activate
  public RuleCheck(@Reference RuleEngine engine) {
    this.engine = engine;
  }

  @Override
  public List<Problem> check(String pid, Map<String, Object> values) {
    return problems(engine, pid, values);
  }

  static List<Problem> problems(RuleEngine engine, String pid, Map<String, Object> values) {
    Map<String, Object> whole = new HashMap<>(values);
    whole.put("kura.service.pid", pid);
    RuleDefinition definition = new RuleDefinition(whole, engine);
    if (!definition.enabled()) {
      return List.of();
    }
    return definition.faults().stream()
        .map(
            fault ->
                new Problem(
                    pid,
                    fault.key(),
                    String.valueOf(whole.getOrDefault(fault.key(), "")),
                    fault.character() > 0
                        ? "character %d: %s".formatted(fault.character(), fault.message())
                        : fault.message()))
        .toList();
  }
}
