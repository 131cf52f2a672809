package org.penstock.cloud.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloud.CloudPayloadEncoding;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.request.RequestHandler;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContext;
import org.eclipse.kura.message.KuraPayload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.penstock.cloud.connection.codec.PayloadForm;

/** Without it topics, life-cycle messages or answers could differ from what clouds for Kura know. */
class EndpointTest {

  private static final String DEVICE = "#account-name/#client-id/";
  private static final PayloadForm FORM = new PayloadForm(CloudPayloadEncoding.KURA_PROTOBUF, true);

  @TempDir File cache;
  private Stage stage;

  @BeforeEach
  void open() throws Exception {
    stage = new Stage(cache, Map.of("device.display-name", "custom", "device.custom-name", "P1"));
  }

  @AfterEach
  void close() throws Exception {
    stage.close();
  }

  private void connect() {
    stage.data.established();
    stage.strands.settle();
  }

  private static KuraMessage message(Map<String, Object> properties) {
    KuraPayload payload = new KuraPayload();
    payload.addMetric("v", 1);
    return new KuraMessage(payload, properties);
  }

  @Test
  void birthIsFirstAndTellsOfTheGateway() {
    connect();
    FakeData.Sent birth = stage.data.sent.get(0);
    assertEquals("$EDC/" + DEVICE + "MQTT/BIRTH", birth.topic());
    assertEquals(1, birth.qos());
    assertEquals(0, birth.priority());
    KuraPayload payload = birth.decoded();
    assertEquals("P1", payload.getMetric("display_name"));
    assertEquals("gzip", payload.getMetric("accept_encoding"));
    assertEquals("KURA_PROTOBUF", payload.getMetric("payload_encoding"));
    assertEquals("", payload.getMetric("application_ids"));
    assertEquals(0.0, payload.getPosition().getLatitude());
    for (String name :
        List.of("uptime", "model_name", "serial_number", "os", "jvm_name", "connection_ip")) {
      assertTrue(payload.getMetric(name) instanceof String, name);
    }
    assertEquals(Map.of("$EDC/" + DEVICE + "#", 1), stage.data.subscriptions);
  }

  @Test
  void aNewConnectionHasItsOwnBirthAndSubscriptions() {
    connect();
    stage.data.lost();
    stage.data.subscriptions.clear();
    connect();
    assertEquals(Collections.nCopies(2, "$EDC/" + DEVICE + "MQTT/BIRTH"), stage.data.topics());
    assertEquals(1, stage.data.subscriptions.size());
  }

  @Test
  void stoppingSaysGoodBye() throws Exception {
    connect();
    stage.stop();
    FakeData.Sent last = stage.data.sent.get(stage.data.sent.size() - 1);
    assertEquals("$EDC/" + DEVICE + "MQTT/DC", last.topic());
    assertEquals(0, last.qos());
    assertEquals(0, last.priority());
    assertEquals("P1", last.decoded().getMetric("display_name"));
    assertEquals(List.of(), stage.data.listeners);
  }

  @Test
  void disconnectingSaysGoodByeOnce() {
    connect();
    stage.endpoint.disconnect();
    stage.stop();
    assertEquals(1, stage.data.topics().stream().filter(t -> t.endsWith("MQTT/DC")).count());
  }

  @Test
  void manyNewHandlersMakeOneAppsMessage() throws Exception {
    connect();
    stage.endpoint.registerRequestHandler("CONF-V1", new RequestHandler() {});
    stage.endpoint.registerRequestHandler("CMD-V1", new RequestHandler() {});
    stage.strands.settle();
    assertEquals(1, stage.data.sent.size());
    stage.strands.pass();
    assertEquals(2, stage.data.sent.size());
    assertEquals("$EDC/" + DEVICE + "MQTT/APPS", stage.data.sent.get(1).topic());
    assertEquals("CMD-V1,CONF-V1", stage.data.sent.get(1).decoded().getMetric("application_ids"));
  }

