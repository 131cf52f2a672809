package org.penstock.acceptance.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.BundleJar;
import org.penstock.acceptance.product.FileServer;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Mosquitto;
import org.penstock.acceptance.product.PackageJar;
import org.penstock.acceptance.product.Seed;

/**
 * Remote management over mosquitto, by a client that knows only topics and protobuf. Without it
 * clouds and scripts written for Kura could not manage this gateway.
 */
@Tag("beside")
class RemoteManagementTest {

  private static final Path TEMPLATE = BundleJar.shipped("org.penstock.driver.template");
  private static final Duration LIMIT = Duration.ofSeconds(120);

  @TempDir static Path folder;
  private static Mosquitto broker;
  private static FileServer files;
  private static Gateway gateway;
  private static RemoteClient client;

  @BeforeAll
  static void start() {
    broker = new Mosquitto(folder);
    files = new FileServer();
    Seed seed =
        new Seed()
            .component(
                "org.penstock.core.deployment", null, "probation.s", 1, "download.private", true)
            .component("org.penstock.cloud.remote", null, "link.limit.s", 8)
            .component("toy", "org.penstock.driver.template")
            .asset("plant", "toy")
            .channel("plant", "version", "STRING", "address", "version")
            .channel("plant", "level", "DOUBLE", "address", "setpoint/level")
            .cloud(broker.port());
    gateway = new Gateway(folder, seed.xml()).start();
    client = new RemoteClient(broker.port());
    Await.until(LIMIT, () -> "not connected", RemoteManagementTest::answers);
  }

  private static boolean answers() {
    return client.reaches("INVENTORY-V1/GET/bundles", "again-" + System.nanoTime());
  }

  @AfterAll
  static void stop() {
    client.close();
    gateway.close();
    files.close();
    broker.close();
  }

  @Test
  void theWholeCycleOfAPackage() {
    byte[] driver = BundleJar.of(TEMPLATE).header("Bundle-Version", "9.1.0").bytes();
    byte[] dp = new PackageJar("toy.package", "9.1.0").bundle(driver).bytes();
    assertFalse(client.ask("DEPLOY-V2/GET/packages").body().contains("toy.package"));

    Map<String, Object> request = request("toy.package", "9.1.0", 41L, files.put("toy.dp", dp));
    request.put("dp.install", false);
    request.put("dp.download.block.size", 4096);
    request.put("dp.download.notify.block.size", 4096);
    assertEquals(200, client.ask("DEPLOY-V2/EXEC/download", request, "").code());
    List<RemoteClient.Message> told = client.notified("download", 41L, "COMPLETED");
    RemoteClient.Message last = told.get(told.size() - 1);
    assertTrue(told.size() > 2, () -> "progress: " + told);
    assertEquals(100, last.metrics().get("dp.download.progress"));
    assertEquals(dp.length, last.metrics().get("dp.download.size"));
    assertEquals("gw1", last.metrics().get("client.id"));
    assertEquals("toy.package", last.metrics().get("dp.name"));

    assertEquals(200, client.ask("DEPLOY-V2/EXEC/install", request, "").code());
    client.notified("install", 41L, "COMPLETED");
    String packages = client.ask("DEPLOY-V2/GET/packages").body();
    assertTrue(
        packages.contains(
            "<package><name>toy.package</name><version>9.1.0</version><bundles><bundle>"
                + "<name>org.penstock.driver.template</name><version>9.1.0</version></bundle>"),
        packages);
    assertEquals("IDLE", client.ask("DEPLOY-V2/GET/install").metrics().get("dp.install.status"));

    String xml =
        new Seed().component("toy", "org.penstock.driver.template", "timeout.ms", 777).xml();
    assertEquals(200, client.ask("CONF-V1/PUT/configurations/toy", Map.of(), xml).code());
    Await.until(
        LIMIT,
        () -> client.ask("CONF-V1/GET/configurations/toy").body(),
        () -> client.ask("CONF-V1/GET/configurations/toy").body().contains("777"));

    String read = "[{\"name\":\"plant\",\"channels\":[{\"name\":\"version\"}]}]";
    Await.until(
        LIMIT,
        () -> client.ask("ASSET-V1/EXEC/read", Map.of(), read).body(),
        () -> client.ask("ASSET-V1/EXEC/read", Map.of(), read).body().contains("\"9.1.0\""));

    RemoteClient.Message ids = client.ask("CONF-V1/EXEC/snapshot");
    assertEquals(200, ids.code());
    assertTrue(ids.body().contains("snapshotIds"), ids.body());
    assertEquals(200, client.ask("CONF-V1/EXEC/rollback/0").code());
    Await.until(
        LIMIT,
        () -> client.ask("CONF-V1/GET/configurations/toy").body(),
        () -> !client.ask("CONF-V1/GET/configurations/toy").body().contains("777"));

    Map<String, Object> removal = Map.of("dp.name", "toy.package", "job.id", 42L);
    assertEquals(200, client.ask("DEPLOY-V2/EXEC/uninstall", removal, "").code());
    client.notified("uninstall", 42L, "COMPLETED");
    assertFalse(client.ask("DEPLOY-V2/GET/packages").body().contains("toy.package"));
  }

