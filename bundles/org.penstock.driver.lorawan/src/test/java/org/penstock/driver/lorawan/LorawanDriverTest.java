package org.penstock.driver.lorawan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.FileReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.kura.channel.ChannelFlag;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.driver.LinkState;
import org.penstock.driver.lorawan.codec.Eui;
import org.penstock.driver.lorawan.codec.MessageType;
import org.penstock.driver.lorawan.server.FrameLog;
import org.penstock.driver.lorawan.simulator.VirtualDevice;
import org.penstock.driver.lorawan.simulator.VirtualGateway;

/** From the gateway's datagrams to channels and back. If deleted: the parts could fit together wrongly. */
class LorawanDriverTest {

  private static final Eui PUMP = Eui.parse("00000000000000a1");

  @TempDir Path folder;
  private LorawanBench bench;
  private LorawanDriver driver;
  private VirtualGateway gateway;

  @BeforeEach
  void start() throws Exception {
    bench = new LorawanBench(folder);
    begin(Map.of());
  }

  private void begin(Map<String, Object> overrides) throws Exception {
    driver = bench.driver("one", overrides);
    gateway = new VirtualGateway(LorawanBench.GATEWAY, driver.station().port().orElseThrow());
    gateway.pull();
  }

  @AfterEach
  void stop() {
    gateway.close();
    bench.close();
  }

  private static byte[] data(JsonObject txpk) {
    assertNotNull(txpk, "nothing was sent");
    return Base64.getDecoder().decode(txpk.get("data").getAsString());
  }

