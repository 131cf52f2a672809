package org.eclipse.kura.cloudconnection.publisher;

import org.osgi.annotation.versioning.ProviderType;

/** Publishes notifications to the sender of an earlier request. */
@ProviderType
public interface CloudNotificationPublisher extends CloudPublisher {}
