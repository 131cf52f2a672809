package org.penstock.driver.lorawan.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.penstock.driver.lorawan.codec.AesKey;
import org.penstock.driver.lorawan.codec.DataFrame;
import org.penstock.driver.lorawan.codec.Eui;
import org.penstock.driver.lorawan.codec.JoinAccept;
import org.penstock.driver.lorawan.codec.MacCommand;
import org.penstock.driver.lorawan.codec.MessageType;
import org.penstock.driver.lorawan.simulator.VirtualDevice;

/** The network server, frame by frame. If deleted: forged or repeated data could pass as measured. */
class NetworkServerTest {

  private static final byte[] NONE = {};
  private static final byte[] DATA = {1, 2, 3};
  private static final String NWK = "44024241ed4ce9a68c6a8bc055233fd3";
  private static final String APP = "ec925802ae430ca77fd3dd73cb2cc588";

  @TempDir Path folder;
  private final VirtualDevice device = new VirtualDevice(Eui.parse("00000000000000a1"));
  private final VirtualDevice listener = new VirtualDevice(Eui.parse("00000000000000c1"));
  private final VirtualDevice byHand =
      new VirtualDevice(Eui.parse("00000000000000b1"), 0x49be7df1, NWK, APP);
  private Rig rig;

  @BeforeEach
  void start() throws Exception {
    rig = new Rig(null, folder, devices(), 1, Duration.ZERO);
    rig.gateway(Rig.ONE);
  }

  private List<DeviceConfig> devices() {
    DeviceConfig abp =
        new DeviceConfig(
            byHand.devEui(),
            "abp",
            null,
            null,
            byHand.devAddr(),
            AesKey.parse(NWK),
            AesKey.parse(APP),
            false,
            false,
            false,
            "raw");
    return List.of(Rig.otaa(device, false), Rig.otaa(listener, true), abp);
  }

  @AfterEach
  void stop() throws Exception {
    rig.close();
  }

  @Test
  void aJoinIsAcceptedInTheFirstWindowWithTheChannelsOfTheRegion() throws Exception {
    rig.hears(device.joinRequest());
    Rig.Sent sent = rig.nextSent();
    assertEquals(6_000_000, sent.micros());
    assertEquals(868.3, sent.megahertz());
    assertEquals("SF7BW125", sent.rate());
    assertTrue(sent.txpk().get("ipol").getAsBoolean());
    JoinAccept accept = device.joined(sent.bytes());
    assertEquals(0x13, accept.netId());
    assertEquals(0x13, accept.devAddr() >>> 25);
    assertEquals(1, accept.rxDelay());
    assertEquals(16, accept.cfList().length);
    rig.hears(device.up(7, DATA));
    Uplink uplink = rig.nextUplink();
    assertEquals(device.devEui(), uplink.device());
    assertArrayEquals(DATA, uplink.bytes());
    assertEquals(7, uplink.port());
    assertEquals(5, uplink.rate());
  }

  @Test
  void aDevNonceIsGoodForOneJoinOnly() throws Exception {
    byte[] request = device.joinRequest();
    rig.hears(request);
    device.joined(rig.nextSent().bytes());
    rig.later(Duration.ofSeconds(2));
    rig.hears(request);
    rig.settle();
    assertEquals(1, rig.counters.of("joins.accepted"));
    assertEquals(1, rig.counters.of("security.devnonce"));
    assertTrue(rig.sent.isEmpty());
  }

  /** If deleted: who has kept a join-request from being heard could send it a year later (1.0.4, 6.2.5). */
  @Test
  void aDeviceThatCountsItsDevNoncesJoinsWithAHigherOneOnly() throws Exception {
    rig.close();
    VirtualDevice counts = new VirtualDevice(Eui.parse("00000000000000d1"));
    AesKey key = AesKey.parse(VirtualDevice.APP_KEY);
    DeviceConfig config =
        new DeviceConfig(counts.devEui(), "d", null, key, 0, null, null, false, true, true, "raw");
    rig = new Rig(null, folder.resolve("counts"), List.of(config));
    rig.gateway(Rig.ONE);
    byte[] never = counts.joinRequest(); // heard by a stranger alone
    rig.hears(counts.joinRequest());
    counts.joined(rig.nextSent().bytes());
    rig.hears(never);
    rig.settle();
    assertEquals(1, rig.counters.of("security.devnonce"));
    assertEquals(1, rig.counters.of("joins.accepted"));
    rig.hears(counts.joinRequest());
    counts.joined(rig.nextSent().bytes());
    assertEquals(2, rig.counters.of("joins.accepted"));
  }