  @Test
  void publisherFillsTheTopicFromProperties() throws Exception {
    KuraPublisher publisher = stage.publisher(Map.of("qos", 1));
    String id = publisher.publish(message(Map.of("assetName", "pump $1")));
    publisher.publish(message(Map.of()));
    FakeData.Sent sent = stage.data.sent.get(0);
    assertEquals(DEVICE + "W1/A1/pump $1", sent.topic());
    assertEquals("1", id);
    assertEquals(7, sent.priority());
    assertEquals(DEVICE + "W1/A1/$assetName", stage.data.sent.get(1).topic());
    publisher.stop();
  }

  @Test
  void controlGoesUnderThePrefixAndQos0HasNoId() throws Exception {
    KuraPublisher publisher =
        stage.publisher(Map.of("message.type", "control", "app.topic", "x", "priority", 2));
    assertEquals(null, publisher.publish(message(Map.of())));
    assertEquals("$EDC/" + DEVICE + "W1/x", stage.data.sent.get(0).topic());
    assertEquals(2, stage.data.sent.get(0).priority());
    publisher.stop();
  }

  @Test
  void withoutEndpointAPublisherSaysUnavailable() {
    KuraPublisher publisher = stage.publisher(Map.of());
    assertThrows(IllegalArgumentException.class, () -> publisher.publish(null));
    stage.removeEndpoint();
    KuraException refused =
        assertThrows(KuraException.class, () -> publisher.publish(message(Map.of())));
    assertEquals(KuraErrorCode.SERVICE_UNAVAILABLE, refused.getCode());
    publisher.stop();
  }

  @Test
  void confirmationsReachOnlyPublishersOfThatApplication() throws Exception {
    KuraPublisher pump = stage.publisher(Map.of("qos", 1, "appId", "PUMP"));
    KuraPublisher fan = stage.publisher(Map.of("qos", 1, "appId", "FAN"));
    List<String> heard = Collections.synchronizedList(new ArrayList<>());
    pump.registerCloudDeliveryListener(id -> heard.add("pump " + id));
    fan.registerCloudDeliveryListener(id -> heard.add("fan " + id));
    pump.publish(message(Map.of()));
    stage.data.listeners.forEach(l -> l.onMessageConfirmed(1, stage.data.topics().get(0)));
    stage.strands.settle();
    assertEquals(List.of("pump 1"), heard);
    pump.stop();
    fan.stop();
  }

  @Test
  void subscriberHearsItsTopicsWithDeviceAndRest() {
    connect();
    KuraSubscriber subscriber = stage.subscriber(Map.of("appId", "W1", "app.topic", "A1/#"));
    List<KuraMessage> heard = Collections.synchronizedList(new ArrayList<>());
    subscriber.registerCloudSubscriberListener(heard::add);
    stage.strands.settle();
    assertEquals(0, stage.data.subscriptions.get(DEVICE + "W1/A1/#"));
    byte[] payload = encoded(message(Map.of()).getPayload());
    stage.data.arrive("acme/gw-1/W1/A1/set/level", payload);
    stage.data.arrive("acme/gw-1/W1/A2", payload);
    stage.data.arrive("$EDC/acme/gw-1/W1/A1/x", payload);
    stage.strands.settle();
    assertEquals(1, heard.size());
    assertEquals(
        Map.of("deviceId", "gw-1", "appTopic", "A1/set/level"), heard.get(0).getProperties());
    assertEquals(1, heard.get(0).getPayload().getMetric("v"));
    subscriber.stop();
    stage.strands.settle();
    assertEquals(null, stage.data.subscriptions.get(DEVICE + "W1/A1/#"));
  }

