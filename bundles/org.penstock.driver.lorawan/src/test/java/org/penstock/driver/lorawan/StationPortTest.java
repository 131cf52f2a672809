package org.penstock.driver.lorawan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.driver.lorawan.codec.DataFrame;
import org.penstock.driver.lorawan.codec.Eui;
import org.penstock.driver.lorawan.codec.MessageType;
import org.penstock.driver.lorawan.simulator.VirtualDevice;
import org.penstock.driver.lorawan.simulator.VirtualGateway;

/**
 * A Basics Station on the JDK's own websocket client. If deleted: frames could come in and answers never
 * go out.
 */
class StationPortTest {

  private static final Eui PUMP = Eui.parse("00000000000000a1");
  private static final Eui STATION = Eui.parse("b827ebfffe123456");
  private static final long XTIME = 9_799_833_171_755_009L;

  @TempDir Path folder;
  private LorawanBench bench;
  private LorawanDriver driver;

  @BeforeEach
  void start() throws Exception {
    bench = new LorawanBench(folder);
    Map<String, Object> settings =
        Map.of("station_port", -1, "station_tls", false, "station_token", "Bearer abc");
    driver = bench.driver("one", settings);
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  /** A connection, and what has come by it; {@code closed} when it has ended. */
  private static final class Peer implements WebSocket.Listener {
    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private final StringBuilder part = new StringBuilder();
    private final WebSocket socket;

    Peer(String uri, String token) throws Exception {
      socket =
          HttpClient.newHttpClient()
              .newWebSocketBuilder()
              .header("Authorization", token)
              .buildAsync(URI.create(uri), this)
              .get(10, TimeUnit.SECONDS);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        texts.add(part.toString());
        part.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      texts.add("closed");
      return null;
    }

    void say(String text) {
      socket.sendText(text, true).join();
    }

    String next() throws InterruptedException {
      String text = texts.poll(10, TimeUnit.SECONDS);
      assertNotNull(text, "nothing came");
      return text;
    }

    JsonObject json() throws InterruptedException {
      return JsonParser.parseString(next()).getAsJsonObject();
    }
  }

  private String base() {
    await(() -> driver.station().stationPort().isPresent());
    return "ws://127.0.0.1:" + driver.station().stationPort().orElseThrow();
  }

  private static void await(BooleanSupplier done) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!done.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "not within 10 s");
      Thread.onSpinWait();
    }
  }

  private Peer connected() throws Exception {
    Peer asks = new Peer(base() + "/router-info", "Bearer abc");
    asks.say("{\"router\":\"b827:ebff:fe12:3456\"}");
    String uri = asks.json().get("uri").getAsString();
    assertEquals(base() + "/router-" + STATION, uri);
    Peer peer = new Peer(uri, "Bearer abc");
    peer.say("{\"msgtype\":\"version\",\"station\":\"2.0.6\",\"model\":\"test\",\"protocol\":2}");
    JsonObject configuration = peer.json();
    assertEquals("EU863", configuration.get("region").getAsString());
    assertEquals("[12,125,0]", configuration.getAsJsonArray("DRs").get(0).toString());
    JsonObject board = configuration.getAsJsonArray("sx1301_conf").get(0).getAsJsonObject();
    assertEquals(867_500_000, board.getAsJsonObject("radio_0").get("freq").getAsInt());
    assertEquals(868_500_000, board.getAsJsonObject("radio_1").get("freq").getAsInt());
    assertEquals(
        "{\"enable\":true,\"radio\":1,\"if\":-400000}",
        board.getAsJsonObject("chan_multiSF_5").toString());
    return peer;
  }

  private static String heard(byte[] phy, long xtime) {
    ByteBuffer in = ByteBuffer.wrap(phy).order(ByteOrder.LITTLE_ENDIAN);
    String rest =
        ",\"DR\":5,\"Freq\":868300000,\"upinfo\":{\"rctx\":3,\"xtime\":"
            + xtime
            + ",\"rssi\":-80,\"snr\":7}}";
    int header = in.get();
    if (header == 0) {
      return "{\"msgtype\":\"jreq\",\"MHdr\":0,\"JoinEui\":\""
          + new Eui(in.getLong())
          + "\",\"DevEui\":\""
          + new Eui(in.getLong())
          + "\",\"DevNonce\":"
          + (in.getShort() & 0xffff)
          + ",\"MIC\":"
          + in.getInt()
          + rest;
    }
    int address = in.getInt();
    int control = in.get();
    int counter = in.getShort() & 0xffff;
    int port = in.get();
    byte[] payload = new byte[in.remaining() - 4];
    in.get(payload);
    return "{\"msgtype\":\"updf\",\"MHdr\":%d,\"DevAddr\":%d,\"FCtrl\":%d,\"FCnt\":%d,\"FOpts\":\"\","
            .formatted(header & 0xff, address, control, counter)
        + "\"FPort\":%d,\"FRMPayload\":\"%s\",\"MIC\":%d"
            .formatted(port, HexFormat.of().formatHex(payload), in.getInt())
        + rest;
  }

  private static byte[] pdu(JsonObject message) {
    assertEquals("dnmsg", message.get("msgtype").getAsString());
    return HexFormat.of().parseHex(message.get("pdu").getAsString());
  }

  @Test
  void aDeviceJoinsSpeaksAndIsAnsweredThroughAStation() throws Exception {
    BlockingQueue<ChannelRecord> events = new LinkedBlockingQueue<>();
    driver.registerChannelListener(
        LorawanBench.config("limit", DataType.INTEGER, PUMP, "limit"),
        event -> events.add(event.getChannelRecord()));
    Peer station = connected();
    VirtualDevice device = new VirtualDevice(PUMP);
    station.say(heard(device.joinRequest(), XTIME));
    JsonObject accept = station.json();
    assertEquals(5, accept.get("RxDelay").getAsInt());
    assertEquals(XTIME, accept.get("xtime").getAsLong());
    assertEquals(3, accept.get("rctx").getAsInt());
    assertEquals(868_300_000, accept.get("RX1Freq").getAsInt());
    assertEquals(869_525_000, accept.get("RX2Freq").getAsInt());
    device.joined(pdu(accept));
    station.say("{\"msgtype\":\"dntxed\",\"diid\":%s}".formatted(accept.get("diid")));

    byte[] up = device.up(MessageType.CONFIRMED_UP, 0, new byte[0], 1, new byte[] {1, 2});
    station.say(heard(up, XTIME + 9_000_000));
    JsonObject answer = station.json();
    assertEquals(1, answer.get("RxDelay").getAsInt());
    assertTrue(device.down(pdu(answer)).frame().has(DataFrame.ACK));
    assertEquals(TypedValues.newIntegerValue(258), events.poll(10, TimeUnit.SECONDS).getValue());
    station.say(
        "{\"msgtype\":\"dntxed\",\"diid\":%s,\"Freq\":869525000}".formatted(answer.get("diid")));
    await(() -> Long.valueOf(1).equals(driver.station().figures().get("downlinks.sent")));

    ChannelRecord write =
        ChannelRecord.createWriteRecord("limit", TypedValues.newIntegerValue(772));
    write.setChannelConfig(LorawanBench.config("limit", DataType.INTEGER, PUMP, "limit"));
    driver.write(java.util.List.of(write));
    JsonObject atOnce = station.json();
    assertEquals(2, atOnce.get("dC").getAsInt());
    assertFalse(atOnce.has("RX1Freq"));
    assertArrayEquals(new byte[] {3, 4}, device.down(pdu(atOnce)).content());

    station.say("{\"msgtype\":\"timesync\",\"txtime\":5}");
    JsonObject time = station.json();
    assertEquals(5, time.get("txtime").getAsLong());
    assertTrue(time.get("gpstime").getAsLong() > 1_000_000_000_000_000L);
  }

  @Test
  void whoHasNotTheTokenOrAsksForAnotherPathIsSentAway() throws Exception {
    assertEquals("closed", new Peer(base() + "/router-info", "Bearer wrong").next());
    assertEquals("closed", new Peer(base() + "/elsewhere", "Bearer abc").next());
    Peer station = connected();
    station.say("{\"msgtype\":\"jreq\"}");
    station.say("no json");
    await(() -> Long.valueOf(2).equals(driver.station().figures().get("stations.senseless")));
    station.say("{\"msgtype\":\"timesync\",\"txtime\":5}");
    assertEquals("timesync", station.json().get("msgtype").getAsString());
  }

  /** If deleted: gateways with Semtech's protocol could go down with a port that has no keys. */
  @Test
  void aPortWithoutKeysIsSaidAndTheOthersGatewaysAreServed() throws Exception {
    LorawanDriver other = bench.driver("two", Map.of("station_port", -1));
    try (VirtualGateway gateway =
        new VirtualGateway(LorawanBench.GATEWAY, other.station().port().orElseThrow())) {
      gateway.pull();
      await(() -> other.linkState().online());
      assertTrue(other.linkState().reason().contains("KeystoreService.target"));
      assertTrue(other.station().stationPort().isEmpty());
    }
  }
}
