package org.penstock.acceptance.inside.flow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.kura.cloudconnection.subscriber.CloudSubscriber;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraPosition;
import org.eclipse.kura.position.NmeaPosition;
import org.eclipse.kura.position.PositionService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of Kura's table of stock components that publish and subscribe, on the assembled product. */
class CloudComponentsTest extends Probed {

  private final List<KuraMessage> published = new CopyOnWriteArrayList<>();

  private void publisher() {
    registrations.add(
        Board.CONTEXT.registerService(
            CloudPublisher.class,
            Proxies.of(
                CloudPublisher.class,
                (method, args) -> {
                  if (method.equals("publish")) {
                    published.add((KuraMessage) args[0]);
                  }
                  return null;
                }),
            new Hashtable<>(Map.of("kura.service.pid", "sPublisher"))));
  }

  private KuraMessage publish(Object value, Object... keysAndValues) throws Exception {
    Object[] all = java.util.Arrays.copyOf(keysAndValues, keysAndValues.length + 2);
    all[keysAndValues.length] = "CloudPublisher.target";
    all[keysAndValues.length + 1] = "(kura.service.pid=sPublisher)";
    new Board()
        .probe(in)
        .put("sPub", 1, 0, WIRE + "CloudPublisher", all)
        .wire("sIn", "sPub")
        .apply();
    in.emit("v", value);
    Board.await(() -> "" + published.size(), () -> published.size() == 1);
    return published.get(0);
  }

  @Test
  void theBodyMayBeAByteArrayAndStaysAMetricUnlessItIsRemoved() throws Exception {
    publisher();
    byte[] bytes = {0, -1, 127};
    KuraMessage message = publish(bytes, "set.body.from.property", "v");
    assertArrayEquals(bytes, message.getPayload().getBody());
    assertArrayEquals(bytes, (byte[]) message.getPayload().getMetric("v"));
  }

  @Test
  void whatIsNeitherTextNorBytesIsNoBody() throws Exception {
    publisher();
    KuraMessage message =
        publish(5, "set.body.from.property", "v", "remove.body.from.metrics", true);
    assertNull(message.getPayload().getBody());
    assertEquals(5, message.getPayload().getMetric("v"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "basic", "full"})
  @SuppressWarnings("deprecation") // the form of the position that has degrees
  void thePositionGoesAlongAsConfigured(String detail) throws Exception {
    registrations.add(
        Board.CONTEXT.registerService(
            PositionService.class,
            Proxies.of(
                PositionService.class,
                (method, args) ->
                    switch (method) {
                      case "getNmeaPosition" ->
                          new NmeaPosition(45.5, 12.25, 3.0, 1.5, 90.0, 1, 9, 0.5, 0, 0, 0, 3);
                      case "isLocked" -> true;
                      default -> null;
                    }),
            new Hashtable<>(Map.of("service.ranking", 1000))));
    publisher();
    KuraPosition position = publish(1, "publish.position", detail).getPayload().getPosition();
    if (detail.equals("none")) {
      assertNull(position);
      return;
    }
    assertEquals(45.5, position.getLatitude());
    assertEquals(12.25, position.getLongitude());
    assertEquals(3.0, position.getAltitude());
    boolean full = detail.equals("full");
    assertEquals(full ? 9 : null, position.getSatellites());
    assertEquals(full ? 1.5 : null, position.getSpeed());
    assertEquals(full ? 90.0 : null, position.getHeading());
    assertEquals(full ? 0.5 : null, position.getPrecision());
    assertEquals(full, position.getTimestamp() != null);
  }

  @Test
  void cloudPublisherMakesOneMessageOfEachRecord() throws Exception {
    publisher();
    new Board()
        .probe(in)
        .put(
            "sPub",
            1,
            0,
            WIRE + "CloudPublisher",
            "CloudPublisher.target",
            "(kura.service.pid=sPublisher)",
            "set.body.from.property",
            "text",
            "remove.body.from.metrics",
            true)
        .wire("sIn", "sPub")
        .apply();
    in.wires()
        .emit(List.of(Probe.record("assetName", "pump", "text", "hällo"), Probe.record("x", 1.5)));
    Board.await(() -> "" + published.size(), () -> published.size() == 2);
    KuraMessage first = published.get(0);
    assertEquals("hällo", new String(first.getPayload().getBody(), "UTF-8"));
    assertEquals(java.util.Set.of("assetName"), first.getPayload().metricNames());
    assertEquals("pump", first.getProperties().get("assetName"));
    assertTrue(System.currentTimeMillis() - first.getPayload().getTimestamp().getTime() < 60_000);
    assertEquals(1.5, published.get(1).getPayload().getMetric("x"));
  }

  @Test
  void cloudSubscriberMakesOneRecordOfEachMessage() throws Exception {
    List<CloudSubscriberListener> listeners = new CopyOnWriteArrayList<>();
    CloudSubscriber subscriber =
        Proxies.of(
            CloudSubscriber.class,
            (method, args) -> {
              switch (method) {
                case "registerCloudSubscriberListener" ->
                    listeners.add((CloudSubscriberListener) args[0]);
                case "unregisterCloudSubscriberListener" -> listeners.remove(args[0]);
                default -> {
                  return null;
                }
              }
              return null;
            });
    registrations.add(
        Board.CONTEXT.registerService(
            CloudSubscriber.class,
            subscriber,
            new Hashtable<>(Map.of("kura.service.pid", "sSubscriber"))));
    new Board()
        .put(
            "sSub",
            0,
            1,
            WIRE + "CloudSubscriber",
            "CloudSubscriber.target",
            "(kura.service.pid=sSubscriber)",
            "set.property.from.body",
            "body",
            "body.property.type",
            "STRING")
        .probe(out)
        .wire("sSub", "sOut")
        .apply();
    Board.await(() -> "no listener", () -> !listeners.isEmpty());
    KuraPayload payload = new KuraPayload();
    payload.addMetric("x", 5);
    payload.setBody("hi".getBytes("UTF-8"));
    listeners.get(0).onMessageArrived(new KuraMessage(payload));
    assertEquals(List.of("body=hi x=5"), out.await(1).texts());
  }
}
