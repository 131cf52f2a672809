package org.penstock.bench.lorawan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.kura.configuration.Password;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.penstock.bench.BenchContext;
import org.penstock.bench.BenchFailure;
import org.penstock.bench.Samples;
import org.penstock.demo.SeedSnapshot;
import org.penstock.demo.broker.Broker;
import org.penstock.demo.process.FreePort;
import org.penstock.demo.process.GatewayProcess;
import org.penstock.driver.lorawan.codec.Eui;
import org.penstock.driver.lorawan.simulator.VirtualDevice;
import org.penstock.driver.lorawan.simulator.VirtualGateway;

/** The assembled product between virtual gateways and a broker: from the datagram to the subscriber. */
final class LorawanRoad implements AutoCloseable {

  private static final String KEY = "44024241ed4ce9a68c6a8bc055233fd3";
  private static final String PASSWORD = "correct horse";
  private static final Duration STOP = Duration.ofSeconds(20);
  private static final Pattern VALUE = Pattern.compile("\"d\\d+\"\\s*:\\s*(\\d+)");
  private static final int DEVICES = 400;
  private static final double CHANNEL = 923.2;
  private static final int PER_SECOND = 400;
  private static final int MOST = 100_000;
  private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final GatewayProcess process;
  private final MqttClient client;
  private final List<VirtualGateway> gateways = new ArrayList<>();
  private final List<VirtualDevice> devices = new ArrayList<>();
  private final AtomicLongArray sent = new AtomicLongArray(MOST);
  private final AtomicLongArray arrived = new AtomicLongArray(MOST);
  private final AtomicInteger values = new AtomicInteger();
  private int next;

  /**
   * What was measured.
   *
   * @param p99 milliseconds from the first copy's datagram to the subscriber
   * @param cpuMicros of the gateway's process for each uplink
   * @param lost uplinks that did not arrive
   */
  record Figures(double p50, double p99, double cpuMicros, int lost) {}

  private LorawanRoad(GatewayProcess process, int broker, int port, int gateways)
      throws BenchFailure {
    this.process = process;
    for (int i = 0; i < DEVICES; i++) {
      devices.add(new VirtualDevice(eui(i), 0x26000000 + i, KEY, KEY));
    }
    for (int i = 0; i < gateways; i++) {
      this.gateways.add(new VirtualGateway(new Eui(7 + i), port, CHANNEL));
    }
    try {
      client = new MqttClient("tcp://127.0.0.1:" + broker, "bench", new MemoryPersistence());
      client.connect();
      client.subscribe("acme/gw1/#", 1, (topic, message) -> arrived(message.getPayload()));
    } catch (MqttException e) {
      throw new BenchFailure("the broker does not take a subscriber: " + e.getMessage(), e);
    }
  }

  private static Eui eui(int device) {
    return new Eui(0x70b3d57ed0000000L + device);
  }

  /** Starts the product with so many gateways around it, and lets it get warm. */
  static LorawanRoad start(BenchContext context, Broker broker, int gateways)
      throws IOException, InterruptedException, BenchFailure {
    Path folder = Files.createTempDirectory(context.work(), "lorawan-");
    int port = FreePort.find();
    GatewayProcess process =
        GatewayProcess.launch(
            new GatewayProcess.Plan(
                context.install(),
                folder.resolve("home"),
                FreePort.find(),
                Files.writeString(folder.resolve("password"), PASSWORD + "\n"),
                PASSWORD,
                Files.writeString(folder.resolve("seed.xml"), seed(broker.port(), port)),
                context.profile()));
    try {
      process.awaitReady();
      LorawanRoad road = new LorawanRoad(process, broker.port(), port, gateways);
      road.awaitFirst();
      road.run(context.quick() ? 2_000 : 8_000);
      return road;
    } catch (IOException | InterruptedException | BenchFailure failure) {
      process.close();
      throw failure;
    }
  }

  private static String seed(int broker, int port) {
    SeedSnapshot seed = new SeedSnapshot();
    cloud(seed, broker);
    field(seed, port);
    String node = "{\"pid\":\"%s\",\"inputPortCount\":%d,\"outputPortCount\":%d}";
    seed.component(
        "org.eclipse.kura.wire.graph.WireGraphService",
        null,
        "WireGraph",
        "{\"components\":["
            + node.formatted("field", 1, 1)
            + ","
            + node.formatted("publish", 1, 0)
            + "],\"wires\":[{\"emitter\":\"field\",\"emitterPort\":0,"
            + "\"receiver\":\"publish\",\"receiverPort\":0}]}");
    return seed.xml();
  }

