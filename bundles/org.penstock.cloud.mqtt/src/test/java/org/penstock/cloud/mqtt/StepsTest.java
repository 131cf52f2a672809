package org.penstock.cloud.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.job.JobException;
import org.penstock.api.job.Progress;

/** Without it a test of a connection could say that all is well, or not where it fails. */
@Timeout(150)
class StepsTest {

  @TempDir Path folder;
  private final List<String> seen = new ArrayList<>();
  private final ConnectionTest test = new ConnectionTest(null, name -> new TimedStrand());

  private String run(Map<String, String> arguments) throws Exception {
    return test.work(arguments)
        .run(
            new Progress() {
              @Override
              public void report(int percent, String step) {
                seen.add(step);
              }

              @Override
              public boolean cancelled() {
                return false;
              }
            });
  }

  @Test
  void allStepsOfAGoodBrokerBothVersions() throws Exception {
    try (Mosquitto broker = new Mosquitto(folder, "allow_anonymous true")) {
      for (String version : List.of("4", "5")) {
        seen.clear();
        String json =
            run(
                Map.of(
                    "broker-url", "mqtt://127.0.0.1:" + broker.port,
                    "client-id", "t" + version,
                    "protocol-version", version));
        assertEquals(List.of("resolve", "tcp", "connect", "subscribe", "publish"), seen);
        assertEquals(5, json.split("\"ok\":true").length - 1, json);
      }
    }
  }

  @Test
  void theStepThatFailsIsNamedWithItsReason() {
    JobException closed =
        assertThrows(
            JobException.class,
            () ->
                run(
                    Map.of(
                        "broker-url",
                        "mqtt://127.0.0.1:" + Mosquitto.freePort(),
                        "client-id",
                        "t")));
    assertTrue(closed.getMessage().startsWith("tcp: "), closed.getMessage());
    assertTrue(closed.getMessage().contains("refused the connection"), closed.getMessage());
    assertFalse(closed.getMessage().contains("["), "the results were part of the words");
    assertTrue(closed.result().contains("{\"step\":\"resolve\",\"ok\":true"), closed.result());
    assertThrows(
        IllegalArgumentException.class,
        () -> test.work(Map.of("broker-url", "mqtt://x", "client-id", "t", "timeout", "soon")));
  }
}
