package org.penstock.driver.zigbee;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.penstock.driver.zigbee.codec.AttributeRecord;
import org.penstock.driver.zigbee.codec.ByteWriter;
import org.penstock.driver.zigbee.codec.ZclFrame;
import org.penstock.driver.zigbee.codec.ZclValue;
import org.penstock.driver.zigbee.device.Attribute;
import org.penstock.driver.zigbee.device.Device;
import org.penstock.driver.zigbee.device.Ieee;
import org.penstock.driver.zigbee.radio.Interview;
import org.penstock.driver.zigbee.radio.Radio;

/**
 * Asks devices what they are, and tells them what to report: when they join, and whenever they are
 * heard and it has not been done yet, since sleepy ones listen only then. Up to eight devices at a
 * time, in threads that end when there is nothing to do.
 */
final class ReportingSetup implements Coordinator.Follower, AutoCloseable {

  private static final int WORKERS = 8;
  private static final long AGAIN_AFTER = Duration.ofSeconds(30).toNanos();

  private final Coordinator coordinator;
  private final ThreadPoolExecutor workers;
  private final Map<Wanted, ZigbeeChannel.Reporting> wanted = new ConcurrentHashMap<>();
  private final Set<Wanted> done = ConcurrentHashMap.newKeySet();
  private final Map<Long, Long> nextTry = new ConcurrentHashMap<>();
  private final Set<Long> busy = ConcurrentHashMap.newKeySet();
  private final AtomicLong failures = new AtomicLong();
  private final Map<Long, String> problems = new ConcurrentHashMap<>();

  private record Wanted(long ieee, Attribute attribute) {}

