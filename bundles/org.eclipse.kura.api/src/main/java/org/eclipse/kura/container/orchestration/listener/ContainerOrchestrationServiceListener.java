package org.eclipse.kura.container.orchestration.listener;

import org.osgi.annotation.versioning.ConsumerType;

/** Is told when the container engine comes and goes. */
@ConsumerType
public interface ContainerOrchestrationServiceListener {

  void onConnect();

  void onDisconnect();

  void onDisabled();
}
