package org.eclipse.kura.configuration;

import org.osgi.annotation.versioning.ConsumerType;

/** Marks a service whose configuration is managed. */
@ConsumerType
public interface ConfigurableComponent {}