  ReportingSetup(String name, Coordinator coordinator) {
    this.coordinator = coordinator;
    AtomicInteger number = new AtomicInteger();
    workers =
        new ThreadPoolExecutor(
            WORKERS,
            WORKERS,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(1_000),
            task -> {
              Thread thread = new Thread(task, name + "/setup-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            },
            new ThreadPoolExecutor.AbortPolicy());
    workers.allowCoreThreadTimeOut(true);
  }

  /** A channel wants to be reported. */
  void want(ZigbeeChannel channel) {
    if (channel.reporting() == null || channel.isGroup()) {
      return;
    }
    Wanted key = new Wanted(channel.ieee(), channel.attribute());
    ZigbeeChannel.Reporting before = wanted.put(key, channel.reporting());
    if (!channel.reporting().equals(before)) {
      done.remove(key);
      nextTry.remove(channel.ieee());
      coordinator.devices().device(channel.ieee()).filter(d -> !d.sleepy()).ifPresent(this::check);
    }
  }

  /** Asks a device anew what it is. */
  void interviewAgain(long ieee) {
    coordinator.devices().change(ieee, Device::unknown);
    nextTry.remove(ieee);
    coordinator.devices().device(ieee).ifPresent(this::check);
  }

  /** Why the device could not be set up last; empty when it could. */
  String problem(long ieee) {
    return problems.getOrDefault(ieee, "");
  }

  long failures() {
    return failures.get();
  }

  @Override
  public void announced(Device device) {
    done.removeIf(key -> key.ieee() == device.ieee()); // it may have forgotten all
    nextTry.remove(device.ieee());
    check(device);
  }

  @Override
  public void told(Device device, int endpoint, int cluster, ZclFrame frame) {
    check(device);
  }

  @Override
  public void stranger(int network) {
    long key = -1L - network;
    if (due(key)) {
      begin(key, () -> identify(network));
    }
  }

  @Override
  public void online() {
    coordinator.devices().all().stream().filter(device -> !device.sleepy()).forEach(this::check);
  }

  @Override
  public void offline(String reason) {
    nextTry.clear();
  }

  private void check(Device device) {
    boolean needed =
        !device.interviewed()
            || wanted.keySet().stream()
                .anyMatch(key -> key.ieee() == device.ieee() && !done.contains(key));
    if (needed && due(device.ieee())) {
      begin(device.ieee(), () -> setUp(device.ieee()));
    }
  }

  private boolean due(long key) {
    long now = System.nanoTime();
    Long next = nextTry.get(key);
    if (next != null && next - now > 0 || !busy.add(key)) {
      return false;
    }
    nextTry.put(key, now + AGAIN_AFTER);
    return true;
  }

  private interface Step {
    void run() throws IOException, InterruptedException;
  }

  private void begin(long key, Step step) {
    try {
      workers.execute(() -> attempt(key, step));
    } catch (RejectedExecutionException full) { // or stopped; done when it is heard again
      busy.remove(key);
    }
  }

  private void attempt(long key, Step step) {
    try {
      step.run();
      problems.remove(key);
    } catch (IOException | IllegalArgumentException failed) {
      failures.incrementAndGet();
      problems.put(key, String.valueOf(failed.getMessage()));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } finally {
      busy.remove(key);
    }
  }

  private Interview interview() throws IOException {
    IOException away = new IOException("the stick is away");
    Radio radio = coordinator.radioNow().orElseThrow(() -> away);
    return new Interview(radio, coordinator.network().orElseThrow(() -> away).ieee());
  }

  private void identify(int network) throws IOException, InterruptedException {
    Interview interview = interview();
    long ieee = interview.ieee(network);
    coordinator.announced(ieee, network, interview.capability(network));
  }

  private void setUp(long ieee) throws IOException, InterruptedException {
    Interview interview = interview();
    Device device = known(ieee);
    if (!device.interviewed()) {
      Device told = interview.of(device);
      coordinator
          .devices()
          .change(ieee, d -> d.told(told.manufacturer(), told.model(), told.endpoints()));
      coordinator.changed();
    }
    for (Map.Entry<Wanted, ZigbeeChannel.Reporting> entry : wanted.entrySet()) {
      Wanted key = entry.getKey();
      if (key.ieee() == ieee && !done.contains(key)) {
        configure(interview, known(ieee), key.attribute(), entry.getValue());
        done.add(key);
      }
    }
  }

  private Device known(long ieee) throws IOException {
    return coordinator
        .devices()
        .device(ieee)
        .orElseThrow(() -> new IOException("device " + Ieee.text(ieee) + " is unknown"));
  }

  /** Binds the cluster to us and configures the report (ZCL 2.5.7), by the attribute's own type. */
  private static void configure(
      Interview interview, Device device, Attribute attribute, ZigbeeChannel.Reporting reporting)
      throws IOException, InterruptedException {
    int endpoint = attribute.endpoint();
    int cluster = attribute.cluster();
    interview.bind(device, endpoint, cluster);
    byte[] wanted = new ByteWriter().u16(attribute.id()).toBytes();
    ZclFrame read =
        interview.ask(
            device.network(), endpoint, cluster, attribute.manufacturer(), ZclFrame.READ, wanted);
    if (!read.isGeneral(ZclFrame.READ_RESPONSE)) {
      throw new IOException("the device does not tell the attribute " + attribute);
    }
    AttributeRecord record = AttributeRecord.ofReadResponse(read.payload()).get(0);
    if (record.status() != 0) {
      throw new IOException(
          "the device has no attribute %s (status 0x%02x)".formatted(attribute, record.status()));
    }
    int type = record.value().type();
    ByteWriter out =
        new ByteWriter()
            .u8(0)
            .u16(attribute.id())
            .u8(type)
            .u16(reporting.min())
            .u16(reporting.max());
    if (ZclValue.isAnalogue(type)) {
      ZclValue.write(type, reporting.change(), out);
    }
    ZclFrame answer =
        interview.ask(
            device.network(),
            endpoint,
            cluster,
            attribute.manufacturer(),
            ZclFrame.CONFIGURE_REPORTING,
            out.toBytes());
    byte[] payload = answer.payload();
    int at = answer.isGeneral(ZclFrame.DEFAULT_RESPONSE) ? 1 : 0;
    if (payload.length <= at || payload[at] != 0) {
      throw new IOException("the device refuses to report " + attribute);
    }
  }

  /** Ends the threads within a second. */
  @Override
  public void close() {
    workers.shutdownNow();
    try {
      workers.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
