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
    try {
      KuraPayload answer = execute((KuraPayload) kuraRequestPayload);
      KuraResponsePayload response = new KuraResponsePayload(answer);
      if (response.getMetric(KuraResponsePayload.METRIC_RESPONSE_CODE) == null) {
        response.setResponseCode(KuraResponsePayload.RESPONSE_CODE_OK);
      }
      return response;
    } catch (KuraException e) {
      return new KuraResponsePayload(e);
    }
  }

  KuraPayload execute(KuraPayload kuraPayload) throws KuraException;
}
