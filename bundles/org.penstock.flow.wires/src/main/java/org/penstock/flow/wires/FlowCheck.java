package org.penstock.flow.wires;

import jakarta.ws.rs.BadRequestException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.wire.graph.WireComponentConfiguration;
import org.eclipse.kura.wire.graph.WireGraphConfiguration;
import org.penstock.api.configuration.ConfigurationCheck;
import org.penstock.api.configuration.Problem;

/**
 * Refuses a graph with a component that is given a wrong value, by its definition or by what its
 * factory knows beyond it: applied, it would stand there and fail. A value that is missing is none.
 * Kura's own ways in stay as lenient as they are. Any thread may call.
 */
final class FlowCheck {

  private final ConfigurationService configurations;
  private final ConfigurationCheck check;
  private final Factories factories;

  FlowCheck(ConfigurationService configurations, ConfigurationCheck check) {
    this.configurations = configurations;
    this.check = check;
    this.factories = new Factories(configurations);
  }

  /**
   * Looks at what is given of each component.
   *
   * @throws BadRequestException names each component, property and value that is wrong
   */
  void refuseFaulty(WireGraphConfiguration asked) throws KuraException {
    List<String> faults = new ArrayList<>();
    for (WireComponentConfiguration one : asked.getWireComponentConfigurations()) {
      problems(one.getConfiguration()).stream()
          .filter(problem -> !problem.given().isEmpty()) // what is missing may come: a draft
          .forEach(problem -> faults.add(problem.text()));
    }
    if (!faults.isEmpty()) {
      throw new BadRequestException("the graph is not changed: " + String.join("; ", faults));
    }
  }

  private List<Problem> problems(ComponentConfiguration asked) throws KuraException {
    String pid = asked.getPid();
    Map<String, Object> given = new HashMap<>(asked.getConfigurationProperties());
    Object factory = given.remove(Factories.FACTORY_PID);
    if (factories.isActive(pid)) {
      boolean stays =
          factory == null || factories.of(pid, false).filter(factory::equals).isPresent();
      return stays ? check.check(pid, given) : List.of();
    }
    boolean isNew = factory != null && factories.of(pid, true).isEmpty();
    return isNew && configurations.getFactoryComponentPids().contains(factory)
        ? check.checkNew(factory.toString(), pid, given)
        : List.of(); // of a bundle that is away: judged when it comes
  }
}
