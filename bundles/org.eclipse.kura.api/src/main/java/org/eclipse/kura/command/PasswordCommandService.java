package org.eclipse.kura.command;

import org.eclipse.kura.KuraException;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraRequestPayload;
import org.eclipse.kura.message.KuraResponsePayload;
import org.osgi.annotation.versioning.ProviderType;

/** Runs a command for a caller who knows the password. */
@ProviderType
public interface PasswordCommandService {

  String execute(String name, String name2) throws KuraException;

  @Deprecated
  default KuraResponsePayload execute(KuraRequestPayload kuraRequestPayload) {
    throw new UnsupportedOperationException("use execute(KuraPayload)");
  }

  KuraPayload execute(KuraPayload kuraPayload) throws KuraException;
}
