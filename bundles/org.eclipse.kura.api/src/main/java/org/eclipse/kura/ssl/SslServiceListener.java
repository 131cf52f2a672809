package org.eclipse.kura.ssl;

import org.osgi.annotation.versioning.ConsumerType;

/** Is told when TLS settings change. */
@ConsumerType
public interface SslServiceListener {

  void onConfigurationUpdated();
}
