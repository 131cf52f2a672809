package org.penstock.core.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.health.HealthState.Level;

/** Without it a fresh gateway would not come up as its seed says, or would not say why. */
class StartupTest {

  @TempDir Path home;
  private Path seed;
  private Box box;

  @BeforeEach
  void box() {
    seed = home.resolve("seed.xml");
    box = again();
  }

  private Box again() {
    return new Box(home.resolve("snapshots"));
  }

  private void seed(String properties) throws IOException {
    Files.writeString(
        seed,
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <esf:configurations xmlns:esf="http://eurotech.com/esf/2.0">
        <esf:configuration pid="org.example.Pump"><esf:properties>
        <esf:property name="speed" type="Integer" array="false" encrypted="false"><esf:value>77</esf:value></esf:property>
        </esf:properties></esf:configuration>
        <esf:configuration pid="d1"><esf:properties>
        <esf:property name="service.factoryPid" type="String" array="false" encrypted="false"><esf:value>org.example.Driver</esf:value></esf:property>
        %s
        </esf:properties></esf:configuration>
        </esf:configurations>
        """
            .formatted(properties));
  }

  private static String property(String name, String type, String value) {
    return "<esf:property name=\"%s\" type=\"%s\" array=\"false\" encrypted=\"false\"><esf:value>%s</esf:value></esf:property>\n"
        .formatted(name, type, value);
  }

  private List<String> reasons() {
    box.board.applied(() -> new Board.Waiting(List.of(), List.of()));
    String reason = box.board.health().reason();
    return reason.isEmpty() ? List.of() : Arrays.asList(reason.split(" \\| "));
  }

  @Test
  void theSeedIsAppliedAndStoredAsSnapshotZeroEncryptedPasswordsEncrypted() throws Exception {
    seed(
        property("host", "String", "plc.local")
            + property("key", "Password", "s3cret")
            + "<esf:property name=\"units\" type=\"Integer\" array=\"true\" encrypted=\"false\">"
            + "<esf:value>3</esf:value><esf:value>4</esf:value></esf:property>");
    box.start(seed).define();
    assertEquals(List.of(), reasons());
    assertEquals(77, box.given(Box.SINGLETON).get("speed"));
    assertEquals("plc.local", box.given("d1").get("host"));
    assertEquals(502, box.given("d1").get("port"));
    String key = (String) box.given("d1").get("key");
    assertEquals("s3cret", box.secrets.decrypt(key).orElseThrow());
    String stored = Files.readString(home.resolve("snapshots/snapshot_0.xml"));
    assertFalse(box.secrets.decrypt(stored).orElseThrow().contains("s3cret"));

    MemoryAdmin first = box.admin;
    Files.writeString(seed, "now broken, and not looked at any more");
    box = again().start(seed).define();
    assertEquals(List.of(), reasons());
    Map<String, Object> again = box.given("d1");
    Map<String, Object> before =
        PropertyMaps.map(first.all.get("org.example.Driver-1").getProperties());
    assertTrue(PropertyMaps.same(before, again), "round trip: " + before + again);
  }

  @Test
  void theSeedIsAppliedOnlyWhenTheSnapshotsFolderIsEmpty() throws Exception {
    box.service.snapshot();
    seed("");
    box = again().start(seed).define();
    assertEquals(50, box.given(Box.SINGLETON).get("speed"));
  }

  @Test
  void anUnparsableSeedIsOneClearMessageAndTheGatewayRunsOnDefaults() throws IOException {
    Files.writeString(seed, "<esf:configurations>\n<esf:configuration pid=");
    box.start(seed).define();
    assertEquals(1, reasons().size());
    String reason = reasons().get(0);
    assertTrue(reason.contains("seed.xml: line 2, column "), reason);
    assertTrue(reason.contains("correct the file and start again"), reason);
    assertEquals(50, box.given(Box.SINGLETON).get("speed"));
    assertFalse(Files.exists(home.resolve("snapshots/snapshot_0.xml")));
  }

  @Test
  void aMissingSeedIsOneClearMessage() {
    box.start(home.resolve("nowhere.xml")).define();
    assertTrue(reasons().get(0).contains("nowhere.xml: there is no such file"), reasons().get(0));
  }

  @Test
  void aWrongTypeIsOneMessageWithFileAndLineAndItsDefaultIsUsed() throws IOException {
    seed(property("host", "String", "h") + property("port", "Integer", "5O2"));
    box.start(seed).define();
    assertEquals(502, box.given("d1").get("port"));
    assertEquals("h", box.given("d1").get("host"));
    assertEquals(77, box.given(Box.SINGLETON).get("speed"));
    assertEquals(1, reasons().size(), reasons().toString());
    assertTrue(
        reasons().get(0).startsWith("d1, port: given '5O2'; allowed: a number of type Integer"));
    assertTrue(reasons().get(0).contains("seed.xml, line 9)"), reasons().get(0));
  }

  @Test
  void aTypeOtherThanTheDefinitionsIsOneMessageAndConvertedWhereItCanBe() throws IOException {
    seed(property("host", "String", "h") + property("port", "String", "1502"));
    box.define().start(seed);
    assertEquals(1502, box.given("d1").get("port"));
    assertEquals(
        List.of("d1, port: given String 1502; allowed: one Integer; converted"), reasons());
  }

  @Test
  void aMissingRequiredKeyIsOneMessage() throws IOException {
    seed("");
    box.start(seed).define();
    assertEquals(List.of("d1, host: required and missing; give one String"), reasons());
    assertEquals(502, box.given("d1").get("port"));
  }

  @Test
  void aValueOutOfRangeIsOneMessageAndStaysAsGiven() throws IOException {
    seed(property("host", "String", "h") + property("port", "Integer", "70000"));
    box.start(seed).define();
    assertEquals(List.of("d1, port: given Integer 70000; allowed: 1 to 65535"), reasons());
    assertEquals(70000, box.given("d1").get("port"));
  }

  @Test
  void theMessageGoesWhenTheValueIsCorrected() throws Exception {
    seed(property("host", "String", "h") + property("port", "Integer", "5O2"));
    box.start(seed).define();
    box.activate("d1");
    box.service.updateConfiguration("d1", Map.of("port", 1502), false);
    assertEquals(List.of(), reasons());
  }

  @Test
  void anUnknownFactoryPidIsOneMessageAndComesAliveWhenItsBundleArrives() throws IOException {
    seed(property("host", "String", "h"));
    Readiness readiness = new Readiness(box.components, Clock.systemUTC());
    box.start(seed);
    box.board.applied(readiness::now);
    assertEquals(Level.STARTING, box.board.health().level());
    readiness.frameworkStarted();
    assertEquals(Level.DEGRADED, box.board.health().level());
    assertTrue(
        box.board
            .health()
            .reason()
            .startsWith("d1, service.factoryPid: given org.example.Driver; "),
        box.board.health().reason());
    box.define();
    assertEquals(502, box.given("d1").get("port"));
    box.activate("d1");
    assertEquals(Level.OK, box.board.health().level());
  }

  @Test
  void itIsStartingUntilKnownComponentsAreActiveOrNamedAsWaiting() throws IOException {
    seed(property("host", "String", "h"));
    Instant[] now = {Instant.EPOCH};
    Clock clock =
        new Clock() {
          @Override
          public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(java.time.ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return now[0];
          }
        };
    Readiness readiness = new Readiness(box.components, clock);
    assertEquals(Level.STARTING, box.board.health().level());
    box.define().start(seed);
    box.board.applied(readiness::now);
    readiness.frameworkStarted();
    assertEquals(Level.STARTING, box.board.health().level());
    assertEquals("components are starting: d1", box.board.health().reason());
    now[0] = now[0].plus(Duration.ofSeconds(10));
    assertEquals(Level.DEGRADED, box.board.health().level());
    assertTrue(box.board.health().reason().contains("d1: its component is not active"));
    Active d1 = box.activate("d1");
    assertEquals(Level.OK, box.board.health().level());
    box.components.disappeared(d1);
    assertEquals(Level.DEGRADED, box.board.health().level(), "ready is not taken back");
  }

  @Test
  void aSeedInJsonIsTaken() throws IOException {
    Files.writeString(
        seed,
        "{\"configs\":[{\"pid\":\"org.example.Pump\",\"properties\":{\"speed\":{\"type\":\"INTEGER\","
            + "\"value\":5}}}]}");
    box.start(seed).define();
    assertEquals(5, box.given(Box.SINGLETON).get("speed"));
    assertEquals(List.of(), reasons());
  }

  @Test
  void withoutSeedAndSnapshotsNothingIsWrong() {
    box.start(null).define();
    assertEquals(List.of(), reasons());
    assertEquals(50, box.given(Box.SINGLETON).get("speed"));
    assertNull(box.given("d1"));
  }
}
