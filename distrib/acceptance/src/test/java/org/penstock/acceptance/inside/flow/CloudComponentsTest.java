package org.penstock.acceptance.inside.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.kura.cloudconnection.subscriber.CloudSubscriber;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.eclipse.kura.message.KuraPayload;
import org.junit.jupiter.api.Test;

/** The rows of Kura's table of stock components that publish and subscribe, on the assembled product. */
class CloudComponentsTest extends Probed {

  @Test
  void cloudPublisherMakesOneMessageOfEachRecord() throws Exception {
    List<KuraMessage> published = new CopyOnWriteArrayList<>();
    CloudPublisher publisher =
        (CloudPublisher)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {CloudPublisher.class},
                (proxy, method, args) -> {
                  if (method.getName().equals("publish")) {
                    published.add((KuraMessage) args[0]);
                    return null;
                  }
                  return method.getName().equals("hashCode")
                      ? (Object) 1
                      : method.getName().equals("equals") ? proxy == args[0] : "publisher";
                });
    registrations.add(
        Board.CONTEXT.registerService(
            CloudPublisher.class,
            publisher,
            new Hashtable<>(Map.of("kura.service.pid", "sPublisher"))));
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
        (CloudSubscriber)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {CloudSubscriber.class},
                (proxy, method, args) -> {
                  switch (method.getName()) {
                    case "registerCloudSubscriberListener" ->
                        listeners.add((CloudSubscriberListener) args[0]);
                    case "unregisterCloudSubscriberListener" -> listeners.remove(args[0]);
                    case "hashCode" -> {
                      return 1;
                    }
                    case "equals" -> {
                      return proxy == args[0];
                    }
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
