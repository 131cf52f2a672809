package org.penstock.demo.subscriber;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * As a program: {@code PORT FILTER ORDERS}. Subscribes, prints {@code ready}, then answers the line {@code count}
 * with {@code count VALUES MESSAGES} and {@code orders} with {@code orders WORK_ORDERS MESSAGES}, of those messages
 * that came on topics with that end; ends at the end of its input. The asset's name and time stamps beside the values
 * are no values, and no message of a rule carries any.
 */
public final class Subscriber implements MqttCallback {

  private final LongAdder values = new LongAdder();
  private final LongAdder messages = new LongAdder();

  private final LongAdder workOrders = new LongAdder();
  private final LongAdder orders = new LongAdder();
  private final String orderTopic;

  private Subscriber(String orderTopic) {
    this.orderTopic = orderTopic;
  }

  /** Serves until its input ends. */
  public static void main(String... args) throws MqttException, IOException {
    Subscriber subscriber = new Subscriber(args[2]);
    MqttClient client =
        new MqttClient("tcp://127.0.0.1:" + args[0], "demo-subscriber", new MemoryPersistence());
    MqttConnectOptions options = new MqttConnectOptions();
    options.setMaxInflight(1000);
    client.setCallback(subscriber);
    client.connect(options);
    client.subscribe(args[1], 1);
    System.out.println("ready");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(subscriber.answer(line));
    }
    client.disconnectForcibly(100, 100);
    client.close();
  }

  private String answer(String line) {
    return switch (line) {
      case "count" -> "count " + values.sum() + " " + messages.sum();
      case "orders" -> "orders " + workOrders.sum() + " " + orders.sum();
      default -> "unknown " + line;
    };
  }

  @Override
  public void messageArrived(String topic, MqttMessage message) throws IOException {
    if (topic.endsWith("/" + orderTopic)) {
      (Payload.contains(message.getPayload(), "\"workOrder\"") ? workOrders : orders).increment();
      return;
    }
    values.add(Payload.metrics(message.getPayload()).stream().filter(Subscriber::isValue).count());
    messages.increment();
  }

  private static boolean isValue(String metric) {
    return !metric.equals("assetName")
        && !metric.equals("assetTimestamp")
        && !metric.endsWith("_timestamp");
  }

  @Override
  public void connectionLost(Throwable cause) {
    System.out.println("lost the broker: " + cause);
    System.exit(1);
  }

  @Override
  public void deliveryComplete(IMqttDeliveryToken token) {
    // it never publishes
  }
}
