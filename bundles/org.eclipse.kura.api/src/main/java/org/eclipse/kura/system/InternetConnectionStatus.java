package org.eclipse.kura.system;

/** How far the internet is reachable. */
public enum InternetConnectionStatus {
  UNAVAILABLE,
  IP_ONLY,
  FULL;
}
