package org.eclipse.kura.wire.graph;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Makes port aggregators. */
@ProviderType
public interface PortAggregatorFactory {

  PortAggregator build(List<ReceiverPort> list);
}
