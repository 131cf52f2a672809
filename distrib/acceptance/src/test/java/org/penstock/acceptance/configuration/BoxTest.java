package org.penstock.acceptance.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.BundleJar;
import org.penstock.acceptance.product.Child;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Ports;
import org.penstock.acceptance.product.Seed;

/** What the box gives: a real gpsd, systemd's datagrams, a watchdog device. */
class BoxTest {

  private static final Duration LIMIT = Duration.ofSeconds(120);

  /** Takes datagrams as systemd does, in a language that is not ours. */
  private static final String SYSTEMD =
      """
      import socket, sys
      s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
      s.bind(sys.argv[1])
      print('bound', flush=True)
      while True:
          print(s.recv(4096).decode(), flush=True)
      """;

  @TempDir Path folder;

  /** If deleted: nobody would notice that no byte reaches systemd or the device, until a box hangs. */
  @Test
  void systemdAndTheWatchdogDeviceAreFedUntilTheStopThatDisarms() throws IOException {
    Path device = Files.createFile(folder.resolve("watchdog"));
    Path socket = folder.resolve("notify");
    Path script = Files.writeString(folder.resolve("systemd.py"), SYSTEMD);
    String pid = "org.eclipse.kura.watchdog.WatchdogService";
    Seed seed =
        new Seed()
            .component(
                pid,
                null,
                "enabled",
                true,
                "pingInterval",
                300,
                "watchdogDevice",
                device.toString());
    ProcessBuilder python =
        new ProcessBuilder("/usr/bin/python3", script.toString(), socket.toString());
    try (Child systemd = new Child("systemd", python)) {
      systemd.line("bound", LIMIT);
      try (Gateway gateway =
          new Gateway(folder, seed.xml())
              .variable("NOTIFY_SOCKET", socket.toString())
              .variable("WATCHDOG_USEC", "30000000")
              .start()) {
        systemd.line("WATCHDOG=1", LIMIT);
        Await.until(LIMIT, () -> "the device is hungry", () -> read(device).startsWith("ww"));
        assertFalse(read(device).contains("V"), "disarmed while it runs");
        gateway.stop();
        assertTrue(read(device).endsWith("V"), "a stop in peace must not reset the box");
        gateway.start();
        Await.until(LIMIT, () -> "the device is hungry", () -> read(device).endsWith("w"));
        gateway.kill();
        assertTrue(read(device).endsWith("w"), "who was killed disarms nothing");
      }
    }
  }

  /**
   * A foreign add-on is critical, promises to check in each second, and hangs. If deleted: a box whose
   * poller or publisher hangs could be fed for ever.
   */
  @Test
  void aCriticalComponentThatHangsIsNamedAndTheDeviceIsFedNoMore() throws IOException {
    Path device = Files.createFile(folder.resolve("watchdog"));
    Seed seed =
        new Seed()
            .component(
                "org.eclipse.kura.watchdog.WatchdogService",
                null,
                "enabled",
                true,
                "pingInterval",
                200,
                "watchdogDevice",
                device.toString());
    byte[] hangs =
        new BundleJar("com.acme.hangs", "1.0.0")
            .imports("org.eclipse.kura.watchdog")
            .activator(
                """
                c.getService(
                    c.getServiceReference(org.eclipse.kura.watchdog.WatchdogService.class))
                  .registerCriticalComponent(
                    new org.eclipse.kura.watchdog.CriticalComponent() {
                      public String getCriticalComponentName() { return "acme pump"; }
                      public int getCriticalComponentTimeout() { return 1000; }
                    });
                """)
            .bytes();
    try (Gateway gateway = new Gateway(folder, seed.xml()).start()) {
      Await.until(LIMIT, () -> "the device is hungry", () -> read(device).startsWith("ww"));
      BundleJar.drop(gateway.home().resolve("deploy/hangs.jar"), hangs);
      Await.until(
          LIMIT,
          () -> "health " + gateway.health(),
          () -> gateway.health().toString().contains("acme pump"));
      int fed = read(device).length();
      Await.until(LIMIT, () -> "the reason is kept", () -> cause(gateway).contains("acme pump"));
      assertEquals(fed, read(device).length(), "it was fed on");
      gateway.kill();
      assertFalse(read(device).contains("V"), "disarmed");
    }
  }

  private static String cause(Gateway gateway) {
    Path file = gateway.home().resolve("data/reboot-cause");
    return Files.exists(file) ? read(file) : "";
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** If deleted: gpsd's words could change, or ours be wrong, and a truck stand at 0, 0. */
  @Test
  void thePositionIsGpsds() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int second = 10; second < 40; second++) {
      lines.add(nmea("GPRMC,1200" + second + ".00,A,4807.038,N,01131.000,E,0.0,0.0,271126,,,A"));
      lines.add(
          nmea("GPGGA,1200" + second + ".00,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,"));
      lines.add(nmea("GPGSA,A,3,04,05,09,12,24,25,29,30,,,,,1.5,0.9,1.2"));
    }
    Path log = Files.writeString(folder.resolve("gps.nmea"), String.join("\r\n", lines) + "\r\n");
    int port = Ports.free();
    Seed seed =
        new Seed()
            .component(
                "org.eclipse.kura.position.PositionService",
                null,
                "enabled",
                true,
                "provider",
                "gpsd",
                "gpsd.port",
                port);
    ProcessBuilder gpsfake =
        new ProcessBuilder("gpsfake", "-q", "-c", "0.1", "-P", "" + port, log.toString());
    try (Gateway gateway = new Gateway(folder, seed.xml()).start()) {
      assertTrue(locked(gateway).contains("false"), locked(gateway));
      try (Child gpsd = new Child("gpsd", gpsfake)) {
        Await.until(
            LIMIT,
            () -> locked(gateway) + gpsd.lines() + gateway.health(),
            () -> locked(gateway).contains("true"));
        JsonObject place =
            JsonParser.parseString(gateway.get("/services/position/v1/position").body())
                .getAsJsonObject();
        assertEquals(48 + 7.038 / 60, place.get("latitude").getAsDouble(), 1e-6);
        assertEquals(11 + 31.0 / 60, place.get("longitude").getAsDouble(), 1e-6);
      }
    }
  }

  private static String locked(Gateway gateway) {
    return gateway.get("/services/position/v1/isLocked").body();
  }

  private static String nmea(String sentence) {
    int sum = 0;
    for (char c : sentence.toCharArray()) {
      sum ^= c;
    }
    return "$%s*%02X".formatted(sentence, sum);
  }
}
