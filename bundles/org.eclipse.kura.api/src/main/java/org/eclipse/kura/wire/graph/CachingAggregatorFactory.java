package org.eclipse.kura.wire.graph;

import org.osgi.annotation.versioning.ProviderType;

/** Makes aggregators that use the last value of each port. */
@ProviderType
public interface CachingAggregatorFactory extends PortAggregatorFactory {}
