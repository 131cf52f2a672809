package org.eclipse.kura.configuration;

import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ConsumerType;

/** A service that makes its own definition. */
@ConsumerType
public interface SelfConfiguringComponent {

  ComponentConfiguration getConfiguration() throws KuraException;
}
