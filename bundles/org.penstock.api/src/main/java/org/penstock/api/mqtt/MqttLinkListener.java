package org.penstock.api.mqtt;

import org.osgi.annotation.versioning.ConsumerType;
import org.penstock.api.driver.LinkState;

/** Hears what a link tells, on a strand of the link's own: one call at a time, in order. */
@ConsumerType
public interface MqttLinkListener {

  /** A message of one of the link's subscriptions. */
  void message(String topic, byte[] payload, boolean retained);

  /** The link came up or went down. */
  void state(LinkState state);
}
