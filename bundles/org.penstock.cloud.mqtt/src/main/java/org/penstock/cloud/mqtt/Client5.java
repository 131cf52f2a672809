package org.penstock.cloud.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.MqttPingSender;
import org.eclipse.paho.mqttv5.client.internal.ClientComms;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** MQTT 5 by Paho. */
final class Client5 implements Client {

  private static final long CLOSE_MS = 800;

  /** Fixed head 5, length of the topic 2, id 2, length of properties 1, expiry 5, alias 3. */
  private static final int PUBLISH_HEAD = 18;

  private final MqttAsyncClient client;
  private final Settings settings;
  private final Target target;
  private volatile int receiveMaximum = Settings.MOST_UNCONFIRMED;
  private volatile long maximumPacketSize = Long.MAX_VALUE;

  Client5(Settings settings, Target target) throws ClientException {
    this.settings = settings;
    this.target = target;
    Pings pings = new Pings(target.strand(), settings.config().keep$_$alive());
    try {
      client =
          new MqttAsyncClient(
              target.uri(), target.clientId(), new MemoryPersistence(), new Sender(pings), null);
    } catch (MqttException e) {
      throw failed(e);
    }
  }

  private static ClientException failed(MqttException e) {
    String words = Reasons.words(e.getReasonCode());
    return ClientException.of(
        e.getReasonCode(), words.isEmpty() ? String.valueOf(e.getMessage()) : words, e);
  }

  /** What goes along with a message. */
  private record Sent(int size, int qos) {}

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
          settings.options5(target.sockets().factory(), target.will().get()),
          null,
          new MqttActionListener() {
            @Override
            public void onSuccess(IMqttToken token) {
              MqttProperties said = token.getResponseProperties();
              receiveMaximum =
                  said == null || said.getReceiveMaximum() == null
                      ? Settings.MOST_UNCONFIRMED
                      : said.getReceiveMaximum();
              maximumPacketSize =
                  said == null || said.getMaximumPacketSize() == null
                      ? Long.MAX_VALUE
                      : said.getMaximumPacketSize();
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
    MqttMessage message = new MqttMessage(payload, qos, retain, settings.messageProperties());
    checkSize(topic, payload.length);
    try {
      int id = client.publish(topic, message, new Sent(payload.length, qos), null).getMessageId();
      return qos == 0 ? 0 : id; // the library gives ids to QoS 0, too
    } catch (MqttException e) {
      throw failed(e);
    }
  }

  /** A packet larger than the broker takes would end this connection, and each one after it. */
  private void checkSize(String topic, int payload) {
    long most = maximumPacketSize;
    if (most == Long.MAX_VALUE) {
      return;
    }
    long size = (long) PUBLISH_HEAD + topic.getBytes(StandardCharsets.UTF_8).length + payload;
    if (size > most) {
      throw new IllegalArgumentException(
          "the message has %d bytes with its topic, the broker takes %d".formatted(size, most));
    }
  }

  @Override
  public void subscribe(String filter, int qos) throws ClientException {
    try {
      IMqttToken token = client.subscribe(filter, qos);
      token.waitForCompletion(settings.timeoutMs());
      granted(token);
    } catch (MqttException e) {
      throw failed(e);
    }
  }

  private static void granted(IMqttToken token) throws ClientException {
    int[] codes = token.getReasonCodes();
    if (codes != null) {
      for (int code : codes) {
        if (code >= Reasons.FIRST_FAILURE) {
          throw new ClientException(ClientException.Kind.SUBSCRIPTION, Reasons.words(code), null);
        }
      }
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
        client.disconnectForcibly(0, CLOSE_MS, false);
      }
    } catch (MqttException e) {
      throw failed(e);
    }
  }

  @Override
  public int receiveMaximum() {
    return receiveMaximum;
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
    public void disconnected(MqttDisconnectResponse response) {
      String words = Reasons.words(response.getReturnCode());
      MqttException error = response.getException();
      sink.lost(
          words.isEmpty() && error != null
              ? failed(error)
              : new ClientException(ClientException.Kind.LOST, words, error));
    }

    @Override
    public void mqttErrorOccurred(MqttException error) {
      // what follows from it is told by the other methods
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      sink.arrived(topic, message.getPayload(), message.getQos(), message.isRetained());
    }

    @Override
    public void deliveryComplete(IMqttToken token) {
      Sent sent = token.getUserContext() instanceof Sent known ? known : new Sent(0, 1);
      int[] codes = token.getReasonCodes();
      int code = codes == null || codes.length == 0 ? 0 : codes[0];
      boolean refused = code >= Reasons.FIRST_FAILURE;
      sink.done(
          sent.qos() == 0 ? 0 : token.getMessageId(),
          sent.size(),
          token.getException() == null || refused,
          refused ? Reasons.words(code) : "");
    }

    @Override
    public void connectComplete(boolean again, String uri) {
      // the action listener has told
    }

    @Override
    public void authPacketArrived(int code, MqttProperties properties) {
      // enhanced authentication is not offered, so no broker asks for it
    }
  }
}
