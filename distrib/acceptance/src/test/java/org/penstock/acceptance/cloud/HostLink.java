package org.penstock.acceptance.cloud;

import java.nio.charset.StandardCharsets;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallbackExtended;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.penstock.test.sparkplug.Codec;
import org.penstock.test.sparkplug.Host;

/** The host at a real broker: its STATE, its commands, and what it does when it was away. */
final class HostLink implements AutoCloseable, MqttCallbackExtended {

  private static final String STATE = "spBv1.0/STATE/scada";
  private static final String REBIRTH =
      "{\"timestamp\":1,\"metrics\":[{\"name\":\"Node Control/Rebirth\",\"type\":\"Boolean\","
          + "\"value\":true,\"timestamp\":1}]}";

  private final Codec codec;
  private final Host host;
  private final MqttAsyncClient client;

  HostLink(int port, Codec codec, Host host) {
    this.codec = codec;
    this.host = host;
    try {
      client = new MqttAsyncClient("tcp://127.0.0.1:" + port, "scada", new MemoryPersistence());
      client.setCallback(this);
      MqttConnectOptions options = new MqttConnectOptions();
      options.setAutomaticReconnect(true);
      options.setMaxReconnectDelay(200);
      client.connect(options).waitForCompletion(10_000);
    } catch (MqttException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void connectComplete(boolean again, String address) {
    try {
      host.wasAway();
      client.subscribe("spBv1.0/plant/#", 1);
      state(true);
      command("NCMD/gw", REBIRTH);
    } catch (MqttException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Says whether the host is online, retained. */
  void state(boolean online) throws MqttException {
    String json = "{\"online\":" + online + ",\"timestamp\":" + System.currentTimeMillis() + "}";
    client.publish(STATE, json.getBytes(StandardCharsets.UTF_8), 1, true);
  }

  void command(String topic, String json) throws MqttException {
    client.publish("spBv1.0/plant/" + topic, codec.encode(json), 1, false);
  }

  @Override
  public void messageArrived(String topic, MqttMessage message) {
    host.message(topic, message.getPayload(), message.getQos(), message.isRetained());
  }

  @Override
  public void connectionLost(Throwable cause) {
    host.wasAway();
  }

  @Override
  public void deliveryComplete(IMqttDeliveryToken token) {
    // nobody asks for that
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
