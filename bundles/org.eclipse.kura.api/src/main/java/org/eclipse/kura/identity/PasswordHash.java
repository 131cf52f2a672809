package org.eclipse.kura.identity;

import org.osgi.annotation.versioning.ProviderType;

/** A hashed password. */
@ProviderType
public interface PasswordHash {}
