package org.penstock.acceptance.remote;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.Payloads;
import org.penstock.test.payload.KuraPayloadProto.KuraPayload;
import org.penstock.test.payload.KuraPayloadProto.KuraPayload.KuraMetric;
import org.penstock.test.payload.KuraPayloadProto.KuraPayload.KuraMetric.ValueType;

/** A cloud's side: requests and answers by topics and protobuf only. */
final class RemoteClient implements AutoCloseable {

  /** One message for this client. */
  record Message(String topic, Map<String, Object> metrics, String body) {

    int code() {
      return (Integer) metrics.get("response.code");
    }
  }

  private static final String NAME = "console-7";
  private static final String PREFIX = "$EDC/acme/";
  private static final Duration LIMIT = Duration.ofSeconds(120);

  private final MqttClient client;
  private final List<Message> messages = new CopyOnWriteArrayList<>();
  private final AtomicInteger ids = new AtomicInteger();

  RemoteClient(int port) {
    try {
      client = new MqttClient("tcp://127.0.0.1:" + port, NAME, new MemoryPersistence());
      MqttConnectOptions options = new MqttConnectOptions();
      options.setMaxInflight(100);
      client.connect(options);
      client.subscribe(PREFIX + NAME + "/#", 1, (topic, m) -> arrived(topic, m.getPayload()));
    } catch (MqttException e) {
      throw new IllegalStateException(e);
    }
  }

  private void arrived(String topic, byte[] payload) {
    String body = Payloads.parse(payload).getBody().toString(StandardCharsets.UTF_8);
    messages.add(new Message(topic, Payloads.metrics(payload), body));
  }

  /** Sends a request and waits for its answer. */
  Message ask(String path, Map<String, Object> metrics, String body) {
    String id = "request-" + ids.incrementAndGet();
    send(path, id, metrics, body);
    return answer(path, id, 1);
  }

  Message ask(String path) {
    return ask(path, Map.of(), "");
  }

  /** Waits for the n-th answer to a request. */
  Message answer(String path, String id, int count) {
    String topic = PREFIX + NAME + "/" + path.split("/")[0] + "/REPLY/" + id;
    Await.until(
        LIMIT, () -> "no answer on " + topic + ": " + messages, () -> count(topic) >= count);
    return messages.stream().filter(m -> m.topic().equals(topic)).skip(count - 1).findFirst().get();
  }

  /** Asks a gateway that may be away now; true when it answered with 200 within 3 s. */
  boolean reaches(String path, String id) {
    send(path, id, Map.of(), "");
    String topic = PREFIX + NAME + "/" + path.split("/")[0] + "/REPLY/" + id;
    long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
    while (count(topic) == 0 && System.nanoTime() < end) {
      java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
    }
    return messages.stream().anyMatch(m -> m.topic().equals(topic) && m.code() == 200);
  }

  private long count(String topic) {
    return messages.stream().filter(m -> m.topic().equals(topic)).count();
  }

  void send(String path, String id, Map<String, Object> metrics, String body) {
    KuraPayload.Builder payload =
        KuraPayload.newBuilder()
            .setTimestamp(System.currentTimeMillis())
            .addMetric(metric("request.id", id))
            .addMetric(metric("requester.client.id", NAME));
    metrics.forEach((name, value) -> payload.addMetric(metric(name, value)));
    if (!body.isEmpty()) {
      payload.setBody(ByteString.copyFromUtf8(body));
    }
    try {
      client.publish(PREFIX + "gw1/" + path, payload.build().toByteArray(), 1, false);
    } catch (MqttException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KuraMetric metric(String name, Object value) {
    KuraMetric.Builder metric = KuraMetric.newBuilder().setName(name);
    if (value instanceof Long l) {
      return metric.setType(ValueType.INT64).setLongValue(l).build();
    }
    if (value instanceof Integer i) {
      return metric.setType(ValueType.INT32).setIntValue(i).build();
    }
    if (value instanceof Boolean b) {
      return metric.setType(ValueType.BOOL).setBoolValue(b).build();
    }
    return metric.setType(ValueType.STRING).setStringValue(value.toString()).build();
  }

  /** Waits for a notification of a job with this status; gives all notifications of the kind. */
  List<Message> notified(String kind, long job, String status) {
    String topic = PREFIX + NAME + "/DEPLOY-V2/NOTIFY/gw1/" + kind;
    String metric = "dp." + kind + ".status";
    Await.until(
        LIMIT,
        () -> "no " + status + " on " + topic + ": " + messages,
        () -> of(topic, job).stream().anyMatch(m -> status.equals(m.metrics().get(metric))));
    return of(topic, job);
  }

  private List<Message> of(String topic, long job) {
    return messages.stream()
        .filter(m -> m.topic().equals(topic) && Long.valueOf(job).equals(m.metrics().get("job.id")))
        .toList();
  }

  @Override
  public void close() {
    try {
      client.disconnectForcibly(100, 100);
      client.close();
    } catch (MqttException e) {
      throw new IllegalStateException(e);
    }
  }
}
