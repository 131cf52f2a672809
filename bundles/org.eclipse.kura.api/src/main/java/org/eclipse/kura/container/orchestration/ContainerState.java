package org.eclipse.kura.container.orchestration;

/** The state of a container. */
public enum ContainerState {
  STARTING,
  INSTALLED,
  ACTIVE,
  FAILED,
  STOPPING
}
