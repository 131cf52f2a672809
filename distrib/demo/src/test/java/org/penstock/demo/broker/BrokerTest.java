package org.penstock.demo.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Duration;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;
import org.penstock.demo.process.ChildProcess;

/** Without it nobody with mosquitto would see that the demo fails for those without. */
class BrokerTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Test
  void moquetteDeliversToTheSubscriber() throws IOException, InterruptedException, MqttException {
    try (Broker broker = Broker.moquette();
        ChildProcess subscriber =
            ChildProcess.start(
                "subscriber",
                ChildProcess.java(
                    org.penstock.demo.subscriber.Subscriber.class,
                    "48m",
                    Integer.toString(broker.port()),
                    "demo/#",
                    "orders"))) {
      subscriber.await("ready", LIMIT);
      MqttClient client =
          new MqttClient("tcp://127.0.0.1:" + broker.port(), "test", new MemoryPersistence());
      client.connect();
      byte[] oneMetric = {(byte) 0xc2, (byte) 0xb8, 2, 3, 10, 1, 'a'};
      for (int i = 0; i < 3; i++) {
        client.publish("demo/x", oneMetric, 1, false);
      }
      client.publish("demo/orders", new byte[0], 1, false);
      client.disconnect();
      client.close();
      assertEquals("count 3 3", counted(subscriber, "count", "count 3 3"));
      assertEquals("orders 0 1", counted(subscriber, "orders", "orders 0 1"));
    }
  }

  private static String counted(ChildProcess subscriber, String question, String expected)
      throws IOException, InterruptedException {
    String counted = "";
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!counted.equals(expected) && System.nanoTime() < end) {
      counted = subscriber.ask(question, LIMIT);
    }
    return counted;
  }
}
