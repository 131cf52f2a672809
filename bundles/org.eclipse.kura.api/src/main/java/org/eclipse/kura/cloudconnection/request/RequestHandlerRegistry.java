package org.eclipse.kura.cloudconnection.request;

import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ProviderType;

/** Takes request handlers by application id. */
@ProviderType
public interface RequestHandlerRegistry {

  void registerRequestHandler(String name, RequestHandler requestHandler) throws KuraException;

  void unregister(String name) throws KuraException;
}
