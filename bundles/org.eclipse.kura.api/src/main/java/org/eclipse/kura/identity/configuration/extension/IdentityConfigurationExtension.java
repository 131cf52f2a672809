package org.eclipse.kura.identity.configuration.extension;

import java.util.Optional;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.osgi.annotation.versioning.ProviderType;

/** Adds a configuration of its own to every identity. */
@ProviderType
public interface IdentityConfigurationExtension {

  Optional<ComponentConfiguration> getDefaultConfiguration(String pid) throws KuraException;

  void validateConfiguration(String name, ComponentConfiguration componentConfiguration)
      throws KuraException;

  Optional<ComponentConfiguration> getConfiguration(String pid) throws KuraException;

  void updateConfiguration(String name, ComponentConfiguration componentConfiguration)
      throws KuraException;
}
