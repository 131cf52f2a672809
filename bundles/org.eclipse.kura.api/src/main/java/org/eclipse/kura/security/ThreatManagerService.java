package org.eclipse.kura.security;

import org.osgi.annotation.versioning.ProviderType;

/** Protects the network's stack. */
@ProviderType
public interface ThreatManagerService {}
