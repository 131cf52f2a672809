package org.penstock.cloud.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.driver.LinkState;
import org.penstock.api.mqtt.MqttLink;
import org.penstock.api.mqtt.MqttLinkListener;
import org.penstock.api.mqtt.MqttLinkOptions;

/** Without it a driver over MQTT could stay deaf after its broker came back. */
@Timeout(150)
class DriverLinkTest {

  @TempDir Path folder;
  private Mosquitto broker;
  private MqttLink link;
  private LinkService service;
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  private final class Ears implements MqttLinkListener {

    @Override
    public void message(String topic, byte[] payload, boolean retained) {
      heard.add(topic + "=" + new String(payload, StandardCharsets.UTF_8));
    }

    @Override
    public void state(LinkState state) {
      heard.add(state.phase().name());
    }
  }

  @BeforeEach
  void start() throws Exception {
    broker = new Mosquitto(folder, "allow_anonymous true");
    service = new LinkService(name -> new TimedStrand());
    link = service.open(options("mqtt://127.0.0.1:" + broker.port), new Ears());
    link.subscribe("zigbee/#", 1);
  }

  @AfterEach
  void stop() throws Exception {
    service.stop();
    broker.close();
  }

  private static MqttLinkOptions options(String url) {
    return new MqttLinkOptions("driver/test/x", url, "d1", "", new char[0], 5);
  }

  private String next() throws InterruptedException {
    return heard.poll(30, TimeUnit.SECONDS);
  }

  private void echo(String text) throws Exception {
    link.publish("zigbee/a", text.getBytes(StandardCharsets.UTF_8), 1, false)
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
    assertEquals("zigbee/a=" + text, next());
  }

  @Test
  void comesBackWithItsSubscriptionsAfterTheBrokerWasAway() throws Exception {
    assertEquals("ONLINE", next());
    echo("1");
    broker.kill();
    assertEquals("OFFLINE", next());
    assertTrue(!link.state().reason().isEmpty());
    ExecutionException failed =
        assertThrows(
            ExecutionException.class,
            () -> link.publish("zigbee/a", new byte[0], 1, false).toCompletableFuture().get());
    assertTrue(failed.getMessage().contains("127.0.0.1"), failed.getMessage());
    broker.start();
    for (String state = next(); !state.equals("ONLINE"); state = next()) {
      assertEquals("OFFLINE", state);
    }
    echo("2");
  }

  @Test
  void aWrongUrlIsSaidAtOnce() {
    assertThrows(
        IllegalArgumentException.class, () -> service.open(options("http://x"), new Ears()));
  }
}