  @Test
  void strangersAreIgnoredAndForgeriesCounted() throws Exception {
    rig.hears(new VirtualDevice(Eui.parse("00000000000000ff")).joinRequest());
    byte[] forged = device.joinRequest();
    forged[forged.length - 1]++;
    rig.hears(forged);
    rig.settle();
    assertEquals(1, rig.counters.of("joins.unknown"));
    assertEquals(1, rig.counters.of("security.mic"));
    assertTrue(rig.sent.isEmpty());
  }

  /** The gateway's clock wraps within the second between frame and answer. */
  @ParameterizedTest
  @CsvSource({"1000000, 2000000", "4294500000, 532704"})
  void aConfirmedFrameIsAcknowledgedInTheFirstWindow(long heard, long answered) throws Exception {
    byte[] frame = byHand.up(MessageType.CONFIRMED_UP, 0, NONE, 1, DATA);
    rig.hears(Rig.ONE, frame, heard, 5, "SF9BW125");
    Rig.Sent sent = rig.nextSent();
    assertEquals(answered, sent.micros());
    assertEquals("SF9BW125", sent.rate());
    VirtualDevice.Down down = byHand.down(sent.bytes());
    assertTrue(down.frame().has(DataFrame.ACK));
    assertFalse(down.frame().type().confirmed());
  }

  @Test
  void whatComesTooLateForTheFirstWindowGoesIntoTheSecond() throws Exception {
    rig.refuse("TOO_LATE");
    rig.hears(byHand.up(MessageType.CONFIRMED_UP, 0, NONE, 1, DATA));
    assertEquals(2_000_000, rig.nextSent().micros());
    Rig.Sent second = rig.nextSent();
    assertEquals(3_000_000, second.micros());
    assertEquals(869.525, second.megahertz());
    assertEquals("SF12BW125", second.rate());
    assertEquals(27, second.txpk().get("powe").getAsInt());
    byHand.down(second.bytes());
    rig.late.set(800_000_000);
    rig.hears(byHand.up(MessageType.CONFIRMED_UP, 0, NONE, 1, DATA));
    assertEquals(3_000_000, rig.nextSent().micros());
  }

  @Test
  void aRepeatedConfirmedFrameIsAcknowledgedAgainAndNotDelivered() throws Exception {
    rig.hears(byHand.up(MessageType.CONFIRMED_UP, 0, NONE, 1, DATA));
    byHand.down(rig.nextSent().bytes());
    rig.nextUplink();
    rig.later(Duration.ofSeconds(3));
    rig.hears(byHand.counter(0).up(MessageType.CONFIRMED_UP, 0, NONE, 1, DATA));
    byHand.down(rig.nextSent().bytes());
    rig.settle();
    assertTrue(rig.uplinks.isEmpty());
  }

  @Test
  void dataForClassAWaitsForTheDeviceAndTellsThatMoreWaits() throws Exception {
    Downlink first = new Downlink(3, DATA, false, Long.MAX_VALUE);
    Downlink second = new Downlink(4, DATA, true, Long.MAX_VALUE);
    rig.server.send(byHand.devEui(), first);
    rig.server.send(byHand.devEui(), second);
    rig.settle();
    assertTrue(rig.sent.isEmpty());
    assertEquals(Downlink.State.QUEUED, first.status().state());
    rig.hears(byHand.up(1, DATA));
    VirtualDevice.Down down = byHand.down(rig.nextSent().bytes());
    assertEquals(3, down.frame().port());
    assertArrayEquals(DATA, down.content());
    assertTrue(down.frame().has(DataFrame.PENDING));
    rig.settle();
    assertEquals(Downlink.State.SENT, first.status().state());
    rig.hears(byHand.up(1, DATA));
    down = byHand.down(rig.nextSent().bytes());
    assertEquals(MessageType.CONFIRMED_DOWN, down.frame().type());
    assertFalse(down.frame().has(DataFrame.PENDING));
    rig.settle();
    assertEquals(Downlink.State.SENT, second.status().state());
    rig.hears(byHand.up(MessageType.UNCONFIRMED_UP, DataFrame.ACK, NONE, 1, DATA));
    rig.settle();
    assertEquals(Downlink.State.ACKNOWLEDGED, second.status().state());
  }

