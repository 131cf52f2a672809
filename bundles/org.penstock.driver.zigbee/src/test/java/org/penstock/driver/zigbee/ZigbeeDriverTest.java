package org.penstock.driver.zigbee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zsmartsystems.zigbee.ZigBeeStatus;
import com.zsmartsystems.zigbee.aps.ZigBeeApsFrame;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.channel.ChannelFlag;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.listener.ChannelEvent;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.driver.kit.conformance.Fault;
import org.penstock.driver.zigbee.codec.ByteWriter;
import org.penstock.driver.zigbee.codec.ZclFrame;
import org.penstock.driver.zigbee.device.Definitions;
import org.penstock.driver.zigbee.link.StickAddress;
import org.penstock.driver.zigbee.stick.NetworkSettings;
import org.penstock.driver.zigbee.znp.ZnpStick;
import org.penstock.driver.zigbee.znp.ZnpTransport;

/** What the conformance suite does not ask. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ZigbeeDriverTest {

  @TempDir private Path home;
  private ZigbeeBench bench;

  @BeforeEach
  void start() {
    bench = new ZigbeeBench(home);
  }

  @AfterEach
  void stop() throws Exception {
    bench.close();
  }

  /** If deleted: a restart could form a new network, and every device would be lost. */
  @Test
  void restartResumesTheNetworkAndKnowsItsDevices() throws Exception {
    for (int i = 0; i < 3; i++) {
      ZigbeeDriver driver = (ZigbeeDriver) bench.start("one");
      assertGood(driver);
      bench.stop(driver);
    }
    assertEquals(1, bench.stick("one").forms());
    assertEquals(0, bench.stick("one").permits(), "the network was opened by itself");
  }

  /** If deleted: a write could count as done though the radio never delivered it. */
  @Test
  void writeThatIsNotDeliveredFailsWithTheReason() throws Exception {
    ZigbeeDriver driver = (ZigbeeDriver) bench.start("one");
    assertGood(driver);
    bench.stick("one").confirm(0xE9);
    ChannelRecord write = bench.write().orElseThrow();
    driver.write(List.of(write));
    assertEquals(ChannelFlag.FAILURE, write.getChannelStatus().getChannelFlag());
    String why = write.getChannelStatus().getExceptionMessage();
    assertTrue(why.contains("does not acknowledge"), why);
  }

  /** If deleted: values of a stick that was pulled could be shown as good for ever. */
  @Test
  void pulledStickMakesListenedChannelsBadAtOnce() throws Exception {
    ZigbeeDriver driver = (ZigbeeDriver) bench.start("one");
    assertGood(driver);
    BlockingQueue<ChannelEvent> events = new LinkedBlockingQueue<>();
    driver.registerChannelListener(
        ZigbeeBench.config("power", DataType.INTEGER, 0x0B04, 0x050B, 1), events::add);
    bench.device("one", Fault.ABSENT);
    ChannelEvent event = events.poll(15, TimeUnit.SECONDS);
    assertEquals(ChannelFlag.FAILURE, event.getChannelRecord().getChannelStatus().getChannelFlag());
  }

  /** If deleted: reports could be lost, or arrive without the channel's scale and type. */
  @Test
  void reportBecomesAnEvent() throws Exception {
    ZigbeeDriver driver = (ZigbeeDriver) bench.start("one");
    assertGood(driver);
    BlockingQueue<ChannelEvent> events = new LinkedBlockingQueue<>();
    driver.registerChannelListener(
        ZigbeeBench.config("temp", DataType.DOUBLE, 0x0402, 0, 0.01), events::add);
    byte[] report = new ByteWriter().u16(0).u8(0x29).u16(2150).toBytes();
    driver
        .coordinator()
        .heard(
            FakeStick.PLUG_NETWORK,
            1,
            0x0402,
            new ZclFrame(false, ZclFrame.NO_MANUFACTURER, true, true, 1, ZclFrame.REPORT, report),
            200);
    ChannelRecord record = events.poll(10, TimeUnit.SECONDS).getChannelRecord();
    assertEquals(TypedValues.newDoubleValue(21.5), record.getValue());
    assertEquals("temp", record.getChannelName());
  }

  /** If deleted: a device that rejoined at another network address could be lost for its channels. */
  @Test
  void channelsFollowADeviceToItsNewNetworkAddress() throws Exception {
    ZigbeeDriver driver = (ZigbeeDriver) bench.start("one");
    assertGood(driver);
    driver.coordinator().announced(FakeStick.PLUG, 0x4444, 0x8e);
    assertEquals(
        0x4444, driver.coordinator().devices().device(FakeStick.PLUG).orElseThrow().network());
    assertTrue(driver.coordinator().devices().at(FakeStick.PLUG_NETWORK).isEmpty());
    driver.coordinator().announced(FakeStick.PLUG, FakeStick.PLUG_NETWORK, 0x8e);
    assertGood(driver);
  }

  /** If deleted: a network could stay open for everybody, or a job open it longer than is allowed. */
  @Test
  void joiningIsLimited() throws Exception {
    ZigbeeDriver driver = (ZigbeeDriver) bench.start("one");
    assertGood(driver);
    var kind =
        ZigbeeJobs.kinds(
                "one",
                driver.coordinator(),
                driver.setup(),
                driver.joining(),
                Definitions.load(home.resolve("none")))
            .stream()
            .filter(k -> k.name().equals("zigbee.permit-join:one"))
            .findFirst()
            .orElseThrow();
    for (String wrong : List.of("0", "255", "x", "-1")) {
      try {
        kind.work(Map.of("seconds", wrong));
        throw new AssertionError("taken: " + wrong);
      } catch (IllegalArgumentException refused) {
        assertTrue(refused.getMessage().contains("254"), refused.getMessage());
      }
    }
    kind.work(Map.of("seconds", "1"))
        .run(
            new org.penstock.api.job.Progress() {
              @Override
              public void report(int percent, String step) {
                assertTrue(percent >= 0 && percent < 100, step);
              }

              @Override
              public boolean cancelled() {
                return false;
              }
            });
    assertEquals(1, bench.stick("one").permits());
  }

  /** If deleted: the stick could not be used by the ZigBee library as one of its transports. */
  @Test
  void stickIsATransportOfTheLibrary() throws Exception {
    StickAddress address = StickAddress.parse("tcp://127.0.0.1:" + bench.stick("x").port(), 9600);
    ZnpStick stick =
        new ZnpStick(
            "test",
            () -> address.open(settings -> null),
            new NetworkSettings(0, 0, 15, new byte[0]),
            Duration.ofSeconds(5),
            why -> {});
    ZnpTransport transport = new ZnpTransport(stick);
    assertEquals(ZigBeeStatus.SUCCESS, transport.initialize());
    assertEquals(ZigBeeStatus.SUCCESS, transport.startup(false));
    assertEquals(0x1a62, transport.getZigBeePanId());
    assertEquals("00124B00AABBCCDD", transport.getIeeeAddress().toString());
    ZigBeeApsFrame frame = new ZigBeeApsFrame();
    frame.setProfile(0x0104);
    frame.setDestinationAddress(FakeStick.PLUG_NETWORK);
    frame.setPayload(new int[] {0, 1, 0, 0, 0});
    assertEquals(0, stick.send(frame).get(10, TimeUnit.SECONDS));
    transport.shutdown();
  }

  private void assertGood(ZigbeeDriver driver) throws Exception {
    List<ChannelRecord> records = bench.goodRecords();
    driver.read(records);
    for (ChannelRecord record : records) {
      assertEquals(
          ChannelFlag.SUCCESS,
          record.getChannelStatus().getChannelFlag(),
          () -> record.getChannelStatus().toString());
    }
  }
}