  private static void cloud(SeedSnapshot seed, int broker) {
    String transport = "org.eclipse.kura.core.data.transport.mqtt.MqttDataTransport";
    String data = "org.eclipse.kura.data.DataService";
    String cloud = "org.eclipse.kura.cloud.CloudService";
    seed.component(
        transport,
        transport,
        "broker-url",
        "mqtt://127.0.0.1:" + broker,
        "topic.context.account-name",
        "acme",
        "client-id",
        "gw1");
    seed.component(
        data,
        data,
        "DataTransportService.target",
        "(kura.service.pid=" + transport + ")",
        "connect.auto-on-startup",
        true,
        "connect.retry-interval",
        1);
    seed.component(
        cloud,
        cloud,
        "DataService.target",
        "(kura.service.pid=" + data + ")",
        "payload.encoding",
        "simple-json",
        "encode.gzip",
        false);
    seed.component(
        "publisher",
        "org.eclipse.kura.cloud.publisher.CloudPublisher",
        "cloud.endpoint.service.pid",
        cloud,
        "app.topic",
        "$assetName",
        "appId",
        "A1",
        "qos",
        1);
    seed.component(
        "publish",
        "org.eclipse.kura.wire.CloudPublisher",
        "CloudPublisher.target",
        "(kura.service.pid=publisher)");
  }

  private static void field(SeedSnapshot seed, int port) {
    seed.component("field", "org.eclipse.kura.wire.WireAsset", "driver.pid", "lora");
    StringBuilder lines = new StringBuilder();
    StringBuilder keys = new StringBuilder();
    for (int i = 0; i < DEVICES; i++) {
      String address = Integer.toHexString(0x26000000 + i);
      lines.append(eui(i) + " d" + i + " abp=" + address + " codec=count\n");
      keys.append(eui(i) + " " + KEY + ' ' + KEY + '\n');
      channel(seed, i);
    }
    // A region without channels to be told of, so that nothing is answered; CHANNEL is its first.
    seed.component(
        "lora",
        "org.penstock.driver.lorawan",
        "region",
        "AS923-1",
        "port",
        port,
        "status.interval.h",
        0,
        "devices",
        lines.toString(),
        "keys",
        new Password(keys.toString()),
        "codecs",
        "== count fields\nn uint32 0\n");
  }

  private static void channel(SeedSnapshot seed, int device) {
    String name = "d" + device;
    seed.component(
        "field",
        "org.eclipse.kura.wire.WireAsset",
        name + "#+name",
        name,
        name + "#+type",
        "READ",
        name + "#+value.type",
        "LONG",
        name + "#+listen",
        true,
        name + "#dev.eui",
        eui(device).toString(),
        name + "#field",
        "n");
  }

  /** An uplink each second until one has come through. */
  private void awaitFirst() throws IOException, InterruptedException, BenchFailure {
    long end = System.nanoTime() + STUCK_NANOS;
    while (values.get() == 0) {
      if (System.nanoTime() > end) {
        throw new BenchFailure("no uplink arrives; " + process.health());
      }
      gateways.forEach(VirtualGateway::pull);
      send(next++);
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
    }
  }

  /** All gateways hear it, one after the other; the way begins before the first, as the window does. */
  private void send(int number) {
    byte[] content = ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    byte[] phy = devices.get(number % DEVICES).up(1, content);
    sent.set(number, System.nanoTime());
    gateways.forEach(gateway -> gateway.hears(phy, 6));
  }

  private void arrived(byte... payload) {
    long now = System.nanoTime();
    Matcher value = VALUE.matcher(new String(payload, StandardCharsets.UTF_8));
    while (value.find()) {
      int number = Integer.parseInt(value.group(1));
      if (number < MOST && arrived.getAndSet(number, now) == 0) {
        values.incrementAndGet();
      }
    }
  }

  /** So many uplinks, 400 a second. */
  Figures run(int count) throws IOException {
    int first = next;
    int expected = values.get() + count;
    double cpu = process.child().figures().cpuSeconds();
    long begin = System.nanoTime();
    for (int i = 0; i < count; i++) {
      while (System.nanoTime() - begin < i * TimeUnit.SECONDS.toNanos(1) / PER_SECOND) {
        LockSupport.parkNanos(50_000);
      }
      send(next++);
    }
    long end = System.nanoTime() + STUCK_NANOS;
    while (values.get() < expected && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    cpu = process.child().figures().cpuSeconds() - cpu;
    List<Double> ways = new ArrayList<>();
    for (int i = first; i < next; i++) {
      if (arrived.get(i) != 0) {
        ways.add((arrived.get(i) - sent.get(i)) / 1e6);
      }
    }
    Samples samples = Samples.of(ways);
    return new Figures(
        samples.median(), samples.percentile(99), cpu * 1e6 / count, count - ways.size());
  }

  @Override
  public void close() throws InterruptedException, BenchFailure {
    gateways.forEach(VirtualGateway::close);
    try {
      client.disconnectForcibly(100, 100);
      client.close();
    } catch (MqttException e) {
      throw new BenchFailure("the subscriber does not end: " + e.getMessage(), e);
    } finally {
      process.stop(STOP);
      process.close();
    }
  }
}
