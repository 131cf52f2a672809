package org.eclipse.kura.security;

import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** Gives the rules of the flooding protection. */
@ProviderType
public interface FloodingProtectionConfigurationService {

  Set<String> getFloodingProtectionFilterRules();

  Set<String> getFloodingProtectionNatRules();

  Set<String> getFloodingProtectionMangleRules();

  Set<String> getFloodingProtectionFilterRulesIPv6();

  Set<String> getFloodingProtectionNatRulesIPv6();

  Set<String> getFloodingProtectionMangleRulesIPv6();
}
