package org.eclipse.kura.wire.graph;

import org.osgi.annotation.versioning.ProviderType;

/** Makes aggregators that wait for all ports. */
@ProviderType
public interface BarrierAggregatorFactory extends PortAggregatorFactory {}
