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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.BundleJar;
import org.penstock.acceptance.product.Child;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Ports;
import org.penstock.acceptance.product.Seed;

/** What the box gives: a real gpsd, systemd's datagrams, a watchdog device. */
@Tag("beside")
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

  private static final String HANGS =
      """
      package acme;
      import java.nio.file.*;
      import java.util.*;
      import org.eclipse.kura.channel.*;
      import org.eclipse.kura.channel.listener.ChannelListener;
      import org.eclipse.kura.data.*;
      import org.eclipse.kura.data.transport.listener.DataTransportListener;
      import org.eclipse.kura.driver.*;
      import org.eclipse.kura.type.TypedValues;
      import org.eclipse.kura.watchdog.*;
      import org.osgi.framework.*;
      public class Start implements BundleActivator, CriticalComponent {
        static boolean is(String what) { return Files.exists(Path.of("FOLDER", what)); }
        static void hangs(String what) {
          try {
            while (is(what)) { Thread.sleep(20); }
          } catch (InterruptedException e) { Thread.currentThread().interrupt(); }
        }
        static Dictionary<String, Object> named(String pid) {
          return new Hashtable<>(Map.of("kura.service.pid", pid, "service.pid", pid));
        }
        volatile boolean ends;
        public String getCriticalComponentName() { return "acme pump"; }
        public int getCriticalComponentTimeout() { return 1000; }
        public void start(BundleContext c) {
          c.registerService(Driver.class, new Slow(), named("acme.driver"));
          c.registerService(DataTransportService.class, new Line(), named("acme.line"));
          WatchdogService dog = c.getService(c.getServiceReference(WatchdogService.class));
          Thread pump = new Thread(() -> {
            while (!ends) {
              if (is("critical")) {
                dog.registerCriticalComponent(this);
                hangs("critical");
                dog.unregisterCriticalComponent(this);
              }
              java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
            }
          });
          pump.setDaemon(true);
          pump.start();
        }
        public void stop(BundleContext c) { ends = true; }
        static class Line implements DataTransportService {
          final Set<DataTransportListener> ears = new java.util.concurrent.CopyOnWriteArraySet<>();
          volatile boolean up;
          public void connect() {
            up = true;
            ears.forEach(one -> one.onConnectionEstablished(true));
          }
          public boolean isConnected() { return up; }
          public String getBrokerUrl() { return "line"; }
          public String getAccountName() { return "acme"; }
          public String getUsername() { return ""; }
          public String getClientId() { return "gw1"; }
          public void disconnect(long quiesce) { up = false; }
          public void subscribe(String topic, int qos) {}
          public void unsubscribe(String topic) {}
          public DataTransportToken publish(String topic, byte[] data, int qos, boolean retain) {
            hangs("publisher");
            return new DataTransportToken(1, "gw1");
          }
          public void addDataTransportListener(DataTransportListener one) { ears.add(one); }
          public void removeDataTransportListener(DataTransportListener one) { ears.remove(one); }
        }
        static class Slow implements Driver {
          public void connect() {}
          public void disconnect() {}
          public ChannelDescriptor getChannelDescriptor() { return () -> new ArrayList<>(); }
          public void read(List<ChannelRecord> records) {
            hangs("driver");
            for (ChannelRecord one : records) {
              one.setValue(TypedValues.newIntegerValue(7));
              one.setTimestamp(System.currentTimeMillis());
              one.setChannelStatus(new ChannelStatus(ChannelFlag.SUCCESS));
            }
          }
          public void write(List<ChannelRecord> records) {}
          public void registerChannelListener(Map<String, Object> c, ChannelListener l) {}
          public void unregisterChannelListener(ChannelListener l) {}
          public PreparedRead prepareRead(List<ChannelRecord> records) {
            throw new UnsupportedOperationException();
          }
        }
      }
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
   * A foreign driver, a foreign way to the cloud and a foreign critical component hang, one after the
   * other. If deleted: a box whose poller or publisher hangs could be fed for ever.
   */
  @Test
  void whatHangsIsNamedAndTheDeviceIsFedNoMoreUntilItGoesOn() throws IOException {
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
                "stuck.limit.s",
                5,
                "watchdogDevice",
                device.toString())
            .component("org.penstock.core.deployment", null, "probation.s", 1)
            .asset("pump", "acme.driver")
            .channel("pump", "level", "INTEGER")
            .cloud(1)
            .component(
                Seed.DATA_SERVICE,
                Seed.DATA_SERVICE,
                "DataTransportService.target",
                "(kura.service.pid=acme.line)")
            .component("publisher", "org.eclipse.kura.cloud.publisher.CloudPublisher", "qos", 0)
            .component("log", "org.eclipse.kura.wire.Logger")
            .flow("tick", 100, "pump", "log")
            .publish("north", "pump", "publisher");
    Gateway gateway = new Gateway(folder, seed.xml());
    hanging().to(Files.createDirectories(gateway.home().resolve("deploy")).resolve("hangs.jar"));
    try (gateway) {
      gateway.start();
      Await.until(LIMIT, () -> "the device is hungry", () -> read(device).startsWith("ww"));
      String journal = "/api/v1/packages/_journal";
      Await.until(LIMIT, () -> "not installed", () -> gateway.get(journal).body().contains("DONE"));
      String pump = "/services/assets/pump/_read"; // who hangs on probation is rolled back
      Await.until(
          LIMIT, () -> gateway.get(pump).body(), () -> gateway.get(pump).body().contains("7"));
      hangs(gateway, device, "driver", "field/");
      hangs(gateway, device, "publisher", "cloud/data/");
      hangs(gateway, device, "critical", "acme pump has not checked in");
      gateway.kill();
      assertFalse(read(device).contains("V"), "disarmed");
    }
  }

  private void hangs(Gateway gateway, Path device, String what, String named) throws IOException {
    Path flag = Files.createFile(folder.resolve(what));
    Await.until(
        LIMIT,
        () -> "it is fed on, or for another reason: " + watchdog(gateway),
        () -> stopped(gateway) && watchdog(gateway).contains(named));
    int fed = read(device).length();
    Await.until(LIMIT, () -> "kept: " + cause(gateway), () -> cause(gateway).contains(named));
    assertEquals(fed, read(device).length(), "it was fed on");
    Files.delete(flag);
    Await.until(LIMIT, () -> "goes on: " + watchdog(gateway), () -> !stopped(gateway));
    assertTrue(read(device).length() > fed, "fed again");
  }

  private static String watchdog(Gateway gateway) {
    return gateway.health().getAsJsonObject("states").get("core/watchdog").toString();
  }

  private static boolean stopped(Gateway gateway) {
    return watchdog(gateway).contains("no longer fed");
  }

  /** Each of the three hangs as long as there is a file of its name. */
  private BundleJar hanging() {
    return new BundleJar("com.acme.hangs", "1.0.0")
        .header("Bundle-Activator", "acme.Start")
        .imports("org.osgi.framework")
        .imports("org.eclipse.kura.channel")
        .imports("org.eclipse.kura.channel.listener")
        .imports("org.eclipse.kura.data")
        .imports("org.eclipse.kura.data.transport.listener")
        .imports("org.eclipse.kura.driver")
        .imports("org.eclipse.kura.type")
        .imports("org.eclipse.kura.watchdog")
        .source("acme.Start", HANGS.replace("FOLDER", folder.toString()));
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
