package org.penstock.cloud.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.KuraConnectException;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraTooManyInflightMessagesException;
import org.eclipse.kura.data.DataTransportToken;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.cloud.mqtt.Transports.Events;

/** Without it MQTT 5 could connect and then misread what the broker grants or refuses. */
@Timeout(150)
class VersionFiveTest {

  @TempDir Path folder;

  private Mosquitto mosquitto;
  private MqttDataTransport transport;
  private final Events events = new Events();

  private void start(Map<String, Object> options, String... broker) throws Exception {
    mosquitto = new Mosquitto(folder, broker);
    Map<String, Object> all = new HashMap<>(Map.of("protocol-version", 5));
    all.putAll(options);
    transport = Transports.to(mosquitto.port, all);
    transport.addDataTransportListener(events);
  }

  @AfterEach
  void stop() throws Exception {
    transport.stop();
    mosquitto.close();
  }

  private DataTransportToken publish(String topic, String payload, int qos) throws KuraException {
    return transport.publish(topic, payload.getBytes(StandardCharsets.UTF_8), qos, false);
  }

  @Test
  void messagesOfEachQosArriveAndAreConfirmed() throws Exception {
    start(
        Map.of("mqtt5.user.properties", "site=a, line=2", "mqtt5.message.expiry", 60),
        "allow_anonymous true");
    BlockingQueue<String> received = mosquitto.subscribe("acme/#");
    transport.connect();
    assertEquals("established", events.next());
    for (int qos = 0; qos <= 2; qos++) {
      DataTransportToken token = publish("#account-name/#client-id/A", "m" + qos, qos);
      assertEquals("acme/gw-1/A m" + qos + " " + qos, received.poll(20, TimeUnit.SECONDS));
      if (qos > 0) {
        assertEquals(token, events.next());
      }
    }
    transport.subscribe("#account-name/#client-id/in", 1);
    mosquitto.publish("acme/gw-1/in", "hello");
    assertEquals("acme/gw-1/in=hello", events.next());
    transport.disconnect(0);
    assertEquals("disconnecting", events.next());
    assertEquals("disconnected", events.next());
  }

  @Test
  void aMessageThatTheBrokerMayNotTakeIsSaidInWordsAndHoldsNobodyUp() throws Exception {
    Path acl = Files.writeString(folder.resolve("acl"), "topic write allowed/#\n");
    start(Map.of(), "allow_anonymous true", "acl_file " + acl);
    transport.connect();
    assertEquals("established", events.next());
    DataTransportToken refused = publish("forbidden", "x", 1);
    assertEquals(refused, events.next());
    assertTrue(
        transport.health().reason().contains("not authorised"), transport.health().toString());
    assertEquals(1L, transport.health().figures().get("messages.refused"));
    assertEquals(publish("allowed/x", "x", 1), events.next());
    assertThrows(KuraException.class, () -> transport.subscribe("elsewhere/#", 9));
  }

  /** If deleted: one large message could end each connection, and hold up all behind it for ever. */
  @Test
  void aMessageLargerThanTheBrokerTakesIsRefusedInWordsAndHoldsNobodyUp() throws Exception {
    start(Map.of(), "allow_anonymous true", "max_packet_size 2000");
    transport.connect();
    assertEquals("established", events.next());
    KuraException large =
        assertThrows(KuraException.class, () -> publish("a", "x".repeat(2000), 1));
    assertEquals(KuraErrorCode.INVALID_PARAMETER, large.getCode());
    assertTrue(large.getMessage().contains("the broker takes 2000"), large.getMessage());
    assertEquals(publish("a", "x".repeat(1980), 1), events.next());
    assertTrue(transport.isConnected());
  }

  @Test
  void theBrokersReceiveMaximumIsKeptAndShownInWords() throws Exception {
    start(Map.of(), "allow_anonymous true", "max_inflight_messages 5");
    transport.connect();
    assertEquals("established", events.next());
    mosquitto.signal("STOP");
    try {
      int taken = 0;
      while (taken < 6) {
        publish("a", "x", 1);
        taken++;
      }
      throw new AssertionError("six messages in flight, the broker takes five");
    } catch (KuraTooManyInflightMessagesException e) {
      assertTrue(
          transport.health().reason().contains("takes 5 unconfirmed"),
          transport.health().toString());
    } finally {
      mosquitto.signal("CONT");
    }
    for (int i = 0; i < 5; i++) {
      assertTrue(events.next() instanceof DataTransportToken);
    }
    publish("a", "room again", 1);
  }

  @Test
  void wrongCredentialsAndALostConnectionAreSaid() throws Exception {
    start(Map.of("username", "u", "password", "encrypted:x"), "allow_anonymous false");
    KuraConnectException refused =
        assertThrows(KuraConnectException.class, () -> transport.connect());
    assertTrue(refused.getMessage().contains("check username"), refused.getMessage());
  }

  @Test
  void aKilledBrokerIsNoticedAndTheNextOneIsUsed() throws Exception {
    mosquitto = new Mosquitto(folder, "allow_anonymous true");
    Path other = Files.createDirectories(folder.resolve("other"));
    try (Mosquitto second = new Mosquitto(other, "allow_anonymous true")) {
      String urls =
          "mqtt://127.0.0.1:" + mosquitto.port + ", mqtt://127.0.0.1:" + second.port + "/";
      transport = Transports.to(1, Map.of("protocol-version", 5, "broker-url", urls));
      transport.addDataTransportListener(events);
      transport.connect();
      assertEquals("established", events.next());
      assertTrue(transport.getBrokerUrl().contains(":" + mosquitto.port));
      mosquitto.kill();
      assertEquals("lost", events.next());
      transport.connect();
      assertEquals("established", events.next());
      assertTrue(transport.getBrokerUrl().contains(":" + second.port));
    }
  }

  @Test
  void aDeadLinkIsNoticed() throws Exception {
    start(Map.of("keep-alive", 2), "allow_anonymous true");
    transport.connect();
    assertEquals("established", events.next());
    mosquitto.signal("STOP");
    assertEquals("lost", events.next());
    mosquitto.signal("CONT");
  }
}