  @Test
  void downloadsThatFailTellWhyAndWhatIsNotThereCantBeInstalled() {
    byte[] dp = new PackageJar("bad.package", "1.0.0").bytes();
    Map<String, Object> request = request("bad.package", "1.0.0", 50L, files.put("bad.dp", dp));
    assertEquals(500, client.ask("DEPLOY-V2/EXEC/install", request, "").code());
    request.put("dp.download.hash", "SHA-256:" + "00".repeat(32));
    assertEquals(200, client.ask("DEPLOY-V2/EXEC/download", request, "").code());
    String why = error(client.notified("download", 50L, "FAILED"));
    assertTrue(why.contains("hash"), why);
    request.put("job.id", 51L);
    request.put("dp.uri", files.address("/half/bad.dp"));
    client.ask("DEPLOY-V2/EXEC/download", request, "");
    client.notified("download", 51L, "FAILED");
    request.put("dp.name", "../../outside");
    assertEquals(400, client.ask("DEPLOY-V2/EXEC/download", request, "").code());
    request.remove("dp.name");
    assertEquals(400, client.ask("DEPLOY-V2/EXEC/download", request, "").code());
  }

  @Test
  void aDownloadCanBeCancelledAndASecondOneIsRefusedMeanwhile() {
    byte[] dp = new PackageJar("slow.package", "1.0.0").entry("x.bin", noise()).bytes();
    Map<String, Object> request = request("slow.package", "1.0.0", 60L, files.put("slow.dp", dp));
    request.put("dp.download.block.size", 1024);
    request.put("dp.download.block.delay", 200);
    assertEquals(200, client.ask("DEPLOY-V2/EXEC/download", request, "").code());
    RemoteClient.Message busy = client.ask("DEPLOY-V2/EXEC/download", request, "");
    assertEquals(500, busy.code());
    assertEquals("IN_PROGRESS", busy.metrics().get("download.status"));
    RemoteClient.Message state = client.ask("DEPLOY-V2/GET/download");
    assertEquals("IN_PROGRESS", state.metrics().get("dp.download.status"));
    assertEquals(200, client.ask("DEPLOY-V2/DEL/download").code());
    client.notified("download", 60L, "CANCELLED");
  }

  @Test
  void theSameRequestTwiceIsDoneOnceAndAnsweredTwice() {
    String before = client.ask("CONF-V1/GET/snapshots").body();
    client.send("CONF-V1/EXEC/snapshot", "twice", Map.of(), "");
    client.send("CONF-V1/EXEC/snapshot", "twice", Map.of(), "");
    assertEquals(200, client.answer("CONF-V1", "twice", 2).code());
    String after = client.ask("CONF-V1/GET/snapshots").body();
    assertEquals(count(before) + 1, count(after), after);
  }

  @Test
  void assetsAreListedReadAndWritten() {
    String all = client.ask("ASSET-V1/GET/assets").body();
    assertTrue(
        all.contains("{\"name\":\"level\",\"type\":\"DOUBLE\",\"mode\":\"READ_WRITE\"}"), all);
    String write =
        "[{\"name\":\"plant\",\"channels\":[{\"name\":\"level\",\"type\":\"DOUBLE\","
            + "\"value\":\"4.5\"}]},{\"name\":\"none\"}]";
    String written = client.ask("ASSET-V1/EXEC/write", Map.of(), write).body();
    assertTrue(written.contains("{\"name\":\"none\",\"error\":\"Asset not found\"}"), written);
    String read = client.ask("ASSET-V1/EXEC/read", Map.of(), "[{\"name\":\"plant\"}]").body();
    assertTrue(read.contains("\"value\":\"4.5\",\"type\":\"DOUBLE\""), read);
    assertEquals(400, client.ask("ASSET-V1/EXEC/read", Map.of(), "{nonsense").code());
  }

