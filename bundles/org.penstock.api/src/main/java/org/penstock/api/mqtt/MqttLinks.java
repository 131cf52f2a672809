package org.penstock.api.mqtt;

import org.osgi.annotation.versioning.ProviderType;

/** Opens links to brokers. Any thread may call. */
@ProviderType
public interface MqttLinks {

  /**
   * Opens a link. It connects by itself, at once and again after each loss, with pauses that grow and
   * jitter; returns without waiting for that.
   *
   * @param listener hears of messages and of the link's state
   * @throws IllegalArgumentException names the option, the value and what is allowed
   */
  MqttLink open(MqttLinkOptions options, MqttLinkListener listener);
}
