package org.eclipse.kura.configuration.metatype;

import org.osgi.annotation.versioning.ProviderType;

/** Binds a definition to a pid. */
@ProviderType
public interface Designate {

  TObject getObject();

  String getPid();

  String getFactoryPid();

  String getBundle();

  boolean isOptional();

  boolean isMerge();
}