  @Test
  void theRestIsServedWithThePermissionsOfItsApplicationOnly() {
    RemoteClient.Message pids = client.ask("CONF-V2/GET/configurableComponents");
    assertEquals(200, pids.code());
    assertTrue(pids.body().contains("\"toy\""), pids.body());
    assertEquals(404, client.ask("CONF-V2/GET/nothing").code());
    assertEquals(404, client.ask("CONF-V1/GET/configurations/absent").code());
    assertEquals(404, client.ask("UNKNOWN-V1/GET/anything").code());
    RemoteClient.Message out = client.ask("CONF-V2/GET/..%2F..%2Fassets");
    assertTrue(out.code() != 200, () -> "left its resource: " + out);
    RemoteClient.Message dots = client.ask("CONF-V2/GET/../../assets");
    assertTrue(dots.code() != 200, () -> "left its resource: " + dots);
  }

  @Test
  void commandsAreOff() {
    Map<String, Object> command = Map.of("command.command", "/bin/true");
    RemoteClient.Message answer = client.ask("CMD-V1/EXEC/command", command, "");
    assertEquals(500, answer.code());
    assertTrue(answer.metrics().get("response.exception.message").toString().contains("off"));
  }

  /** Kura takes such changes without a word; whoever sends them over MQTT sees no log. */
  @Test
  void whatKuraWouldTakeInSilenceIsRefusedWithPidAttributeGivenAndAllowed() {
    String range =
        new Seed().component("toy", "org.penstock.driver.template", "timeout.ms", -7).xml();
    assertRefusal(
        client.ask("CONF-V1/PUT/configurations", Map.of(), range),
        "Integer -7",
        "timeout.ms",
        "10 to 60000");
    String type =
        new Seed().component("toy", "org.penstock.driver.template", "timeout.ms", "slow").xml();
    assertRefusal(client.ask("CONF-V1/PUT/configurations", Map.of(), type), "slow", "timeout.ms");
    String unknown = new Seed().component("nobody", null, "x", 1).xml();
    assertRefusal(client.ask("CONF-V1/PUT/configurations", Map.of(), unknown), "nobody");
    String json =
        "{\"configs\":[{\"pid\":\"toy\",\"properties\":{\"timeout.ms\":"
            + "{\"type\":\"INTEGER\",\"value\":-7}}}]}";
    String path = "CONF-V2/PUT/configurableComponents/configurations/_update";
    RemoteClient.Message refused = client.ask(path, Map.of(), json);
    assertEquals(500, refused.code());
    for (String word : List.of("toy", "timeout.ms", "Integer -7", "10 to 60000")) {
      assertTrue(refused.body().contains(word), refused::body);
    }
    String toy = client.ask("CONF-V1/GET/configurations/toy").body();
    assertFalse(toy.contains(">-7<") || toy.contains(">slow<"), toy); // pids have -7, too
  }

  private static void assertRefusal(RemoteClient.Message refused, String... words) {
    assertEquals(400, refused.code(), refused::toString);
    String why = refused.metrics().get("response.exception.message").toString();
    for (String word : words) {
      assertTrue(why.contains(word), why);
    }
  }

  @Test
  void aChangeThatCutsTheConnectionIsUndone() {
    String transport = "org.eclipse.kura.core.data.transport.mqtt.MqttDataTransport";
    String xml =
        new Seed().component(transport, transport, "broker-url", "mqtt://127.0.0.1:1").xml();
    assertEquals(200, client.ask("CONF-V1/PUT/configurations", Map.of(), xml).code());
    Await.until(
        LIMIT,
        () -> "the connection was not cut at all",
        () ->
            gateway.log().stream().anyMatch(l -> l.contains("disconnected") || l.contains("cut")));
    Await.until(LIMIT, () -> "the connection did not come back", RemoteManagementTest::answers);
    String now = client.ask("CONF-V1/GET/configurations/" + transport).body();
    assertTrue(now.contains("mqtt://127.0.0.1:" + broker.port()), now);
  }

  private static Map<String, Object> request(String name, String version, long job, String url) {
    Map<String, Object> request = new HashMap<>();
    request.put("dp.uri", url);
    request.put("dp.name", name);
    request.put("dp.version", version);
    request.put("dp.download.protocol", "HTTP");
    request.put("job.id", job);
    request.put("dp.install.system.update", false);
    return request;
  }

  private static String error(List<RemoteClient.Message> told) {
    return String.valueOf(told.get(told.size() - 1).metrics().get("dp.download.error.message"));
  }

  private static int count(String ids) {
    return ids.split("<esf:snapshotIds>|<snapshotIds>").length;
  }

  private static byte[] noise() {
    byte[] noise = new byte[64 << 10];
    new java.util.Random(7).nextBytes(noise);
    return noise;
  }
}
