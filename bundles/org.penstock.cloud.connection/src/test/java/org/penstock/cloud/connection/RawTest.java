package org.penstock.cloud.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.message.KuraPayload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.launch.Framework;

/** Without it a plain broker could get other topics or payloads than the configuration says. */
class RawTest {

  @TempDir File cache;
  private final TestStrands strands = new TestStrands();
  private final FakeData data = new FakeData();
  private Framework framework;
  private BundleContext context;
  private RawEndpoint endpoint;

  @BeforeEach
  void open() throws Exception {
    framework =
        new FrameworkFactory().newFramework(Map.of("org.osgi.framework.storage", cache.getPath()));
    framework.start();
    context = framework.getBundleContext();
    endpoint =
        new RawEndpoint(
            Stage.config(RawEndpointConfig.class, Map.of()),
            Map.of("kura.service.pid", "raw"),
            strands);
    endpoint.setDataService(data);
    context.registerService(
        CloudEndpoint.class, endpoint, new Hashtable<>(Map.of("kura.service.pid", "raw")));
  }

  @AfterEach
  void close() throws Exception {
    endpoint.stop();
    strands.close();
    framework.stop();
    framework.waitForStop(10_000);
  }

  private RawPublisher publisher(Map<String, Object> options) {
    Map<String, Object> properties = new HashMap<>(options);
    properties.put("cloud.endpoint.service.pid", "raw");
    properties.put("kura.service.pid", "p");
    return new RawPublisher(
        context, Stage.config(RawPublisherConfig.class, options), properties, strands);
  }

  private static KuraMessage values(String asset, int level, int flow) {
    KuraPayload payload = new KuraPayload();
    payload.addMetric("assetName", asset);
    payload.addMetric("level", level);
    payload.addMetric("flow", flow);
    payload.addMetric("level_timestamp", 7L);
    payload.addMetric("flow_timestamp", 7L);
    return new KuraMessage(payload, Map.of("assetName", asset));
  }

  private List<String> sent() {
    return data.sent.stream()
        .map(s -> s.topic() + " " + new String(s.payload(), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void aBodyGoesAsItIsAndValuesWithoutOneAsJson() throws Exception {
    RawPublisher publisher = publisher(Map.of("topic", "plant/$assetName", "qos", 2));
    KuraPayload payload = new KuraPayload();
    payload.setBody("hello".getBytes(StandardCharsets.UTF_8));
    assertEquals("1", publisher.publish(new KuraMessage(payload, Map.of("assetName", "t"))));
    assertEquals(List.of("plant/t hello"), sent());
    assertEquals(2, data.sent.get(0).qos());
    publisher.publish(values("tank", 1, 2));
    assertEquals(
        "plant/tank {\"asset\":\"tank\",\"timestamp\":7,\"values\":{\"flow\":2,\"level\":1}}",
        sent().get(1));
    publisher.stop();
  }

  @Test
  void aWholePollIsOneMessageUnlessTheTopicNamesTheChannel() throws Exception {
    RawPublisher one = publisher(Map.of("topic", "v/${asset}", "payload.form", "json"));
    one.publish(values("tank", 1, 2));
    RawPublisher each = publisher(Map.of("topic", "v/${asset}/${channel}", "payload.form", "raw"));
    each.publish(values("tank", 1, 2));
    assertEquals(
        List.of(
            "v/tank {\"asset\":\"tank\",\"timestamp\":7,\"values\":{\"flow\":2,\"level\":1}}",
            "v/tank/flow 2",
            "v/tank/level 1"),
        sent());
    one.stop();
    each.stop();
  }

  @Test
  void batchesGoWhenFullAndTheRestWhenThePublisherStops() throws Exception {
    RawPublisher publisher =
        publisher(
            Map.of("topic", "v", "payload.form", "csv", "batch.count", 4, "batch.time.ms", 60_000));
    for (int i = 0; i < 3; i++) {
      publisher.publish(values("tank", i, i));
    }
    strands.settle();
    assertEquals(1, data.sent.size());
    assertEquals(4, sent().get(0).split("\r\n").length);
    publisher.stop();
    assertEquals(2, data.sent.size());
    assertEquals(2, sent().get(1).split("\r\n").length);
  }

  @Test
  void aPollThatIsTooLargeGoesInSeveralMessages() throws Exception {
    RawPublisher publisher =
        publisher(Map.of("topic", "v", "payload.form", "json", "batch.bytes", 60));
    publisher.publish(values("tank", 1, 2));
    assertEquals(
        List.of(
            "v {\"asset\":\"tank\",\"timestamp\":7,\"values\":{\"flow\":2}}",
            "v {\"asset\":\"tank\",\"timestamp\":7,\"values\":{\"level\":1}}"),
        sent());
    publisher.stop();
  }

  @Test
  void onlyChangesPass() throws Exception {
    RawPublisher publisher =
        publisher(Map.of("topic", "v", "payload.form", "json", "change.only", true));
    publisher.publish(values("tank", 1, 2));
    publisher.publish(values("tank", 1, 2));
    publisher.publish(values("tank", 1, 3));
    assertEquals(2, data.sent.size());
    assertEquals("v {\"asset\":\"tank\",\"timestamp\":7,\"values\":{\"flow\":3}}", sent().get(1));
    publisher.stop();
  }

  @Test
  void aValueThatCouldNotBeStoredPassesAgainThoughItHasNotChanged() throws Exception {
    RawPublisher publisher =
        publisher(Map.of("topic", "v", "payload.form", "json", "change.only", true));
    endpoint.unsetDataService(data);
    assertThrows(KuraException.class, () -> publisher.publish(values("tank", 1, 2)));
    endpoint.setDataService(data);
    publisher.publish(values("tank", 1, 2));
    publisher.publish(values("tank", 1, 2));
    assertEquals(
        List.of("v {\"asset\":\"tank\",\"timestamp\":7,\"values\":{\"flow\":2,\"level\":1}}"),
        sent());
    publisher.stop();
  }

  @Test
  void aBatchThatCouldNotBeStoredPassesAgainThoughNothingHasChanged() throws Exception {
    RawPublisher publisher =
        publisher(
            Map.of("topic", "v", "payload.form", "json", "change.only", true, "batch.count", 2));
    endpoint.unsetDataService(data);
    publisher.publish(values("tank", 1, 2));
    strands.settle();
    endpoint.setDataService(data);
    publisher.publish(values("tank", 1, 2));
    strands.settle();
    assertEquals(1, data.sent.size());
    publisher.stop();
  }

  @Test
  void subscribersHearBodyAndTopic() {
    data.established();
    RawSubscriber subscriber =
        new RawSubscriber(
            context,
            Stage.config(RawSubscriberConfig.class, Map.of("topic.filter", "in/+/#", "qos", 1)),
            Map.of("cloud.endpoint.service.pid", "raw"));
    List<String> heard = Collections.synchronizedList(new ArrayList<>());
    subscriber.registerCloudSubscriberListener(
        m ->
            heard.add(m.getProperties().get("topic") + "=" + new String(m.getPayload().getBody())));
    strands.settle();
    assertEquals(Map.of("in/+/#", 1), data.subscriptions);
    data.arrive("in/a/b", "x".getBytes(StandardCharsets.UTF_8));
    data.arrive("out/a", "y".getBytes(StandardCharsets.UTF_8));
    strands.settle();
    assertEquals(List.of("in/a/b=x"), heard);
    subscriber.stop();
  }
}
