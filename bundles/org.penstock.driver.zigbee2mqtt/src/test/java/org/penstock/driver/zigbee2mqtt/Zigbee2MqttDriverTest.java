package org.penstock.driver.zigbee2mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.penstock.driver.zigbee2mqtt.Zigbee2MqttBench.config;
import static org.penstock.driver.zigbee2mqtt.Zigbee2MqttBench.record;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.kura.channel.ChannelFlag;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.driver.Driver.ConnectionException;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.api.driver.LinkState;
import org.penstock.driver.kit.conformance.Fault;

/** What is particular to this protocol; each test says what would break without it. */
class Zigbee2MqttDriverTest {

  private final Zigbee2MqttBench bench = new Zigbee2MqttBench();
  private final FakeBridge bridge = bench.bridge("one");
  private Zigbee2MqttDriver driver;

  @BeforeEach
  void start() {
    driver = (Zigbee2MqttDriver) bench.start("one");
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  private ChannelRecord read(String device, String property, DataType type)
      throws ConnectionException {
    ChannelRecord record = record("c", type, device, property);
    driver.read(List.of(record));
    return record;
  }

  private static String error(ChannelRecord record) {
    assertEquals(ChannelFlag.FAILURE, record.getChannelStatus().getChannelFlag());
    return record.getChannelStatus().getExceptionMessage();
  }

  /** If deleted: a renamed device could lose its channels' values until it tells them again. */
  @Test
  void aRenamedDeviceKeepsItsValues() throws ConnectionException {
    bridge.publish("lamp", "{\"brightness\":77}");
    bridge.publish(
        "bridge/devices",
        "[{\"ieee_address\":\"0x000b57fffec6a5b2\",\"type\":\"Router\",\"friendly_name\":\"hall/lamp\"}]");
    assertEquals(
        TypedValues.newIntegerValue(77),
        read("0x000B57FFFEC6A5B2", "brightness", DataType.INTEGER).getValue());
    bridge.publish("hall/lamp", "{\"brightness\":78}");
    assertEquals(
        TypedValues.newIntegerValue(78),
        read("hall/lamp", "brightness", DataType.INTEGER).getValue());
  }

  /** If deleted: a damaged message could take values away, or end the hearing. */
  @ParameterizedTest
  @ValueSource(strings = {"{\"temperature\":", "garbage", "[1,2]", "\u0000\u0001"})
  void damagedMessagesAreCountedAndTheLastValuesHold(String damaged) throws ConnectionException {
    bridge.publish("cold store/probe", "{\"temperature\":3.5}");
    bridge.publish("cold store/probe", damaged);
    assertEquals(
        TypedValues.newDoubleValue(3.5),
        read("cold store/probe", "temperature", DataType.DOUBLE).getValue());
    bridge.publish("cold store/probe", "{\"temperature\":3.75}");
    assertEquals(
        TypedValues.newDoubleValue(3.75),
        read("cold store/probe", "temperature", DataType.DOUBLE).getValue());
  }

  /** If deleted: a sensor with an empty battery could count as good for years. */
  @Test
  void aDeviceThatZigbee2MqttDoesNotReachIsBad() throws ConnectionException {
    bridge.publish("lamp", "{\"brightness\":1}");
    bridge.publish("lamp/availability", "{\"state\":\"offline\"}");
    assertTrue(error(read("lamp", "brightness", DataType.INTEGER)).contains("does not reach"));
    bridge.publish("lamp/availability", "{\"state\":\"online\"}");
    assertEquals(
        TypedValues.newIntegerValue(1), read("lamp", "brightness", DataType.INTEGER).getValue());
  }

  /** If deleted: values could look alive while Zigbee2MQTT itself is down. */
  @Test
  void allIsBadWhileTheBridgeIsOffline() throws ConnectionException {
    bridge.publish("lamp", "{\"brightness\":1}");
    bridge.publish("bridge/state", "offline");
    ConnectionException refused =
        Assertions.assertThrows(
            ConnectionException.class, () -> read("lamp", "brightness", DataType.INTEGER));
    assertTrue(refused.getMessage().contains("offline since"), refused.getMessage());
    assertEquals(LinkState.Phase.OFFLINE, driver.linkState().phase());
    bridge.publish("bridge/state", "{\"state\":\"online\"}");
    assertEquals(
        TypedValues.newIntegerValue(1), read("lamp", "brightness", DataType.INTEGER).getValue());
  }

  /** If deleted: a wrong name would cost somebody an afternoon. */
  @Test
  void errorsNameWhatThereIs() throws ConnectionException {
    assertEquals(
        "lump: no device of this network has this name or address; it has cold store/probe, lamp,"
            + " oddity",
        error(read("lump", "state", DataType.BOOLEAN)));
    assertEquals(
        "lamp: has no value 'level'; it has brightness, color.x, color.y, effect, execute_if_off,"
            + " state",
        error(read("lamp", "level", DataType.INTEGER)));
    assertEquals(
        "cold store/probe: has not told 'humidity' yet, and can't be asked for it",
        error(read("cold store/probe", "humidity", DataType.DOUBLE)));
  }

  private ChannelRecord write(String property, TypedValue<?> value) throws ConnectionException {
    ChannelRecord record = ChannelRecord.createWriteRecord("w", value);
    record.setChannelConfig(config("w", value.getType(), "lamp", property));
    driver.write(List.of(record));
    return record;
  }

  /** If deleted: a valve that did not move could be reported as moved. */
  @Test
  void aWriteThatTheDeviceDoesNotConfirmFails() throws ConnectionException {
    bridge.set(Fault.SILENT);
    assertEquals(
        "lamp: did not confirm the write within 500 ms",
        error(write("state", TypedValues.newBooleanValue(true))));
  }

  /** If deleted: a write to a sensor's value, or out of range, could vanish in silence. */
  @Test
  void aWriteThatCanNotBeIsRefused() throws ConnectionException {
    assertTrue(
        error(write("brightness", TypedValues.newIntegerValue(255))).contains("within 0 to 254"));
    ChannelRecord record = ChannelRecord.createWriteRecord("w", TypedValues.newDoubleValue(20));
    record.setChannelConfig(config("w", DataType.DOUBLE, "cold store/probe", "temperature"));
    driver.write(List.of(record));
    assertEquals("cold store/probe: 'temperature' can't be written", error(record));
  }

  /** If deleted: what a device never tells back could never be written. */
  @Test
  void whatIsNeverToldIsWrittenWithoutConfirmation() throws ConnectionException {
    ChannelRecord record = write("effect", TypedValues.newStringValue("blink"));
    assertEquals(ChannelFlag.SUCCESS, record.getChannelStatus().getChannelFlag());
  }

  /** If deleted: a change could be seen only at the next poll. */
  @Test
  void listenersHearEachReportOfTheirValueOnly() {
    List<ChannelRecord> heard = new ArrayList<>();
    driver.registerChannelListener(
        config("on", DataType.BOOLEAN, "lamp", "state"), e -> heard.add(e.getChannelRecord()));
    bridge.publish("lamp", "{\"brightness\":3}");
    bridge.publish("lamp", "{\"state\":\"ON\"}");
    bridge.publish("cold store/probe", "{\"state\":\"ON\"}");
    assertEquals(1, heard.size());
    assertEquals(TypedValues.newBooleanValue(true), heard.get(0).getValue());
    assertEquals("on", heard.get(0).getChannelName());
  }

  /** If deleted: on Kura, where nobody offers links, the driver could fail to start or hang. */
  @Test
  void withoutLinksItSaysWhatIsMissing() {
    Zigbee2MqttDriver alone =
        new Zigbee2MqttDriver("alone", config(0), new char[0], null, health -> () -> {});
    assertFalse(alone.linkState().online());
    ConnectionException refused =
        Assertions.assertThrows(
            ConnectionException.class,
            () -> alone.read(List.of(record("c", DataType.BOOLEAN, "lamp", "state"))));
    assertTrue(refused.getMessage().contains("org.penstock.api.mqtt"), refused.getMessage());
    alone.stop();
  }
}
