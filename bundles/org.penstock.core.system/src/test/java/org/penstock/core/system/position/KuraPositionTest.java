package org.penstock.core.system.position;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.eclipse.kura.position.GNSSType;
import org.eclipse.kura.position.NmeaPosition;
import org.junit.jupiter.api.Test;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.penstock.api.health.HealthState.Level;

/** Against reports in the form of gpsd 3.22. Without it messages could carry a wrong place. */
@SuppressWarnings("deprecation") // the deprecated half of the API must work, too
class KuraPositionTest {

  private static final String TPV =
      "{\"class\":\"TPV\",\"device\":\"/dev/ttyACM0\",\"mode\":3,\"time\":\"2026-05-04T03:02:01.000Z\","
          + "\"ept\":0.005,\"lat\":46.498293369,\"lon\":7.567411672,\"altHAE\":1391.5,\"altMSL\":1343.127,"
          + "\"alt\":1343.127,\"track\":90.0,\"speed\":1.5,\"climb\":0.0}";
  private static final String SKY =
      "{\"class\":\"SKY\",\"hdop\":1.2,\"vdop\":2.1,\"pdop\":2.4,\"satellites\":["
          + "{\"PRN\":5,\"gnssid\":0,\"used\":true},{\"PRN\":77,\"gnssid\":6,\"used\":true},"
          + "{\"PRN\":9,\"gnssid\":2,\"used\":false}]}";

  private final List<String> topics = new CopyOnWriteArrayList<>();
  private final EventAdmin events =
      new EventAdmin() {
        @Override
        public void postEvent(Event event) {
          topics.add(event.getTopic());
        }

        @Override
        public void sendEvent(Event event) {
          throw new IllegalStateException("not used here");
        }
      };

  private static PositionConfig config(Object... pairs) {
    Map<String, Object> given = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      given.put((String) pairs[i], pairs[i + 1]);
    }
    return (PositionConfig)
        Proxy.newProxyInstance(
            PositionConfig.class.getClassLoader(),
            new Class<?>[] {PositionConfig.class},
            (proxy, method, arguments) ->
                given.getOrDefault(method.getName(), method.getDefaultValue()));
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "not within 10 s");
      LockSupport.parkNanos(5_000_000);
    }
  }

  @Test
  void whereNothingIsKnownAllFiguresAreZeroAndNothingIsLocked() {
    KuraPosition position = new KuraPosition(config(), events);
    assertFalse(position.isLocked());
    assertEquals(0.0, position.getPosition().getLatitude().getValue());
    assertEquals(0.0, position.getNmeaPosition().getLongitude());
    assertEquals(List.of(), topics);
  }

  @Test
  void aFixedPositionIsLockedAndInRadians() {
    KuraPosition position =
        new KuraPosition(
            config("enabled", true, "static$", true, "latitude", 45.0, "longitude", -90.0), events);
    assertTrue(position.isLocked());
    assertEquals(Math.PI / 4, position.getPosition().getLatitude().getValue(), 1e-12);
    assertEquals(-Math.PI / 2, position.getPosition().getLongitude().getValue(), 1e-12);
    assertEquals(List.of("org/eclipse/kura/position/locked"), topics);
  }

  @Test
  void gpsdsReportsBecomeThePositionAndItsLossIsTold() throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      BlockingQueue<Socket> clients = new LinkedBlockingQueue<>();
      Thread accept = new Thread(() -> accept(listening, clients), "test/gpsd");
      accept.setDaemon(true);
      accept.start();
      KuraPosition position =
          new KuraPosition(
              config("enabled", true, "gpsd_port", listening.getLocalPort()),
              events,
              Duration.ofMillis(20));
      List<String> sentences = new CopyOnWriteArrayList<>();
      position.registerListener("test", sentences::add);
      Socket client = clients.poll(10, TimeUnit.SECONDS);
      assertEquals(
          "?WATCH={\"enable\":true,\"json\":true,\"nmea\":true}",
          new BufferedReader(new InputStreamReader(client.getInputStream())).readLine());
      // seen of a real gpsd: the box stood at 0, 0 until the next message
      say(client, "{\"class\":\"TPV\",\"mode\":3,\"epv\":27.6}", "$GPGSA,1*00");
      await(() -> sentences.size() == 1);
      assertFalse(position.isLocked());
      sentences.clear();
      say(client, "garbage", "{\"class\":\"VERSION\"}", SKY, TPV, "$GPGGA,1*00");
      await(() -> !sentences.isEmpty());
      checkFix(position);
      assertEquals("$GPGGA,1*00", position.getLastSentence());
      client.close();
      await(() -> topics.contains("org/eclipse/kura/position/lost"));
      assertFalse(position.isLocked());
      Socket again = clients.poll(10, TimeUnit.SECONDS);
      say(again, TPV);
      await(position::isLocked);
      assertEquals(Level.OK, position.health().level());
      say(again, "{\"class\":\"TPV\",\"mode\":1}");
      await(() -> !position.isLocked());
      long begin = System.nanoTime();
      position.stop();
      assertTrue(Duration.ofNanos(System.nanoTime() - begin).toMillis() < 2000, "stops in time");
    }
  }

  private static void checkFix(KuraPosition position) {
    assertTrue(position.isLocked());
    NmeaPosition nmea = position.getNmeaPosition();
    assertEquals(46.498293369, nmea.getLatitude());
    assertEquals(7.567411672, nmea.getLongitude());
    assertEquals(1343.127, nmea.getAltitude());
    assertEquals(2, nmea.getNrSatellites());
    assertEquals(1.2, nmea.getHDOP());
    assertEquals(5.4, nmea.getSpeedKmh(), 1e-9);
    assertEquals(Set.of(GNSSType.GPS, GNSSType.GLONASS), position.getGnssTypes());
    assertEquals(LocalDateTime.of(2026, 5, 4, 3, 2, 1), position.getDateTime());
    assertEquals("030201", position.getNmeaTime());
    assertEquals("040526", position.getNmeaDate());
  }

  private static void accept(ServerSocket listening, BlockingQueue<Socket> clients) {
    try {
      while (true) {
        clients.add(listening.accept());
      }
    } catch (IOException e) {
      clients.clear(); // the test is over
    }
  }

  private static void say(Socket client, String... lines) throws IOException {
    client
        .getOutputStream()
        .write((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    client.getOutputStream().flush();
  }
}
