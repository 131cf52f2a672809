package org.penstock.flow.wires.component;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.penstock.api.configuration.InstanceCheck;
import org.penstock.api.configuration.Problem;
import org.penstock.api.cron.Cron;

/** A time table must be one, also while the timer is SIMPLE and does not use it. */
@Component(property = InstanceCheck.FACTORY + "=" + TimerConfig.FACTORY_PID)
public final class TimerCheck implements InstanceCheck {

  @Override
  public List<Problem> check(String pid, Map<String, Object> values) {
    List<Problem> problems = new ArrayList<>();
    String cron = new Settings(values).text(TimerConfig.CRON, "");
    try {
      if (!cron.isEmpty()) {
        Cron.parse(cron);
      }
    } catch (IllegalArgumentException wrong) {
      problems.add(new Problem(pid, TimerConfig.CRON, cron, wrong.getMessage()));
    }
    return problems;
  }
}
