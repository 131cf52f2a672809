package org.penstock.cloud.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.cloud.mqtt.Transports.Events;

/**
 * Without it topics could go out in full with each message, or an alias of an old connection could
 * name another topic on the next (MQTT 5, 3.3.2.3.4: the mapping lives as long as the connection).
 */
@Timeout(60)
class TopicAliasTest {

  private static final int PUBLISH = 3;
  private static final int TOPIC_ALIAS = 0x23;

  @TempDir Path folder;
  private Mosquitto mosquitto;
  private Relay relay;
  private MqttDataTransport transport;
  private final Events events = new Events();

  @BeforeEach
  void start() throws Exception {
    mosquitto = new Mosquitto(folder, "allow_anonymous true"); // grants 10 aliases
    relay = new Relay(mosquitto.port);
    transport = Transports.to(relay.port, Map.of("protocol-version", 5));
    transport.addDataTransportListener(events);
  }

  @AfterEach
  void stop() throws Exception {
    transport.stop();
    relay.close();
    mosquitto.close();
  }

  /** As "topic alias" for each PUBLISH; alias 0: none. */
  private static List<String> published(byte[] stream) {
    ByteBuffer in = ByteBuffer.wrap(stream);
    List<String> found = new ArrayList<>();
    while (in.hasRemaining()) {
      int head = in.get() & 0xff;
      int length = variable(in);
      ByteBuffer body = in.slice(in.position(), length);
      in.position(in.position() + length);
      if (head >> 4 == PUBLISH) {
        found.add(topicAndAlias(body, (head >> 1 & 3) > 0));
      }
    }
    return found;
  }

  private static String topicAndAlias(ByteBuffer body, boolean hasId) {
    byte[] topic = new byte[body.getShort()];
    body.get(topic);
    if (hasId) {
      body.getShort();
    }
    int end = variable(body) + body.position();
    int alias = 0;
    if (body.position() < end) { // the only property that this transport was told to send
      assertEquals(TOPIC_ALIAS, body.get());
      alias = body.getShort();
    }
    return new String(topic, StandardCharsets.UTF_8) + " " + alias;
  }

  private static int variable(ByteBuffer in) {
    int value = 0;
    int shift = 0;
    byte next;
    do {
      next = in.get();
      value |= (next & 0x7f) << shift;
      shift += 7;
    } while (next < 0);
    return value;
  }

  private void publish(String topic, String payload) throws Exception {
    Object token = transport.publish(topic, payload.getBytes(StandardCharsets.UTF_8), 1, false);
    assertEquals(token, events.next());
  }

  @Test
  void aTopicGoesOutOnceForEachConnection() throws Exception {
    BlockingQueue<String> received = mosquitto.subscribe("plant/#");
    transport.connect();
    assertEquals("established", events.next());
    publish("plant/a", "1");
    publish("plant/a", "2");
    publish("plant/b", "3");
    publish("plant/b", "4");
    publish("plant/a", "5");
    relay.cut();
    assertEquals("lost", events.next());
    transport.connect();
    assertEquals("established", events.next());
    publish("plant/b", "6"); // the first alias of this connection
    publish("plant/a", "7");
    publish("plant/b", "8");
    List<byte[]> sent = relay.sent();
    assertEquals(List.of("plant/a 1", " 1", "plant/b 2", " 2", " 1"), published(sent.get(0)));
    assertEquals(List.of("plant/b 1", "plant/a 2", " 1"), published(sent.get(1)));
    for (String expected : List.of("a 1", "a 2", "b 3", "b 4", "a 5", "b 6", "a 7", "b 8")) {
      assertEquals("plant/" + expected + " 1", received.poll(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void topicsBeyondWhatTheBrokerGrantsGoOutInFull() throws Exception {
    BlockingQueue<String> received = mosquitto.subscribe("plant/#");
    transport.connect();
    assertEquals("established", events.next());
    for (int round = 0; round < 2; round++) {
      for (int i = 1; i <= 12; i++) {
        publish("plant/" + i, "m" + round);
      }
    }
    List<String> sent = published(relay.sent().get(0));
    for (int i = 1; i <= 12; i++) {
      assertEquals("plant/" + i + " " + (i > 10 ? 0 : i), sent.get(i - 1));
      assertEquals(i > 10 ? "plant/" + i + " 0" : " " + i, sent.get(i + 11));
      assertEquals("plant/" + i + " m0 1", received.poll(10, TimeUnit.SECONDS));
    }
  }
}
