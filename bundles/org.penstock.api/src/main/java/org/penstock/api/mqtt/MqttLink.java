package org.penstock.api.mqtt;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;
import org.penstock.api.driver.LinkState;

/** One link to one broker. Any thread may call; nothing waits. */
@ProviderType
public interface MqttLink extends AutoCloseable {

  /** Whether the broker can be reached, and why not. */
  LinkState state();

  /** Subscribes from now on, also after each reconnection. */
  void subscribe(String filter, int qos);

  /** Ends a subscription. */
  void unsubscribe(String filter);

  /**
   * Publishes. Nothing is stored: while the link is down, this fails at once.
   *
   * @return completes when the broker has the message (QoS 1 and 2) or it is handed to the network
   *     (QoS 0); exceptionally, with the reason in words, when that fails or the link is lost before
   */
  CompletionStage<Void> publish(String topic, byte[] payload, int qos, boolean retain);

  /** Ends the link within 2 s. */
  @Override
  void close();
}