  private static byte[] encoded(KuraPayload payload) {
    try {
      return FORM.encode(payload);
    } catch (KuraException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void requestsAreAnsweredToTheRequester() throws Exception {
    connect();
    stage.endpoint.registerRequestHandler(
        "CONF-V1",
        new RequestHandler() {
          @Override
          public KuraMessage doGet(RequestHandlerContext context, KuraMessage request) {
            KuraPayload answer = new KuraPayload();
            answer.addMetric("args", String.valueOf(request.getProperties().get("args")));
            answer.addMetric("tenant", context.getContextProperties().get("TENANT_ID"));
            return new KuraMessage(answer);
          }
        });
    KuraPayload request = new KuraPayload();
    request.addMetric("request.id", "77");
    request.addMetric("requester.client.id", "console");
    stage.data.arrive("$EDC/acme/gw-1/CONF-V1/GET/configurations/pid", encoded(request));
    stage.data.arrive("$EDC/acme/gw-1/CONF-V1/PUT/x", encoded(request));
    stage.data.arrive("$EDC/acme/gw-1/NONE/GET/x", encoded(request));
    stage.data.arrive("$EDC/acme/gw-1/CONF-V1/READ/x", encoded(request));
    stage.data.arrive("$EDC/acme/gw-1/CONF-V1/GET/x", encoded(new KuraPayload()));
    stage.data.arrive("$EDC/acme/gw-1/CONF-V1/REPLY/77", encoded(request));
    stage.data.arrive("$EDC/acme/gw-1/MQTT/BIRTH", encoded(request));
    stage.strands.settle();
    List<FakeData.Sent> answers =
        stage.data.sent.stream().filter(s -> s.topic().contains("REPLY")).toList();
    assertEquals(
        List.of(200, 500, 404, 400),
        answers.stream().map(s -> s.decoded().getMetric("response.code")).toList());
    assertEquals("$EDC/#account-name/console/CONF-V1/REPLY/77", answers.get(0).topic());
    assertEquals(0, answers.get(0).qos());
    assertEquals(1, answers.get(0).priority());
    assertEquals("[configurations, pid]", answers.get(0).decoded().getMetric("args"));
    assertEquals("acme", answers.get(0).decoded().getMetric("tenant"));
  }

  @Test
  void aListenerThatHangsHoldsNobodyUp() throws Exception {
    java.util.concurrent.CountDownLatch release = new java.util.concurrent.CountDownLatch(1);
    stage.endpoint.registerCloudConnectionListener(
        new CloudConnectionListener() {
          @Override
          public void onDisconnected() {
            release.countDown();
          }

          @Override
          public void onConnectionLost() {
            release.countDown();
          }

          @Override
          public void onConnectionEstablished() {
            try {
              release.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        });
    stage.data.established();
    stage.publisher(Map.of()).publish(message(Map.of()));
    for (long end = System.nanoTime() + 10_000_000_000L; stage.data.sent.size() < 2; ) {
      assertTrue(System.nanoTime() < end, "BIRTH waits for a listener");
      Thread.onSpinWait();
    }
    release.countDown();
  }

  /**
   * Contract, section 5.2: "Endpoint posts EventAdmin CloudConnectionEstablishedEvent/LostEvent with
   * the connection pid".
   */
  @Test
  void endpointPostsEstablishedAndLostEventsWithTheConnectionPid() {
    List<Event> posted = Collections.synchronizedList(new ArrayList<>());
    EventAdmin admin =
        new EventAdmin() {
          @Override
          public void postEvent(Event event) {
            posted.add(event);
          }

          @Override
          public void sendEvent(Event event) {
            throw new IllegalStateException("nobody waits for handlers");
          }
        };
    stage.endpoint.setEventAdmin(admin);
    connect();
    stage.data.established(); // the same connection once more is no news
    stage.strands.settle();
    stage.data.lost();
    stage.strands.settle();
    connect();
    stage.data.disconnect(0);
    stage.strands.settle();
    String begin = "org/eclipse/kura/cloud/CloudConnectionStatus/";
    assertEquals(
        List.of(begin + "ESTABLISHED", begin + "LOST", begin + "ESTABLISHED", begin + "LOST"),
        posted.stream().map(Event::getTopic).toList());
    for (Event event : posted) {
      assertEquals(Stage.ENDPOINT, event.getProperty("kura.service.pid"));
    }
    stage.endpoint.unsetEventAdmin(admin);
    connect();
    assertEquals(4, posted.size(), "without EventAdmin the connection works, too");
  }
}
