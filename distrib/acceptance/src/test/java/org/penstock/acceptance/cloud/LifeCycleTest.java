package org.penstock.acceptance.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Inbox;
import org.penstock.acceptance.product.Mosquitto;
import org.penstock.acceptance.product.Payloads;
import org.penstock.acceptance.product.Seed;

/** Without it a cloud could not tell a gateway that was stopped from one that has died. */
class LifeCycleTest {

  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final String PREFIX = "$EDC/acme/gw1/MQTT/";

  @TempDir Path folder;
  private Mosquitto broker;
  private Inbox inbox;
  private Gateway gateway;

  @BeforeEach
  void start() {
    broker = new Mosquitto(folder);
    inbox = new Inbox(broker.port(), "$EDC/#");
    gateway = new Gateway(folder, new Seed().cloud(broker.port()).xml()).start();
    inbox.await(1, LIMIT);
  }

  @AfterEach
  void stop() {
    gateway.close();
    inbox.close();
    broker.close();
  }

  private List<String> topics() {
    return inbox.messages().stream().map(Inbox.Message::topic).toList();
  }

  @Test
  void birthFirstAndGoodByeOnSigtermWithoutWill() {
    Map<String, Object> birth = Payloads.metrics(inbox.messages().get(0).payload());
    assertEquals("KURA_PROTOBUF", birth.get("payload_encoding"));
    assertFalse(String.valueOf(birth.get("jvm_name")).isBlank());
    gateway.stop();
    inbox.await(2, LIMIT);
    assertEquals(List.of(PREFIX + "BIRTH", PREFIX + "DC"), topics());
  }

  @Test
  void theWillSpeaksForAGatewayThatDied() {
    gateway.kill();
    inbox.await(2, LIMIT);
    assertEquals(List.of(PREFIX + "BIRTH", PREFIX + "LWT"), topics());
  }

  @Test
  void aBrokerThatComesBackHearsABirth() {
    broker.kill();
    broker.start();
    Await.until(
        LIMIT,
        () -> "heard: " + topics() + ", log: " + gateway.log(),
        () -> topics().stream().filter((PREFIX + "BIRTH")::equals).count() == 2);
  }
}