  @Test
  void whatIsNotAcknowledgedExpiredOrTooLongFailsWithTheReason() throws Exception {
    Downlink lost = new Downlink(4, DATA, true, Long.MAX_VALUE);
    rig.server.send(byHand.devEui(), lost);
    rig.hears(byHand.up(1, DATA));
    byHand.down(rig.nextSent().bytes());
    Downlink old = new Downlink(4, DATA, true, 1);
    Downlink large = new Downlink(4, new byte[223], false, Long.MAX_VALUE);
    rig.server.send(byHand.devEui(), old);
    rig.server.send(byHand.devEui(), large);
    rig.hears(byHand.up(1, DATA));
    rig.settle();
    assertEquals("failed: the device did not acknowledge it", lost.status().toString());
    assertEquals("failed: expired", old.status().toString());
    assertEquals(
        "failed: 223 bytes are too long for the data rate, which carries 222",
        large.status().toString());
  }

  @Test
  void dataForClassCIsSentAtOnceInTheSecondWindow() throws Exception {
    rig.join(listener);
    rig.hears(listener.up(1, DATA));
    rig.nextUplink();
    Downlink now = new Downlink(9, DATA, false, Long.MAX_VALUE);
    rig.server.send(listener.devEui(), now);
    Rig.Sent sent = rig.nextSent();
    assertTrue(sent.txpk().get("imme").getAsBoolean());
    assertEquals(869.525, sent.megahertz());
    assertArrayEquals(DATA, listener.down(sent.bytes()).content());
    rig.settle();
    assertEquals(Downlink.State.SENT, now.status().state());
  }

  @Test
  void aReplayAForgeryAndATooLargeGapChangeNothing() throws Exception {
    byHand.counter(5);
    byte[] recorded = byHand.up(1, DATA);
    rig.hears(recorded);
    rig.nextUplink();
    rig.hears(byHand.up(1, DATA));
    rig.nextUplink();
    rig.later(Duration.ofSeconds(2));
    rig.hears(recorded);
    byte[] forged = byHand.counter(7).up(1, DATA);
    forged[forged.length - 1]++;
    rig.hears(forged);
    rig.hears(byHand.counter(6 + 16_385).up(1, DATA));
    rig.settle();
    assertTrue(rig.uplinks.isEmpty());
    assertEquals(1, rig.counters.of("security.replay"));
    assertEquals(1, rig.counters.of("security.mic"));
    assertEquals(1, rig.counters.of("security.gap"));
    rig.hears(byHand.counter(7).up(1, DATA));
    assertEquals(7, rig.nextUplink().counter());
  }

  /** A device that was for long on air: counters beyond 16 bits, each frame within the gap. */
  @Test
  void theCounterGoesOnBeyondSixteenBits() throws Exception {
    for (long counter : new long[] {16_383, 32_767, 49_151, 65_535, 65_536, 65_541}) {
      rig.hears(byHand.counter(counter).up(1, DATA));
      assertEquals(counter, rig.nextUplink().counter());
    }
  }

  @Test
  void oneFrameOfTwoGatewaysIsOneEventAndIsAnsweredByTheBetter() throws Exception {
    rig.gateway(Rig.TWO);
    byte[] frame = byHand.up(MessageType.CONFIRMED_UP, 0, NONE, 1, DATA);
    rig.hears(Rig.ONE, frame, 1_000_000, -3, "SF7BW125");
    rig.hears(Rig.TWO, frame, 77_000_000, 8, "SF7BW125");
    Uplink uplink = rig.nextUplink();
    assertEquals(2, uplink.heard().size());
    assertEquals(Rig.TWO, uplink.heard().get(0).gateway());
    Rig.Sent sent = rig.nextSent();
    assertEquals(Rig.TWO, sent.gateway());
    assertEquals(78_000_000, sent.micros());
    rig.hears(Rig.ONE, frame, 1_300_000, 9, "SF7BW125");
    rig.settle();
    assertTrue(rig.uplinks.isEmpty() && rig.sent.isEmpty());
    assertEquals(1, rig.counters.of("uplinks.late"));
  }

  @Test
  void adrRaisesTheDataRateOfADeviceThatIsHeardWell() throws Exception {
    rig.join(device);
    for (int i = 0; i < Adr.HISTORY; i++) {
      assertTrue(rig.sent.isEmpty(), "asked after " + i);
      byte[] frame = device.up(MessageType.UNCONFIRMED_UP, DataFrame.ADR, NONE, 1, DATA);
      rig.hears(Rig.ONE, frame, 1_000_000, 5, "SF12BW125");
      rig.nextUplink();
    }
    MacCommand asked = device.down(rig.nextSent().bytes()).commands().get(0);
    assertEquals(MacCommand.linkAdr(5, 0, 0xff, 0, 1), asked);
    byte[] answer = {3, 7};
    rig.hears(device.up(MessageType.UNCONFIRMED_UP, DataFrame.ADR, answer, 1, DATA));
    rig.settle();
    assertTrue(rig.sent.isEmpty(), "asked again after the answer");
    assertEquals(5, rig.server.view(device.devEui()).orElseThrow().rate());
  }

