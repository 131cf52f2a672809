package org.eclipse.kura.cloudconnection.request;

/** Keys of a request handler's context. */
public enum RequestHandlerContextConstants {
  TENANT_ID,
  DEVICE_ID,
  NOTIFICATION_PUBLISHER_PID;
}
