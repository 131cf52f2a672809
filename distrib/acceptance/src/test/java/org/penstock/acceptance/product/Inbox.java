package org.penstock.acceptance.product;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** An independent subscriber that keeps what it receives. */
public final class Inbox implements AutoCloseable, MqttCallback {

  /** One message. */
  public record Message(String topic, byte[] payload, long receivedAt) {}

  private final List<Message> messages = new CopyOnWriteArrayList<>();
  private final MqttClient client;

  /** Subscribes with QoS 1 in a session that survives the broker's restart as far as the broker does. */
  public Inbox(int port, String filter) {
    try {
      client =
          new MqttClient(
              "tcp://127.0.0.1:" + port, "inbox-" + System.nanoTime(), new MemoryPersistence());
      MqttConnectOptions options = new MqttConnectOptions();
      options.setCleanSession(false);
      options.setMaxInflight(1000);
      options.setAutomaticReconnect(true);
      options.setMaxReconnectDelay(200);
      client.setCallback(this);
      client.connect(options);
      client.subscribe(filter, 1);
      client.subscribe("inbox/nothing/1", 1); // the broker writes its sessions after two changes
      client.subscribe("inbox/nothing/2", 1);
    } catch (MqttException e) {
      throw new IllegalStateException(e);
    }
  }

  public List<Message> messages() {
    return messages;
  }

  @Override
  public void messageArrived(String topic, MqttMessage message) {
    messages.add(new Message(topic, message.getPayload(), System.currentTimeMillis()));
  }

  @Override
  public void connectionLost(Throwable cause) {
    // the client connects again by itself
  }

  @Override
  public void deliveryComplete(IMqttDeliveryToken token) {
    // nothing is published here
  }

  /** Waits until so many messages are there. */
  public void await(int count, Duration limit) {
    Await.until(
        limit,
        () -> "received " + messages.size() + " of " + count,
        () -> messages.size() >= count);
  }

  @Override
  public void close() {
    try {
      client.disconnectForcibly(100, 100);
      client.close();
    } catch (MqttException e) {
      throw new IllegalStateException(e);
    }
  }
}