  @Test
  void aDeviceAsksForTheLinkAndTheTime() throws Exception {
    byte[] questions = {2, 0x0d};
    rig.hears(byHand.up(MessageType.UNCONFIRMED_UP, 0, questions, 1, DATA));
    VirtualDevice.Down down = byHand.down(rig.nextSent().bytes());
    assertEquals(MacCommand.linkCheck(12, 1), down.commands().get(0));
    assertEquals(MacCommand.Kind.DEVICE_TIME, down.commands().get(1).kind());
  }

  @Test
  void aDeviceThatDoesNotJoinLearnsWindowsAndChannelsByCommands() throws Exception {
    rig.close();
    rig = new Rig(null, folder.resolve("5"), devices(), 5, Duration.ofHours(24));
    rig.gateway(Rig.ONE);
    rig.hears(byHand.up(1, DATA));
    Rig.Sent sent = rig.nextSent();
    assertEquals(2_000_000, sent.micros(), "the device knows of one second yet");
    List<MacCommand> asked = byHand.down(sent.bytes()).commands();
    assertEquals(MacCommand.devStatus(), asked.get(0));
    assertEquals(MacCommand.rxTiming(5), asked.get(1));
    assertEquals(MacCommand.newChannel(3, 867_100_000, 0, 5), asked.get(2));
    byte[] answers = {6, 100, 10, 8, 7, 3};
    rig.hears(byHand.up(MessageType.UNCONFIRMED_UP, 0, answers, 1, DATA));
    sent = rig.nextSent();
    assertEquals(6_000_000, sent.micros());
    assertEquals(
        MacCommand.newChannel(4, 867_300_000, 0, 5), byHand.down(sent.bytes()).commands().get(0));
    DeviceView view = rig.server.view(byHand.devEui()).orElseThrow();
    assertEquals(100, view.battery());
    assertEquals(10, view.margin());
  }

  /** If deleted: a device could be answered at a data rate to which it does not listen. */
  @ParameterizedTest
  @CsvSource({"7, SF9BW125", "3, SF7BW125"})
  void anOffsetOfTheFirstWindowHoldsOnceTheDeviceHasTakenIt(byte answer, String rate)
      throws Exception {
    rig.close();
    rig = new Rig(null, folder.resolve("offset"), devices(), 1, 2, Duration.ZERO);
    rig.gateway(Rig.ONE);
    rig.hears(byHand.up(1, DATA));
    Rig.Sent sent = rig.nextSent();
    assertEquals("SF7BW125", sent.rate(), "the device knows of no offset yet");
    List<MacCommand> asked = byHand.down(sent.bytes()).commands();
    assertTrue(asked.contains(MacCommand.rxParam(2, 0, 869_525_000)), asked::toString);
    rig.hears(byHand.up(MessageType.CONFIRMED_UP, 0, new byte[] {5, answer}, 1, DATA));
    assertEquals(rate, rig.nextSent().rate());
  }

  /** Europe: 36 s an hour around 868.3 MHz and 360 s in RX2's band, by time on air. */
  @Test
  void theDutyCycleOfAGatewayIsKept() throws Exception {
    int first = 0;
    int second = 0;
    Downlink last;
    while (true) {
      last = new Downlink(1, new byte[51], false, Long.MAX_VALUE);
      rig.server.send(byHand.devEui(), last);
      rig.hears(Rig.ONE, byHand.up(1, DATA), 1_000_000, 5, "SF12BW125");
      rig.nextUplink();
      rig.settle();
      if (rig.sent.isEmpty()) {
        break;
      }
      if (rig.nextSent().megahertz() == 868.3) {
        assertEquals(0, second, "RX1 after RX2");
        first++;
      } else {
        second++;
      }
    }
    // 64 bytes at SF12 without checksum: 2793.472 ms
    assertEquals(12, first);
    assertEquals(128, second);
    assertEquals("failed: the duty cycle is used up", last.status().toString());
  }

  @Test
  void framesThatAreNoneOrOfLorawanOneDotOneAreCounted() throws Exception {
    rig.hears(new byte[] {(byte) 0xc0});
    rig.hears(new byte[] {(byte) 0x60, 1, 2, 3, 4, 0, 0, 0, 1, 2, 3, 4});
    rig.settle();
    assertEquals(2, rig.counters.of("frames.senseless"));
  }
}
