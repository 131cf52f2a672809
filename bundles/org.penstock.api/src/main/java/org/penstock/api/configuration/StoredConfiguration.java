package org.penstock.api.configuration;

import org.eclipse.kura.configuration.SelfConfiguringComponent;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A self-configuring component that invents nothing: all its values stand in Configuration Admin, and only
 * its definition is its own. A snapshot takes them from there and does not ask it, which spares an asset of
 * 50,000 channels describing each of them again.
 */
@ConsumerType
public interface StoredConfiguration extends SelfConfiguringComponent {}