  private static void await(BooleanSupplier done) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!done.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "not within 10 s");
      Thread.onSpinWait();
    }
  }

  private VirtualDevice joined() throws Exception {
    VirtualDevice device = new VirtualDevice(PUMP);
    long heard = gateway.hears(device.joinRequest(), 4);
    JsonObject accept = gateway.sent().poll(10, TimeUnit.SECONDS);
    device.joined(data(accept));
    assertEquals((heard + 5_000_000) % (1L << 32), accept.get("tmst").getAsLong());
    return device;
  }

  @Test
  void aDeviceJoinsItsValuesAreHeardAndWhatIsWrittenReachesIt() throws Exception {
    BlockingQueue<ChannelRecord> events = new LinkedBlockingQueue<>();
    driver.registerChannelListener(
        LorawanBench.config("limit", DataType.INTEGER, PUMP, "limit"),
        event -> events.add(event.getChannelRecord()));
    VirtualDevice device = joined();
    gateway.hears(device.up(1, new byte[] {1, 2}), 4);
    ChannelRecord event = events.poll(10, TimeUnit.SECONDS);
    assertEquals(TypedValues.newIntegerValue(258), event.getValue());
    data(gateway.sent().poll(10, TimeUnit.SECONDS)); // asks for battery and margin

    ChannelRecord write =
        ChannelRecord.createWriteRecord("limit", TypedValues.newIntegerValue(772));
    write.setChannelConfig(LorawanBench.config("limit", DataType.INTEGER, PUMP, "limit"));
    driver.write(List.of(write));
    assertEquals(ChannelFlag.SUCCESS, write.getChannelStatus().getChannelFlag());
    VirtualDevice.Down down = device.down(data(gateway.sent().poll(10, TimeUnit.SECONDS)));
    assertArrayEquals(new byte[] {3, 4}, down.content());
    assertEquals(1, down.frame().port());
    ChannelRecord state = ChannelRecord.createReadRecord("state", DataType.STRING);
    state.setChannelConfig(LorawanBench.config("state", DataType.STRING, PUMP, "@downlink"));
    await(
        () -> {
          driver.read(List.of(state));
          return "sent".equals(state.getValue().getValue());
        });
    assertEquals(LinkState.Phase.ONLINE, driver.linkState().phase());
  }

  @Test
  void aPayloadThatCantBeDecodedIsABadValueAndItsBytesAreKept() throws Exception {
    BlockingQueue<ChannelRecord> events = new LinkedBlockingQueue<>();
    for (String field : List.of("limit", "@payload")) {
      driver.registerChannelListener(
          LorawanBench.config(field, DataType.STRING, PUMP, field),
          event -> events.add(event.getChannelRecord()));
    }
    VirtualDevice device = joined();
    gateway.hears(device.up(1, new byte[] {7}), 4);
    ChannelRecord limit = events.poll(10, TimeUnit.SECONDS);
    assertEquals(ChannelFlag.FAILURE, limit.getChannelStatus().getChannelFlag());
    String reason = limit.getChannelStatus().getExceptionMessage();
    assertTrue(reason.contains("lies beyond the 1 bytes"), reason);
    assertEquals(TypedValues.newStringValue("07"), events.poll(10, TimeUnit.SECONDS).getValue());
  }

  /** If deleted: what a plant is told of its radio could be another device's or frame's. */
  @Test
  void whatIsKnownOfAFrameAndItsDeviceIsRead() throws Exception {
    VirtualDevice device = joined();
    gateway.hears(device.up(1, new byte[] {1, 2}), 4);
    data(gateway.sent().poll(10, TimeUnit.SECONDS)); // asks for battery and margin
    byte[] status = {6, 100, 10};
    gateway.hears(device.up(MessageType.UNCONFIRMED_UP, 0, status, 2, new byte[] {1, 2}), 4);
    await(() -> "1".equals(read("@fcnt")));
    assertEquals("10", read("@margin"));
    Map.of(
            "@battery", "100",
            "@joined", "true",
            "@rssi", "-71.0",
            "@snr", "4.0",
            "@dr", "5",
            "@gateway", LorawanBench.GATEWAY.toString(),
            "@gateways", "1",
            "@fport", "2",
            "@payload", "0102")
        .forEach((field, value) -> assertEquals(value, read(field), field));
  }

  private String read(String field) {
    ChannelRecord record = ChannelRecord.createReadRecord(field, DataType.STRING);
    record.setChannelConfig(LorawanBench.config(field, DataType.STRING, PUMP, field));
    driver.read(List.of(record));
    return record.getValue() == null ? "" : (String) record.getValue().getValue();
  }

  /** Random datagrams, 64 KB of nesting, kinds that only a server sends: nothing is thrown or grows. */
  @Test
  void hostileDatagramsDoNotStopTheDriver() throws Exception {
    Random random = new Random(7);
    byte[] head = {2, 0, 1, 0, 1, 2, 3, 4, 5, 6, 7, 8};
    for (int i = 0; i < 500; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      if (bytes.length > 12 && i % 2 == 0) {
        System.arraycopy(head, 0, bytes, 0, 12);
        bytes[3] = (byte) (i % 7);
      }
      gateway.raw(bytes);
    }
    byte[] deep = "[".repeat(64_000).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(head, 0, deep, 0, 12);
    gateway.raw(deep);
    joined();
    assertTrue((Long) driver.station().figures().get("datagrams.senseless") > 200);
  }

  @Test
  void strangeGatewaysAndFloodsAreLeftOut() throws Exception {
    gateway.close();
    driver.stop();
    begin(Map.of("gateways_allowed", "aa555a0000000199", "rate_limit_per_s", 5));
    for (int i = 0; i < 50; i++) {
      gateway.pull();
    }
    await(() -> driver.station().figures().containsKey("datagrams.too.many"));
    await(() -> driver.station().figures().containsKey("datagrams.forbidden"));
    assertTrue(gateway.acknowledged().isEmpty());
  }

  /** If deleted: nobody would learn why datagrams of many gateways are lost in the kernel. */
  @Test
  void aReceiveBufferThatIsSmallerThanAskedIsSaid() throws Exception {
    int given = (Integer) driver.station().figures().get("receive.buffer.bytes");
    long limit;
    // in one piece: the kernel gives no second one of such a file
    try (BufferedReader file = new BufferedReader(new FileReader("/proc/sys/net/core/rmem_max"))) {
      limit = Long.parseLong(file.readLine());
    }
    assertEquals(Math.min(4 << 20, limit), given);
    await(() -> driver.linkState().online());
    String reason = driver.linkState().reason();
    boolean isSaid = reason.contains(given + " of the 4194304 bytes");
    assertEquals(limit < 4 << 20, isSaid, reason);
  }

  /** If deleted: who looks on could see frames twice, of nobody, or without what they mean. */
  @Test
  void framesCanBeFollowedDecoded() throws Exception {
    VirtualDevice device = joined();
    gateway.hears(device.up(1, new byte[] {1, 2}), 4);
    gateway.hears(device.up(1, new byte[] {7}), 4);
    await(() -> ups(0).size() == 2);
    FrameLog.Entry first = ups(0).get(0);
    assertEquals(Map.of("limit", "258"), first.values(), ups(0)::toString);
    assertEquals("", first.problem());
    assertEquals(PUMP, first.device());
    List<FrameLog.Entry> rest = ups(first.number());
    assertEquals(1, rest.size());
    assertEquals(0, ups(driver.station().framesAfter(0).last()).size());
    assertTrue(rest.get(0).problem().contains("lies beyond"), rest.get(0).problem());
    await(
        () ->
            driver.station().framesAfter(0).entries().stream()
                .anyMatch(entry -> entry.text().equals("joined")));
  }

  @Test
  void framesThatBecameDurableTogetherWereDeliveredBackwards() throws Exception {
    VirtualDevice device = joined();
    for (int i = 0; i < 30; i++) {
      gateway.hears(device.up(1, new byte[] {1, 2}), 4);
    }
    await(() -> ups(0).size() == 30);
    List<Long> counters = ups(0).stream().map(entry -> entry.uplink().counter()).toList();
    assertEquals(counters.stream().sorted().toList(), counters);
  }

  private List<FrameLog.Entry> ups(long after) {
    return driver.station().framesAfter(after).entries().stream()
        .filter(entry -> entry.uplink() != null)
        .toList();
  }

  @Test
  void aPortThatIsTakenIsSaidAndTakenLater() throws Exception {
    int port = driver.station().port().orElseThrow();
    LorawanDriver second = bench.driver("two", Map.of("port", port));
    assertEquals(LinkState.Phase.OFFLINE, second.linkState().phase());
    assertTrue(second.linkState().reason().contains("can't be bound"));
    driver.stop();
    await(() -> second.station().port().isPresent());
  }
}
