package org.eclipse.kura.configuration.metatype;

import org.osgi.annotation.versioning.ProviderType;

/** One choice of an attribute. */
@ProviderType
public interface Option {

  String getLabel();

  String getValue();
}
