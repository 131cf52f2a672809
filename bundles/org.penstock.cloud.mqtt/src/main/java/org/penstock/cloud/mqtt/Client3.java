package org.penstock.cloud.mqtt;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.MqttPingSender;
import org.eclipse.paho.client.mqttv3.internal.ClientComms;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** MQTT 3.1 and 3.1.1 by Paho. */
final class Client3 implements Client {

  private static final long CLOSE_MS = 800;

  private final MqttAsyncClient client;
  private final Settings settings;
  private final Target target;

  Client3(Settings settings, Target target) throws ClientException {
    this.settings = settings;
    this.target = target;
    Pings pings = new Pings(target.strand(), settings.config().keep$_$alive());
    try {
      client =
          new MqttAsyncClient(
              target.uri(), target.clientId(), new MemoryPersistence(), new Sender(pings));
    } catch (MqttException e) {
      throw failed(e);
    }
  }

  private static ClientException failed(MqttException e) {
    return ClientException.of(e.getReasonCode(), e.getMessage(), e);
  }

  /** Paho's way to have the time told. */
  private static final class Sender implements MqttPingSender {

    private final Pings pings;
    private ClientComms comms;

    Sender(Pings pings) {
      this.pings = pings;
    }

    @Override
    public void init(ClientComms all) {
      comms = all;
    }

    @Override
    public void start() {
      schedule(comms.getKeepAlive());
    }

    @Override
    public void stop() {
      pings.stop();
    }

    @Override
    public void schedule(long delayMs) {
      pings.schedule(delayMs, comms::checkForActivity);
    }
  }

  @Override
  public CompletableFuture<Boolean> connect(Sink sink) throws ClientException {
    CompletableFuture<Boolean> opened = new CompletableFuture<>();
    client.setCallback(new Events(sink));
    try {
      client.connect(
          settings.options(target.sockets().factory(), target.will().get()),
          null,
          new IMqttActionListener() {
            @Override
            public void onSuccess(IMqttToken token) {
              opened.complete(token.getSessionPresent());
            }

            @Override
            public void onFailure(IMqttToken token, Throwable error) {
              opened.completeExceptionally(error instanceof MqttException e ? failed(e) : error);
            }
          });
    } catch (MqttException e) {
      throw failed(e);
    }
    return opened;
  }

  @Override
  public boolean isConnected() {
    return client.isConnected();
  }

  @Override
  public int publish(String topic, byte[] payload, int qos, boolean retain) throws ClientException {
    MqttMessage message = new MqttMessage(payload);
    message.setQos(qos);
    message.setRetained(retain);
    try {
      return client.publish(topic, message, payload.length, null).getMessageId();
    } catch (MqttException e) {
      throw failed(e);
    }
  }

  @Override
  public void subscribe(String filter, int qos) throws ClientException {
    try {
      client.subscribe(filter, qos).waitForCompletion(settings.timeoutMs());
    } catch (MqttException e) {
      throw failed(e);
    }
  }

  @Override
  public void unsubscribe(String filter) throws ClientException {
    try {
      client.unsubscribe(filter).waitForCompletion(settings.timeoutMs());
    } catch (MqttException e) {
      throw failed(e);
    }
  }

  @Override
  public void disconnect(long quiesceMs) throws ClientException {
    try {
      client.disconnect(quiesceMs).waitForCompletion(quiesceMs + CLOSE_MS);
    } catch (MqttException e) {
      throw failed(e);
    } finally {
      force();
    }
  }

  private void force() throws ClientException {
    try {
      if (client.isConnected()) {
        client.disconnectForcibly(0, TimeUnit.MILLISECONDS.toMillis(CLOSE_MS), false);
      }
    } catch (MqttException e) {
      throw failed(e);
    }
  }

  @Override
  public int receiveMaximum() {
    return Settings.MOST_UNCONFIRMED;
  }

  @Override
  public void abort() {
    target.sockets().abort();
  }

  @Override
  public void close() {
    target.sockets().abort();
    try {
      client.close(true);
    } catch (MqttException e) {
      target.sockets().abort(); // it is still ending by itself, and its socket is closed
    }
  }

  private static final class Events implements MqttCallback {

    private final Sink sink;

    Events(Sink sink) {
      this.sink = sink;
    }

    @Override
    public void connectionLost(Throwable cause) {
      sink.lost(cause instanceof MqttException e ? failed(e) : cause);
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      sink.arrived(topic, message.getPayload(), message.getQos(), message.isRetained());
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
      int size = token.getUserContext() instanceof Integer bytes ? bytes : 0;
      sink.done(token.getMessageId(), size, token.getException() == null, "");
    }
  }
}
