package org.eclipse.kura.wire;

import org.osgi.annotation.versioning.ProviderType;
import org.osgi.framework.ServiceReference;

/** Makes wire support and resolves pids of wire components. */
@ProviderType
public interface WireHelperService {

  String getPid(WireComponent wireComponent);

  String getServicePid(String pid);

  String getServicePid(WireComponent wireComponent);

  boolean isEmitter(String name);

  boolean isReceiver(String name);

  WireSupport newWireSupport(
      WireComponent wireComponent, ServiceReference<WireComponent> serviceReference);
}
