package org.penstock.simulator.zigbee;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.simulator.zigbee.network.DeviceKind;
import org.penstock.simulator.zigbee.network.NetworkParameters;
import org.penstock.simulator.zigbee.network.VirtualNetwork;
import org.penstock.simulator.zigbee.network.VirtualNode;

/**
 * An independent host stack takes the simulator for a stick with devices behind it. Without this run the simulator
 * would only show that it and our driver share their author's misunderstandings. The steps build on one another.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class HerdsmanRun {

  private static final int ON_OFF = 0x0006;
  private static final int TEMPERATURE = 0x0402;
  private static final int LAMPS = 7;

  /** The example of Base Device Behaviour, with its CRC. */
  private static final String CODE = "83FED3407A939723A5C639B26916D505C3B5";

  private final Protocol protocol;
  private final String adapter;
  private final Map<DeviceKind, VirtualNode> devices = new EnumMap<>(DeviceKind.class);
  ZigBeeSimulator simulator;
  Herdsman herdsman;
  private VirtualNetwork network;
  private Path folder;

  HerdsmanRun(Protocol protocol, String adapter) {
    this.protocol = protocol;
    this.adapter = adapter;
  }

  @BeforeAll
  void begin(@TempDir Path ownFolder) throws Exception {
    folder = Files.createDirectories(ownFolder.resolve(protocol.name()));
    simulator = ZigBeeSimulator.start(protocol);
    network = simulator.network();
    for (DeviceKind kind : DeviceKind.values()) {
      devices.put(kind, network.add(kind, 0x00124B0000000100L + kind.ordinal()));
    }
    herdsman = new Herdsman();
  }

  @AfterAll
  void end() {
    if (herdsman != null) {
      herdsman.close();
    }
    simulator.close();
  }

  private String start() {
    return start(simulator);
  }

  private String start(ZigBeeSimulator stick) {
    return herdsman.ask("start " + adapter + " " + path(folder, stick.port()) + " " + folder);
  }

  /** Where the host finds the stick. */
  String path(Path folder, int port) {
    return "tcp://127.0.0.1:" + port;
  }

  VirtualNode the(DeviceKind kind) {
    return devices.get(kind);
  }

  private static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Herdsman.LIMIT_SECONDS);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, what);
      Thread.onSpinWait();
      java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
    }
  }

  @Test
  @Order(1)
  @DisplayName("form: the network has the PAN id, channel and key that the host wanted")
  void forms() {
    // What herdsman calls the first start of a Z-Stack 1.2.
    String word = protocol == Protocol.ZNP_1_2 ? "restored" : "reset";
    assertEquals("ok start \"" + word + "\"", start());
    assertEquals(0x1A62, network.parameters().panId());
    assertEquals(15, network.parameters().channel());
    byte[] key = {1, 3, 5, 7, 9, 11, 13, 15, 0, 2, 4, 6, 8, 10, 12, 13};
    assertArrayEquals(key, network.parameters().key());
    assertEquals(1, network.forms());
  }

  @Test
  @Order(2)
  @DisplayName("permit join: before it nobody gets in")
  void letsInNobodyUnasked() {
    assertFalse(network.join(the(DeviceKind.BULB)));
    herdsman.ask("permit 200");
    assertTrue(network.isPermitted());
  }

  @Test
  @Order(3)
  @DisplayName("join and interview: each kind of device, the zones enrolled")
  void interviewsEachKind() {
    devices.values().forEach(d -> assertTrue(network.join(d), d.toString()));
    devices.values().forEach(d -> herdsman.event("interview " + d + " successful"));
    for (DeviceKind zone : List.of(DeviceKind.CONTACT, DeviceKind.MOTION, DeviceKind.VIBRATION)) {
      assertEquals(1, the(zone).endpoint(1).get(0x0500, 0x0000), zone + " enrolled");
    }
    String bulb = herdsman.ask("describe " + the(DeviceKind.BULB));
    assertTrue(bulb.contains("\"type\":\"Router\""), bulb);
    assertTrue(bulb.contains("\"model\":\"TRADFRI bulb E27 WW 806lm\""), bulb);
    assertTrue(bulb.contains("{\"id\":1,\"device\":257,\"in\":[0,3,4,6,8],\"out\":[25]}"), bulb);
    String sensor = herdsman.ask("describe " + the(DeviceKind.TEMPERATURE));
    assertTrue(sensor.contains("\"type\":\"EndDevice\""), sensor);
    assertTrue(sensor.contains("\"in\":[0,1,3,1026,1029]"), sensor);
    String multi = herdsman.ask("describe " + the(DeviceKind.MULTI));
    assertTrue(multi.contains("\"id\":3,\"device\":770"), multi);
  }

  @Test
  @Order(4)
  @DisplayName("permit join: closed again nobody gets in")
  void closes() {
    herdsman.ask("permit 0");
    until("joining is closed", () -> !network.isPermitted());
  }

  @Test
  @Order(5)
  @DisplayName("commands: on, level with on/off, colour, cover, second endpoint")
  void commands() {
    VirtualNode bulb = the(DeviceKind.BULB);
    herdsman.ask("command " + bulb + " 1 genOnOff on");
    assertEquals(1, bulb.endpoint(1).get(ON_OFF, 0));
    herdsman.ask(
        "command " + bulb + " 1 genLevelCtrl moveToLevelWithOnOff {\"level\":0,\"transtime\":0}");
    assertEquals(0, bulb.endpoint(1).get(ON_OFF, 0));
    VirtualNode colour = the(DeviceKind.COLOUR_BULB);
    herdsman.ask(
        "command "
            + colour
            + " 1 lightingColorCtrl moveToColorTemp {\"colortemp\":250,\"transtime\":0}");
    assertEquals(250, colour.endpoint(1).get(0x0300, 0x0007));
    herdsman.ask(
        "command "
            + the(DeviceKind.COVER)
            + " 1 closuresWindowCovering goToLiftPercentage {\"percentageliftvalue\":40}");
    assertEquals(40, the(DeviceKind.COVER).endpoint(1).get(0x0102, 0x0008));
    herdsman.ask("command " + the(DeviceKind.MULTI) + " 2 genOnOff toggle");
    assertEquals(1, the(DeviceKind.MULTI).endpoint(2).get(ON_OFF, 0));
    assertEquals(0, the(DeviceKind.MULTI).endpoint(1).get(ON_OFF, 0));
  }

  @Test
  @Order(6)
  @DisplayName("read and write: values arrive, what isn't there is told")
  void readsAndWrites() {
    VirtualNode thermostat = the(DeviceKind.THERMOSTAT);
    assertEquals(
        "ok read {\"localTemp\":2050}",
        herdsman.ask("read " + thermostat + " 1 hvacThermostat localTemp"));
    herdsman.ask("write " + thermostat + " 1 hvacThermostat {\"occupiedHeatingSetpoint\":2250}");
    assertEquals(2250, thermostat.endpoint(1).get(0x0201, 0x0012));
    String missing = herdsman.answer("read " + thermostat + " 1 hvacThermostat outdoorTemp");
    assertFalse(missing.contains("outdoorTemp\":"), missing);
  }

  @Test
  @Order(7)
  @DisplayName("bind and configure reporting: a change is reported, a small one isn't")
  void reports() {
    VirtualNode sensor = the(DeviceKind.TEMPERATURE);
    herdsman.ask("bind " + sensor + " 1 msTemperatureMeasurement");
    String bindings = herdsman.ask("bindings " + sensor);
    assertTrue(bindings.contains("\"clusterId\":1026"), bindings);
    herdsman.ask("reporting " + sensor + " 1 msTemperatureMeasurement measuredValue 0 3600 50");
    int[] rule = {0, 3600, 50};
    assertArrayEquals(rule, sensor.endpoint(1).reportingOf(TEMPERATURE, 0).orElseThrow());
    sensor.endpoint(1).set(TEMPERATURE, 0, 2160);
    sensor.endpoint(1).set(TEMPERATURE, 0, 2230);
    String message = "message " + sensor + " 1 msTemperatureMeasurement attributeReport ";
    assertEquals("event " + message + "{\"measuredValue\":2230}", herdsman.event(message));
  }

  @Test
  @Order(8)
  @DisplayName("events: a button's command, a zone's alarm")
  void deviceSpeaksFirst() {
    the(DeviceKind.BUTTON).endpoint(1).press(ON_OFF, 2);
    herdsman.event("message " + the(DeviceKind.BUTTON) + " 1 genOnOff commandToggle");
    the(DeviceKind.CONTACT).endpoint(1).zoneStatus(1);
    String alarm =
        herdsman.event(
            "message " + the(DeviceKind.CONTACT) + " 1 ssIasZone commandStatusChangeNotification");
    assertTrue(alarm.contains("\"zonestatus\":1"), alarm);
  }

  @Test
  @Order(9)
  @DisplayName("group: one message switches all members")
  void tellsAGroup() {
    List<VirtualNode> members =
        List.of(the(DeviceKind.BULB), the(DeviceKind.COLOUR_BULB), the(DeviceKind.PLUG));
    StringBuilder command = new StringBuilder("group " + LAMPS);
    members.forEach(m -> command.append(' ').append(m));
    members.forEach(m -> m.endpoint(1).set(ON_OFF, 0, 0));
    herdsman.ask(command.toString());
    herdsman.ask("tell " + LAMPS + " genOnOff on");
    members.forEach(m -> until(m + " is on", () -> m.endpoint(1).get(ON_OFF, 0) == 1));
    assertEquals(0, the(DeviceKind.MULTI).endpoint(1).get(ON_OFF, 0), "no member");
  }

  @Test
  @Order(10)
  @DisplayName("LQI: the coordinator's neighbours, over several pages")
  void listsNeighbours() {
    the(DeviceKind.PLUG).linkQuality(77);
    String table = herdsman.ask("neighbours " + coordinator());
    devices.values().forEach(d -> assertTrue(table.contains(d.toString()), d + " in " + table));
    assertTrue(table.contains("\"lqi\":77"), table);
  }

  private static String coordinator() {
    return String.format("0x%016x", ZigBeeSimulator.COORDINATOR);
  }

  @Test
  @Order(11)
  @DisplayName("rejoin: a changed short address is learnt")
  void followsAChangedAddress() {
    VirtualNode plug = the(DeviceKind.PLUG);
    int before = plug.shortAddress();
    int from = herdsman.count();
    network.rejoin(plug);
    assertNotEquals(before, plug.shortAddress());
    herdsman.event(from, "announce " + plug + " " + plug.shortAddress());
    herdsman.ask("command " + plug + " 1 genOnOff off");
    assertEquals(0, plug.endpoint(1).get(ON_OFF, 0));
  }

  @Test
  @Order(12)
  @DisplayName("leave: asked by the host, and by the device itself")
  void leaves() {
    VirtualNode multi = the(DeviceKind.MULTI);
    herdsman.ask("leave " + multi);
    until("it has left", () -> !multi.isJoined());
    network.leave(the(DeviceKind.ODD));
    herdsman.event("leave " + the(DeviceKind.ODD));
  }

  @Test
  @Order(13)
  @DisplayName("restart: the network is resumed, not formed again, and its counter isn't lower")
  void resumes() {
    long counter = network.frameCounter();
    herdsman.ask("stop");
    assertEquals("ok start \"resumed\"", start());
    assertEquals(1, network.forms());
    assertTrue(network.frameCounter() >= counter, "counter " + network.frameCounter());
    herdsman.ask("command " + the(DeviceKind.BULB) + " 1 genOnOff off");
    assertEquals(0, the(DeviceKind.BULB).endpoint(1).get(ON_OFF, 0));
  }

  @Test
  @Order(15)
  @DisplayName("unplug: the host notices, and resumes when the stick is back")
  void unplugs() {
    int from = herdsman.count();
    simulator.unplug();
    herdsman.event(from, "disconnected");
    herdsman.answer("stop");
    simulator.plug();
    assertEquals("ok start \"resumed\"", start());
    assertEquals(1, network.forms());
    herdsman.ask("command " + the(DeviceKind.BULB) + " 1 genOnOff on");
    assertEquals(1, the(DeviceKind.BULB).endpoint(1).get(ON_OFF, 0));
  }

  @Test
  @Order(16)
  @DisplayName("install code: a device with one joins once the host knows it")
  void takesAnInstallCode() {
    Assumptions.assumeTrue(protocol != Protocol.ZNP_1_2, "Z-Stack 1.2 has none");
    VirtualNode plug = network.add(DeviceKind.PLUG, 0x00124B0000000201L);
    plug.installCode(HexFormat.of().parseHex(CODE));
    herdsman.ask("permit 200");
    assertFalse(network.join(plug));
    herdsman.ask("installcode Z:" + plug.toString().substring(2) + "$I:" + CODE);
    until("its key is known", () -> network.join(plug));
    herdsman.event("interview " + plug + " successful");
  }

  @Test
  @Order(17)
  @DisplayName("restore: the host's backup makes a blank stick the same coordinator")
  void restoresABlankStick() {
    Assumptions.assumeTrue(
        protocol == Protocol.ZNP_3_X_0 || protocol == Protocol.EZSP_13,
        "the older Z-Stacks' key tables aren't simulated");
    herdsman.ask("backup");
    long counter = network.frameCounter();
    herdsman.ask("stop");
    try (ZigBeeSimulator blank = ZigBeeSimulator.start(protocol)) {
      assertEquals("ok start \"restored\"", start(blank));
      NetworkParameters restored = blank.network().parameters();
      assertEquals(network.parameters().panId(), restored.panId());
      assertEquals(network.parameters().extendedPanId(), restored.extendedPanId());
      assertArrayEquals(network.parameters().key(), restored.key());
      assertTrue(blank.network().frameCounter() >= counter, "the devices still believe it");
      herdsman.ask("stop");
    }
  }
}
