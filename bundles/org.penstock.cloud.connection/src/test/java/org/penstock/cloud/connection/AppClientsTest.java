package org.penstock.cloud.connection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloud.CloudClient;
import org.eclipse.kura.cloud.CloudPayloadEncoding;
import org.eclipse.kura.cloud.CloudService;
import org.eclipse.kura.cloud.Cloudlet;
import org.eclipse.kura.cloud.CloudletTopic;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraRequestPayload;
import org.eclipse.kura.message.KuraResponsePayload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.ServiceReference;
import org.penstock.cloud.connection.codec.PayloadForm;

/** Without it an application written for Kura's older CloudService would find nobody to talk to. */
@SuppressWarnings("deprecation") // the older interface is what is tried
class AppClientsTest {

  private static final String DEVICE = "#account-name/#client-id/";
  private static final PayloadForm FORM = new PayloadForm(CloudPayloadEncoding.KURA_PROTOBUF, true);

  @TempDir File cache;
  private Stage stage;
  private CloudService service;
  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

  /** An application as they were written then. */
  private final class App extends Cloudlet {

    App() {
      super("OLD");
      setCloudService(service);
      activate(null);
    }

    CloudClient client() {
      return getCloudApplicationClient();
    }

    void leave() {
      deactivate(null);
    }

    @Override
    protected void doGet(
        CloudletTopic topic, KuraRequestPayload request, KuraResponsePayload response)
        throws KuraException {
      if (topic.getResources()[0].equals("broken")) {
        throw KuraException.internalError("broken");
      }
      response.addMetric("of", topic.toString());
    }

    @Override
    public void onMessageArrived(
        String device, String topic, KuraPayload payload, int qos, boolean retain) {
      heard.add(device + " " + topic + " " + payload.getMetric("v"));
    }

    @Override
    public void onConnectionEstablished() {
      heard.add("up");
    }

    @Override
    public void onConnectionLost() {
      heard.add("down");
    }

    @Override
    public void onMessageConfirmed(int id, String topic) {
      heard.add("confirmed " + id + " " + topic);
    }
  }

  @BeforeEach
  void open() throws Exception {
    stage = new Stage(cache, Map.of());
    ServiceReference<CloudService> reference =
        stage
            .context
            .getServiceReferences(CloudService.class, "(kura.service.pid=" + Stage.ENDPOINT + ")")
            .iterator()
            .next();
    service = stage.context.getService(reference);
  }

  @AfterEach
  void close() throws Exception {
    stage.close();
  }

  private void connect() {
    stage.data.established();
    stage.strands.settle();
  }

  private static KuraPayload payload(String... metrics) {
    KuraPayload payload = new KuraPayload();
    payload.addMetric("v", 1);
    for (int i = 0; i < metrics.length; i += 2) {
      payload.addMetric(metrics[i], metrics[i + 1]);
    }
    return payload;
  }

  private List<String> topics(String part) {
    return stage.data.topics().stream().filter(t -> t.contains(part)).toList();
  }

  @Test
  void itPublishesDataAndControlForItselfAndOtherDevices() throws Exception {
    CloudClient client = service.newCloudClient("OLD");
    int id = client.publish("a/b", payload(), 1, false);
    client.publish("other", "a", payload(), 0, true, 3);
    client.controlPublish("x", payload(), 0, false, 1);
    client.controlPublish("other", "y", new byte[] {7}, 0, false, 1);
    assertEquals(
        List.of(
            DEVICE + "OLD/a/b",
            "#account-name/other/OLD/a",
            "$EDC/" + DEVICE + "OLD/x",
            "$EDC/#account-name/other/OLD/y"),
        topics("OLD"));
    FakeData.Sent first = stage.data.sent.get(0);
    assertEquals(id, first.id());
    assertEquals(5, first.priority());
    assertEquals(1, first.decoded().getMetric("v"));
    assertTrue(stage.data.sent.get(1).retain());
    assertEquals(3, stage.data.sent.get(1).priority());
    assertArrayEquals(new byte[] {7}, stage.data.sent.get(3).payload());
  }

  @Test
  void aCloudletAnswersRequestsAndFailuresWithACode() throws Exception {
    new App();
    connect();
    byte[] request = FORM.encode(payload("request.id", "9", "requester.client.id", "console"));
    stage.data.arrive("$EDC/acme/gw-1/OLD/GET/thing/1", request);
    stage.data.arrive("$EDC/acme/gw-1/OLD/GET/broken", request);
    stage.data.arrive("$EDC/acme/gw-1/OLD/PUT/thing", request);
    stage.strands.settle();
    List<FakeData.Sent> answers =
        stage.data.sent.stream().filter(s -> s.topic().contains("REPLY")).toList();
    assertEquals(
        List.of(200, 500, 404),
        answers.stream().map(s -> s.decoded().getMetric("response.code")).toList());
    assertEquals("$EDC/#account-name/console/OLD/REPLY/9", answers.get(0).topic());
    assertEquals("GET/thing/1", answers.get(0).decoded().getMetric("of"));
  }

  @Test
  void itHearsWhatItSubscribedToAlsoAfterANewConnection() throws Exception {
    App app = new App();
    app.client().subscribe("in/#", 1);
    app.client().controlSubscribe("other", "#", 0);
    connect();
    assertEquals(1, stage.data.subscriptions.get(DEVICE + "OLD/in/#"));
    assertEquals(0, stage.data.subscriptions.get("$EDC/#account-name/other/OLD/#"));
    stage.data.arrive("acme/gw-1/OLD/in/x", FORM.encode(payload()));
    stage.data.arrive("acme/gw-1/NEW/in/x", FORM.encode(payload()));
    stage.data.lost();
    stage.data.subscriptions.clear();
    connect();
    assertEquals(1, stage.data.subscriptions.get(DEVICE + "OLD/in/#"));
    app.client().unsubscribe("in/#");
    stage.strands.settle();
    assertEquals(null, stage.data.subscriptions.get(DEVICE + "OLD/in/#"));
    assertEquals(List.of("up", "gw-1 in/x 1", "down", "up"), heard);
  }

  @Test
  void onlyItsOwnMessagesAreConfirmedToIt() throws Exception {
    App app = new App();
    int id = app.client().publish("a", payload(), 1, false);
    stage.data.listeners.forEach(l -> l.onMessageConfirmed(id, DEVICE + "OLD/a"));
    stage.data.listeners.forEach(l -> l.onMessageConfirmed(id + 1, DEVICE + "NEW/a"));
    stage.strands.settle();
    assertEquals(List.of("confirmed " + id + " a"), heard);
  }

  @Test
  void itsApplicationIsToldUntilItLeaves() throws Exception {
    App app = new App();
    app.client().subscribe("in/#", 1);
    assertArrayEquals(new String[] {"OLD"}, service.getCloudApplicationIdentifiers());
    assertFalse(service.isConnected());
    connect();
    assertTrue(service.isConnected());
    assertEquals(
        "OLD", stage.data.sent.get(0).decoded().getMetric("application_ids"), "in the BIRTH");
    app.leave();
    stage.strands.settle();
    assertEquals(0, service.getCloudApplicationIdentifiers().length);
    assertEquals(null, stage.data.subscriptions.get(DEVICE + "OLD/in/#"));
    stage.strands.pass();
    assertEquals(1, topics("MQTT/APPS").size());
  }
}
