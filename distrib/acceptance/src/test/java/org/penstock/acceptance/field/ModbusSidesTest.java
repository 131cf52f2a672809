package org.penstock.acceptance.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.Device;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Ports;
import org.penstock.acceptance.product.Seed;

/**
 * Both sides of Modbus on the product: pymodbus is the device, libmodbus (mbpoll) the SCADA system.
 * Without it server and jobs would be tested as classes only.
 */
class ModbusSidesTest {

  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final int SERVER = Ports.free();

  @TempDir static Path folder;
  private static Device device;
  private static Gateway gateway;

  @BeforeAll
  static void start() {
    device = new Device(folder);
    device.holding(1, 7, 4711);
    Seed seed =
        new Seed()
            .modbus("plc", device.port())
            .asset("tank", "plc")
            .register("tank", "level", "INTEGER", "UINT16", 7)
            .register("tank", "target", "INTEGER", "UINT16", 9)
            .component("tank", "org.eclipse.kura.wire.WireAsset", "poll.interval.ms", 100L)
            .component(
                "scada",
                "org.penstock.driver.modbus.server",
                "asset.pid",
                "tank",
                "register.map",
                "HOLDING_REGISTERS 100 level UINT16\nHOLDING_REGISTERS 101 target UINT16 rw",
                "listen.address",
                "127.0.0.1",
                "port",
                SERVER);
    gateway = new Gateway(folder, seed.xml()).start();
  }

  @AfterAll
  static void stop() {
    if (gateway != null) {
      gateway.close();
    }
    if (device != null) {
      device.close();
    }
  }

  private static String mbpoll(String... words) {
    List<String> command =
        new ArrayList<>(List.of("mbpoll", "-m", "tcp", "-0", "-1", "-a", "1", "-p", "" + SERVER));
    command.addAll(List.of(words));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS), "mbpoll does not end");
      return output;
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static void awaitRegister(int address, int value) {
    String wanted = "(?s).*\\[" + address + "\\]:\\s+" + value + "\\b.*";
    String[] last = new String[1];
    Await.until(
        LIMIT,
        () -> value + " is not in " + last[0],
        () -> {
          last[0] = mbpoll("-t", "4", "-r", "" + address, "-c", "1", "127.0.0.1");
          return last[0].matches(wanted);
        });
  }

  /** If deleted: a SCADA system could see nothing of the plant, or write into nowhere. */
  @Test
  void aScadaSystemReadsTheDeviceAndWritesIt() {
    awaitRegister(100, 4711);
    device.holding(1, 7, 4712);
    awaitRegister(100, 4712);

    String refused = mbpoll("-t", "4", "-r", "100", "127.0.0.1", "1");
    assertTrue(refused.contains("Illegal data address"), refused);
    String written = mbpoll("-t", "4", "-r", "101", "127.0.0.1", "815");
    assertTrue(written.contains("Written 1 reference"), written);
    awaitRegister(101, 815); // polled back from the device
    assertTrue(
        gateway.log().stream().anyMatch(line -> line.contains("target") && line.contains("SCADA")),
        "the write is not in the audit");
  }

  private static JsonObject job(String kind, String arguments) {
    HttpResponse<String> begun =
        gateway.send(
            "POST",
            "/api/v1/jobs",
            "{\"kind\":\"" + kind + "\",\"arguments\":{\"driver\":\"plc\"," + arguments + "}}");
    assertEquals(202, begun.statusCode(), begun::body);
    JsonObject entry = JsonParser.parseString(begun.body()).getAsJsonObject();
    String path = "/api/v1/jobs/" + entry.get("id").getAsString();
    JsonObject[] last = new JsonObject[1];
    Await.until(
        LIMIT,
        () -> kind + " does not end: " + last[0],
        () -> {
          last[0] = JsonParser.parseString(gateway.get(path).body()).getAsJsonObject();
          return last[0].has("ended");
        });
    assertEquals("SUCCEEDED", last[0].get("state").getAsString(), last[0]::toString);
    return last[0].getAsJsonObject("result");
  }

  /** If deleted: units of a plant could not be found from the console. */
  @Test
  void unitsAndAddressesAreScannedAndIdentified() {
    JsonObject units = job("modbus.scan", "\"units\":\"1-4\",\"timeout.ms\":\"1000\"");
    assertEquals(3, units.getAsJsonArray("units").size(), units::toString);
    JsonObject ranges =
        job("modbus.ranges", "\"unit\":\"1\",\"addresses\":\"900-1100\",\"timeout.ms\":\"2000\"");
    assertEquals(JsonParser.parseString("[{\"from\":900,\"to\":999}]"), ranges.get("ranges"));
    JsonObject identity = job("modbus.identify", "\"unit\":\"1\",\"timeout.ms\":\"2000\"");
    assertTrue(identity.toString().contains("Acme Pumps"), identity::toString);
  }

  /** If deleted: an address could only be tried by changing the asset that is in use. */
  @Test
  void aChannelIsReadBeforeItExists() {
    device.holding(1, 20, 0x4048, 0xF5C3);
    JsonObject read =
        job(
            "modbus.read",
            "\"value.type\":\"FLOAT\",\"unit.id\":\"1\",\"primary.table\":\"HOLDING_REGISTERS\","
                + "\"memory.address\":\"20\",\"data.type\":\"FLOAT32\",\"data.order\":\"ABCD\"");
    assertTrue(read.toString().contains("3.14"), read::toString);
  }
}
