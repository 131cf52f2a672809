package org.eclipse.kura.deployment.hook;

import java.util.Map;
import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ConsumerType;

/** Takes part in remote deployments of one request type. */
@ConsumerType
public interface DeploymentHook {

  void preDownload(RequestContext requestContext, Map<String, Object> properties)
      throws KuraException;

  void postDownload(RequestContext requestContext, Map<String, Object> properties)
      throws KuraException;

  void postInstall(RequestContext requestContext, Map<String, Object> properties)
      throws KuraException;
}
