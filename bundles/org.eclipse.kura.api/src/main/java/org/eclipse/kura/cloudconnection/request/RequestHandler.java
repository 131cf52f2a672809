package org.eclipse.kura.cloudconnection.request;

import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.osgi.annotation.versioning.ConsumerType;

/** Answers remote requests to one application id. */
@ConsumerType
public interface RequestHandler {

  default KuraMessage doGet(RequestHandlerContext requestHandlerContext, KuraMessage kuraMessage)
      throws KuraException {
    throw new KuraException(KuraErrorCode.OPERATION_NOT_SUPPORTED);
  }

  default KuraMessage doPut(RequestHandlerContext requestHandlerContext, KuraMessage kuraMessage)
      throws KuraException {
    throw new KuraException(KuraErrorCode.OPERATION_NOT_SUPPORTED);
  }

  default KuraMessage doPost(RequestHandlerContext requestHandlerContext, KuraMessage kuraMessage)
      throws KuraException {
    throw new KuraException(KuraErrorCode.OPERATION_NOT_SUPPORTED);
  }

  default KuraMessage doDel(RequestHandlerContext requestHandlerContext, KuraMessage kuraMessage)
      throws KuraException {
    throw new KuraException(KuraErrorCode.OPERATION_NOT_SUPPORTED);
  }

  default KuraMessage doExec(RequestHandlerContext requestHandlerContext, KuraMessage kuraMessage)
      throws KuraException {
    throw new KuraException(KuraErrorCode.OPERATION_NOT_SUPPORTED);
  }
}
