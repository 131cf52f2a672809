package org.penstock.flow.rules.rule;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.kura.configuration.ConfigurationService;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.flow.rules.alarm.Alarms;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rules that were deleted while this bundle stood still could not take their alarms with them: it is
 * looked for them at each start.
 */
@Component(service = GoneRules.class, immediate = true)
public final class GoneRules {

  private static final Logger LOG = LoggerFactory.getLogger(GoneRules.class);
  private static final String SOURCE = Actions.source("");
  private static final String FILTER =
      "(|(service.factoryPid=%s)(service.factoryPid=%s))"
          .formatted(RuleConfig.FACTORY_PID, WireRuleConfig.FACTORY_PID);

  /**
   * Called by the component runtime.
   *
   * @param restored is there once all configurations are in Configuration Admin
   */
  @Activate
  public GoneRules(
      @Reference ConfigurationService restored,
      @Reference ConfigurationAdmin admin,
      @Reference Alarms alarms,
      @Reference RuleEngine engine)
      throws IOException, InvalidSyntaxException {
    Set<String> there = new HashSet<>();
    Configuration[] all = admin.listConfigurations(FILTER);
    for (Configuration one : all == null ? new Configuration[0] : all) {
      there.add(String.valueOf(one.getProperties().get("kura.service.pid")));
    }
    long now = engine.time().wall();
    for (String source : alarms.sources()) {
      String pid = source.startsWith(SOURCE) ? source.substring(SOURCE.length()) : "";
      if (!pid.isEmpty() && !there.contains(pid)) {
        alarms.retire(source, Set.of(), "the rule was deleted", now);
      }
    }
    engine.log().ifPresent(log -> forget(log, there));
  }

  private static void forget(StateLog log, Set<String> there) {
    for (String name : log.names()) {
      if (!there.contains(name)) {
        try {
          log.put(name, new byte[0]);
        } catch (IOException full) {
          LOG.warn("what rule {} remembered stays, though it is gone: {}", name, full.getMessage());
        }
      }
    }
  }
}
