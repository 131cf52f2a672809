package org.penstock.driver.lorawan.server;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.penstock.api.storage.DurableStorage;
import org.penstock.driver.lorawan.codec.AesKey;
import org.penstock.driver.lorawan.codec.Datagram;
import org.penstock.driver.lorawan.codec.Eui;
import org.penstock.driver.lorawan.codec.FrameException;
import org.penstock.driver.lorawan.region.Region;
import org.penstock.driver.lorawan.region.RegionFile;
import org.penstock.driver.lorawan.simulator.VirtualDevice;

/** A network server with gateways that are told what to hear and answer as they are told to. */
final class Rig implements AutoCloseable {

  static final Eui ONE = Eui.parse("0102030405060708");
  static final Eui TWO = Eui.parse("0102030405060709");
  static final Duration WINDOW = Duration.ofMillis(60);

  /** What a gateway was to send. */
  record Sent(Eui gateway, JsonObject txpk) {
    long micros() {
      return txpk.has("tmst") ? txpk.get("tmst").getAsLong() : -1;
    }

    double megahertz() {
      return txpk.get("freq").getAsDouble();
    }

    String rate() {
      return txpk.get("datr").getAsString();
    }

    byte[] bytes() {
      return Base64.getDecoder().decode(txpk.get("data").getAsString());
    }
  }

  final Counters counters = new Counters();
  final BlockingQueue<Uplink> uplinks = new LinkedBlockingQueue<>();
  final BlockingQueue<Sent> sent = new LinkedBlockingQueue<>();
  final AtomicLong late = new AtomicLong(); // nanoseconds that the server needs for each frame
  private final AtomicLong passed = new AtomicLong();
  final NetworkServer server;
  final Journal journal;
  private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
  private final Map<Integer, Eui> ports = new ConcurrentHashMap<>();
  private final Deque<String> refusals = new ArrayDeque<>();
  private int token;

  Rig(DurableStorage storage, Path folder, Collection<DeviceConfig> devices) throws IOException {
    this(storage, folder, devices, 1, Duration.ZERO);
  }

  Rig(
      DurableStorage storage,
      Path folder,
      Collection<DeviceConfig> devices,
      int rxDelay,
      Duration statusInterval)
      throws IOException {
    this(storage, folder, devices, rxDelay, 0, statusInterval);
  }

  Rig(
      DurableStorage storage,
      Path folder,
      Collection<DeviceConfig> devices,
      int rxDelay,
      int rx1Offset,
      Duration statusInterval)
      throws IOException {
    Region region = RegionFile.load("EU868", folder);
    journal = new Journal(storage, folder.resolve("journal"));
    server =
        new NetworkServer(
            new Settings(region, 0x13, 0, WINDOW, rxDelay, rx1Offset, statusInterval),
            devices,
            new NetworkServer.Ground(
                journal,
                counters,
                loop,
                () -> System.nanoTime() + passed.get() + late.get(),
                System::currentTimeMillis),
            receptions -> new Gateways(Set.of(), region, counters, this::out, receptions),
            uplinks::add);
  }

  static DeviceConfig otaa(VirtualDevice device, boolean classC) {
    return new DeviceConfig(
        device.devEui(),
        "otaa",
        null,
        AesKey.parse(VirtualDevice.APP_KEY),
        0,
        null,
        null,
        classC,
        true,
        false,
        "raw");
  }

  private void out(SocketAddress to, byte[] bytes) {
    try {
      Datagram datagram = Datagram.parse(bytes);
      if (datagram.kind() == Datagram.Kind.PULL_RESP) {
        Eui gateway = ports.get(((InetSocketAddress) to).getPort());
        JsonObject all = JsonParser.parseString(datagram.json()).getAsJsonObject();
        sent.add(new Sent(gateway, all.getAsJsonObject("txpk")));
        String refusal = refusals.poll();
        String json = refusal == null ? "" : "{\"txpk_ack\":{\"error\":\"" + refusal + "\"}}";
        Datagram answer = new Datagram(Datagram.Kind.TX_ACK, datagram.token(), gateway, json);
        loop.execute(() -> in(to, answer));
      }
    } catch (FrameException e) {
      throw new IllegalStateException(e);
    }
  }

  private void in(SocketAddress from, Datagram datagram) {
    server.gateways().datagram(from, datagram.encode(), System.nanoTime() + passed.get());
  }

  /** So much later. */
  void later(Duration time) {
    passed.addAndGet(time.toNanos());
  }

  /** The next transmissions are refused so, one after the other. */
  void refuse(String... errors) {
    refusals.addAll(List.of(errors));
  }

  /** A gateway says that it is there. */
  Rig gateway(Eui gateway) throws Exception {
    int port = (int) (gateway.value() & 0xffff);
    ports.put(port, gateway);
    SocketAddress from = InetSocketAddress.createUnresolved("gateway", port);
    Datagram pull = new Datagram(Datagram.Kind.PULL_DATA, ++token, gateway, "");
    loop.submit(() -> in(from, pull)).get(30, TimeUnit.SECONDS);
    return this;
  }

  /** A gateway has heard a frame; all that is done at once is done when this returns. */
  void hears(Eui gateway, byte[] phy, long micros, double snr, String rate) throws Exception {
    String json =
        "{\"rxpk\":[{\"tmst\":"
            + micros
            + ",\"freq\":868.3,\"stat\":1,\"modu\":\"LORA\",\"datr\":\""
            + rate
            + "\",\"rssi\":-80,\"lsnr\":"
            + snr
            + ",\"data\":\""
            + Base64.getEncoder().encodeToString(phy)
            + "\"}]}";
    SocketAddress from = InetSocketAddress.createUnresolved("other-socket", 9);
    Datagram push = new Datagram(Datagram.Kind.PUSH_DATA, ++token, gateway, json);
    loop.submit(() -> in(from, push)).get(30, TimeUnit.SECONDS);
  }

  void hears(byte[] phy) throws Exception {
    hears(ONE, phy, 1_000_000, 5, "SF7BW125");
  }

  Sent nextSent() throws InterruptedException {
    Sent next = sent.poll(30, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing was sent: " + counters.figures());
    }
    return next;
  }

  Uplink nextUplink() throws InterruptedException {
    Uplink next = uplinks.poll(30, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing arrived: " + counters.figures());
    }
    return next;
  }

  /** All that was under way is done: the log has forced, and the loop is empty. */
  void settle() throws Exception {
    for (int i = 0; i < 2; i++) {
      journal
          .keep(new Eui(-1), new Session(0, 0, 0, 0, 0, 1, 0, 0))
          .toCompletableFuture()
          .get(30, TimeUnit.SECONDS);
      loop.submit(() -> {}).get(30, TimeUnit.SECONDS);
      loop.submit(() -> {}).get(30, TimeUnit.SECONDS);
    }
  }

  /** Joins a device over gateway ONE. */
  void join(VirtualDevice device) throws Exception {
    hears(device.joinRequest());
    device.joined(nextSent().bytes());
  }

  @Override
  public void close() throws Exception {
    loop.shutdownNow();
    loop.awaitTermination(5, TimeUnit.SECONDS);
    journal.close();
  }
}
