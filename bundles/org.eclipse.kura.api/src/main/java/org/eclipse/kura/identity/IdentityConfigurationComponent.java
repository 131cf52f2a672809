package org.eclipse.kura.identity;

import org.osgi.annotation.versioning.ProviderType;

/** Marks a part of an identity's configuration. */
@ProviderType
public interface IdentityConfigurationComponent {}
