package org.penstock.flow.wires;

import java.util.List;
import org.eclipse.kura.wire.graph.CachingAggregatorFactory;
import org.eclipse.kura.wire.graph.PortAggregator;
import org.eclipse.kura.wire.graph.ReceiverPort;
import org.osgi.service.component.annotations.Component;

/** Makes aggregators that go on with the last envelope of each port. */
@Component
public final class CachingAggregators implements CachingAggregatorFactory {

  @Override
  public PortAggregator build(List<ReceiverPort> ports) {
    return new Gatherer(ports, false);
  }
}
