package org.penstock.cloud.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraNotConnectedException;
import org.eclipse.kura.KuraTooManyInflightMessagesException;
import org.eclipse.kura.data.DataTransportToken;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.cloud.mqtt.Transports.Events;

/** Without it values could stop at the broker's door, or count as delivered and be lost. */
@Timeout(150)
class MqttDataTransportTest {

  @TempDir Path folder;

  private Mosquitto mosquitto;
  private MqttDataTransport transport;
  private final Events events = new Events();

  @BeforeEach
  void start() throws Exception {
    mosquitto = new Mosquitto(folder, "allow_anonymous true", "max_queued_messages 0");
    transport = Transports.to(mosquitto.port, Map.of());
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

  private static String next(BlockingQueue<String> messages) throws InterruptedException {
    return messages.poll(10, TimeUnit.SECONDS);
  }

  @Test
  void messagesOfEachQosArriveTokensAreSubstitutedAndClientIdIsCleaned() throws Exception {
    BlockingQueue<String> received = mosquitto.subscribe("acme/#");
    transport.connect();
    assertEquals("established", events.next());
    publish("#account-name/#client-id/A", "zero", 0);
    assertEquals("acme/gw-1/A zero 0", next(received));
    DataTransportToken one = publish("#account-name/#client-id/A", "one", 1);
    assertEquals("acme/gw-1/A one 1", next(received));
    assertEquals(one, events.next());
    DataTransportToken two = publish("#account-name/#client-id/A", "two", 2);
    assertEquals("acme/gw-1/A two 2", next(received));
    assertEquals(two, events.next());
    assertEquals(3L, transport.health().figures().get("messages.sent"));
    assertEquals(2L, transport.health().figures().get("messages.confirmed"));
    assertEquals(10L, transport.health().figures().get("bytes.sent"));
    transport.disconnect(0);
    assertEquals("disconnecting", events.next());
    assertEquals("disconnected", events.next());
    assertFalse(transport.isConnected());
  }

  @Test
  void alreadyConnectedIsAnIllegalStateAndNotConnectedIsSaid() throws Exception {
    assertThrows(KuraNotConnectedException.class, () -> publish("a", "x", 0));
    transport.connect();
    assertThrows(IllegalStateException.class, transport::connect);
  }

  @Test
  void aSubscribedMessageArrives() throws Exception {
    transport.connect();
    assertEquals("established", events.next());
    transport.subscribe("#account-name/#client-id/in", 1);
    mosquitto.publish("acme/gw-1/in", "hello");
    assertEquals("acme/gw-1/in=hello", events.next());
  }

  @Test
  void aTopicThatMqttForbidsIsAWrongParameter() throws Exception {
    transport.connect();
    KuraException e = assertThrows(KuraException.class, () -> publish("a/+/b", "x", 1));
    assertEquals(KuraErrorCode.INVALID_PARAMETER, e.getCode());
  }

  @Test
  void aKilledBrokerIsNoticedAndTheTransportConnectsAgain() throws Exception {
    transport.connect();
    assertEquals("established", events.next());
    mosquitto.kill();
    assertEquals("lost", events.next());
    assertEquals("DEGRADED", transport.health().level().name());
    mosquitto.start();
    transport.connect();
    assertEquals("established", events.next());
    assertEquals(1L, transport.health().figures().get("reconnects"));
    assertEquals("OK", transport.health().level().name());
  }

  @Test
  void aConnectionCutOffMakesTheBrokerTellTheLastWillAndAnOrderlyEndDoesNot() throws Exception {
    BlockingQueue<String> wills = mosquitto.subscribe("$EDC/#");
    try (Relay relay = new Relay(mosquitto.port)) {
      MqttDataTransport cut = Transports.to(relay.port, Map.of("lwt.payload", "gone"));
      cut.connect();
      cut.disconnect(0);
      cut.connect();
      relay.cut();
      assertEquals("$EDC/acme/gw-1/MQTT/LWT gone 0", next(wills));
      assertTrue(wills.isEmpty());
      cut.stop();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void lastWordsOfQosZeroWereDroppedByAnOrderlyEnd(int version) throws Exception {
    BlockingQueue<String> received = mosquitto.subscribe("last/#");
    MqttDataTransport brief =
        Transports.to(mosquitto.port, Map.of("protocol-version", version, "client-id", "brief"));
    for (int i = 0; i < 20; i++) {
      brief.connect();
      for (int j = 0; j < 20; j++) {
        brief.publish("last/words", (i + "." + j).getBytes(StandardCharsets.UTF_8), 0, false);
      }
      brief.disconnect(5000);
    }
    brief.stop();
    for (int i = 0; i < 20; i++) {
      for (int j = 0; j < 20; j++) {
        assertEquals("last/words " + i + "." + j + " 0", next(received));
      }
    }
  }

  @Test
  void tooManyInFlightIsSaidAndWhatWasTakenIsConfirmedLater() throws Exception {
    transport.connect();
    assertEquals("established", events.next());
    mosquitto.signal("STOP");
    Set<Object> taken = new HashSet<>();
    byte[] payload = new byte[1 << 20];
    try {
      while (taken.size() < 100) {
        taken.add(transport.publish("a", payload, 1, false));
      }
      throw new AssertionError("100 MB waited in memory");
    } catch (KuraTooManyInflightMessagesException e) {
      assertTrue(taken.size() >= 4);
    } finally {
      mosquitto.signal("CONT");
    }
    Set<Object> confirmed = new HashSet<>();
    while (confirmed.size() < taken.size()) {
      confirmed.add(events.next());
    }
    assertEquals(taken, confirmed);
    taken.clear();
    publish("a", "room again", 1);
  }

  @Test
  void whatALostConnectionHadInFlightIsNotConfirmed() throws Exception {
    transport.connect();
    assertEquals("established", events.next());
    mosquitto.signal("STOP");
    publish("a", "1", 1);
    mosquitto.kill();
    assertEquals("lost", events.next());
    assertTrue(events.all.isEmpty(), "the data service would forget the message");
  }

  @Test
  void withoutCleanSessionTheBrokerKeepsMessagesAndTheTransportThoseInFlight() throws Exception {
    try (Relay relay = new Relay(mosquitto.port)) {
      MqttDataTransport keeper = Transports.to(relay.port, Map.of("clean-session", false));
      Events kept = new Events();
      keeper.addDataTransportListener(kept);
      keeper.connect();
      assertEquals("established", kept.next());
      keeper.subscribe("in", 1);
      mosquitto.signal("STOP");
      DataTransportToken flying =
          keeper.publish("out", "1".getBytes(StandardCharsets.UTF_8), 1, false);
      relay.cut();
      assertEquals("lost", kept.next());
      mosquitto.signal("CONT");
      mosquitto.publish("in", "while away");
      keeper.connect();
      Set<Object> heard = new HashSet<>(Set.of(kept.next(), kept.next(), kept.next()));
      assertEquals(Set.of("resumed", "in=while away", flying), heard);
      keeper.stop();
    }
  }

  @Test
  void aListenerThatComesLateHearsOfTheConnection() throws Exception {
    transport.connect();
    Events late = new Events();
    transport.addDataTransportListener(late);
    assertEquals("established", late.next());
  }
}
