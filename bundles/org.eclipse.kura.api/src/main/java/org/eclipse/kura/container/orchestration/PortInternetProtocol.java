package org.eclipse.kura.container.orchestration;

/** The transport protocol of a port of a container. */
public enum PortInternetProtocol {
  TCP,
  UDP,
  SCTP
}
