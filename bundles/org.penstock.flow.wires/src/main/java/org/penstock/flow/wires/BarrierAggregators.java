package org.penstock.flow.wires;

import java.util.List;
import org.eclipse.kura.wire.graph.BarrierAggregatorFactory;
import org.eclipse.kura.wire.graph.PortAggregator;
import org.eclipse.kura.wire.graph.ReceiverPort;
import org.osgi.service.component.annotations.Component;

/** Makes aggregators that wait for all ports. */
@Component
public final class BarrierAggregators implements BarrierAggregatorFactory {

  @Override
  public PortAggregator build(List<ReceiverPort> ports) {
    return new Gatherer(ports, true);
  }
}
