package org.eclipse.kura.command;

import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ProviderType;

/** Runs a command. */
@Deprecated
@ProviderType
public interface CommandService {

  @Deprecated
  String execute(String name) throws KuraException;
}
