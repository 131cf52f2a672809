package org.penstock.driver.zigbee2mqtt;

import com.google.gson.JsonElement;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.eclipse.kura.driver.Driver.ConnectionException;
import org.penstock.api.driver.LinkState;
import org.penstock.api.driver.LinkState.Phase;
import org.penstock.api.mqtt.MqttLink;
import org.penstock.api.mqtt.MqttLinkListener;
import org.penstock.driver.zigbee2mqtt.codec.BridgeDevice;
import org.penstock.driver.zigbee2mqtt.codec.BridgeDevices;
import org.penstock.driver.zigbee2mqtt.codec.DeviceTopic;
import org.penstock.driver.zigbee2mqtt.codec.StatePayload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Zigbee2MQTT: hears its topics and asks by them. The link calls on a strand of its own, where
 * waiting requests are answered; nothing here waits.
 */
final class Bridge implements MqttLinkListener {

  private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);
  private static final int QOS = 1;

  private final String name;
  private final String base;
  private final LongSupplier clock;
  private final Network network = new Network();
  private final List<Wait> waiting = new CopyOnWriteArrayList<>();
  private final List<Hearer> hearers = new CopyOnWriteArrayList<>();
  private final LongAdder garbled = new LongAdder();
  private final AtomicReference<MqttLink> link = new AtomicReference<>();
  private final Object lock = new Object();

  // guarded by lock
  private LinkState broker;
  private Optional<Boolean> online = Optional.empty();
  private boolean listed;
  private boolean closed;
  private LinkState state;
  private CompletableFuture<Void> ready = new CompletableFuture<>();

  /** Hears what devices tell, on the link's strand. */
  @FunctionalInterface
  interface Hearer {
    void told(BridgeDevice device, Map<String, JsonElement> values);
  }

  /** Decides whether what a device told is what somebody waits for. */
  @FunctionalInterface
  interface Wanted {
    boolean is(JsonElement value);
  }

  private record Wait(
      String ieee, String path, Wanted wanted, CompletableFuture<Network.Told> answer) {}

  /**
   * A bridge that is not linked yet.
   *
   * @param name {@code driver/zigbee2mqtt/<instance pid>}
   * @param base topic without "/" at its end
   * @param clock epoch milliseconds
   */
  Bridge(String name, String base, LongSupplier clock) {
    this.name = name;
    this.base = base;
    this.clock = clock;
    this.broker = new LinkState(Phase.UNKNOWN, "", Instant.ofEpochMilli(clock.getAsLong()));
    this.state = broker;
  }

  /** Takes the link over and hears all below the base topic from now on. */
  void use(MqttLink now) {
    link.set(now);
    now.subscribe(base + "/#", QOS);
  }

  Network network() {
    return network;
  }

  void add(Hearer hearer) {
    hearers.add(hearer);
  }

  /** Messages that nobody could read. */
  long garbled() {
    return garbled.sum();
  }

  LinkState linkState() {
    synchronized (lock) {
      return state;
    }
  }

  /**
   * Completes when the bridge can be asked: at once, or when it comes up within the time after a
   * start; exceptionally with {@link ConnectionException} when it is known to be away.
   */
  CompletableFuture<Void> ready(long timeoutMillis) {
    synchronized (lock) {
      if (state.phase() == Phase.OFFLINE) {
        return CompletableFuture.failedFuture(
            new ConnectionException("offline since " + state.since() + ": " + state.reason()));
      }
      return ready
          .copy()
          .orTimeout(timeoutMillis, TimeUnit.MILLISECONDS)
          .handle(
              (done, late) -> {
                if (late != null) {
                  throw new java.util.concurrent.CompletionException(
                      new ConnectionException(unready(late)));
                }
                return null;
              });
    }
  }

  private String unready(Throwable late) {
    synchronized (lock) {
      return closed
          ? "the driver was stopped"
          : state.phase() == Phase.OFFLINE
              ? state.reason()
              : late instanceof java.util.concurrent.TimeoutException
                  ? "nothing of Zigbee2MQTT is heard below '"
                      + base
                      + "'; check base.topic, and that Zigbee2MQTT runs on this broker"
                  : String.valueOf(late.getMessage());
    }
  }

  /** What the device tells next that is wanted; ends exceptionally after the time. */
  CompletableFuture<Network.Told> await(
      BridgeDevice device, String path, Wanted wanted, long timeoutMillis) {
    Wait wait = new Wait(device.ieee(), path, wanted, new CompletableFuture<>());
    waiting.add(wait);
    wait.answer()
        .orTimeout(timeoutMillis, TimeUnit.MILLISECONDS)
        .whenComplete((told, late) -> waiting.remove(wait));
    return wait.answer();
  }

  /** Publishes below the base topic; completes when the broker has it. */
  CompletableFuture<Void> publish(String topic, byte[] payload) {
    MqttLink now = link.get();
    return now == null
        ? CompletableFuture.failedFuture(new IllegalStateException("no link to the broker"))
        : now.publish(base + "/" + topic, payload, QOS, false).toCompletableFuture();
  }

  @Override
  public void state(LinkState now) {
    synchronized (lock) {
      broker = now;
      if (!now.online()) {
        online = Optional.empty(); // its will may have been lost with the link
      }
      changed();
    }
  }

  /** Within the lock: one line of the log when the bridge goes or comes. */
  private void changed() {
    LinkState next = next();
    if (next.phase() == state.phase() && next.reason().equals(state.reason())) {
      return;
    }
    Phase before = state.phase();
    state = next;
    if (next.phase() == Phase.ONLINE) {
      ready.complete(null);
      LOG.info("{}: Zigbee2MQTT is there, {} devices", name, network.size());
    } else {
      ready.completeExceptionally(new ConnectionException(next.reason()));
      ready = new CompletableFuture<>();
      // the link logs by itself when the broker is away
      if (!closed && broker.online() && before == Phase.ONLINE) {
        LOG.warn("{}: {}", name, next.reason());
      }
    }
  }

  private LinkState next() {
    Instant now = Instant.ofEpochMilli(clock.getAsLong());
    if (closed) {
      return new LinkState(Phase.OFFLINE, "the driver was stopped", now);
    }
    if (broker.phase() == Phase.OFFLINE) {
      return new LinkState(Phase.OFFLINE, broker.reason(), broker.since());
    }
    if (!broker.online() || online.isEmpty() || online.get() && !listed) {
      return new LinkState(Phase.UNKNOWN, "", now);
    }
    return online.get()
        ? new LinkState(Phase.ONLINE, "", now)
        : new LinkState(
            Phase.OFFLINE, "Zigbee2MQTT says that it is offline; look at it and its adapter", now);
  }

  @Override
  public void message(String topic, byte[] payload, boolean retained) {
    if (!topic.startsWith(base + "/")) {
      return;
    }
    String rest = topic.substring(base.length() + 1);
    try {
      switch (rest) {
        case "bridge/state" -> online(StatePayload.online(payload));
        case "bridge/devices" -> list(payload);
        default -> {
          if (!rest.startsWith("bridge/")) {
            DeviceTopic.of(rest, network.names()).ifPresent(t -> device(t, payload));
          }
        }
      }
    } catch (IllegalArgumentException damaged) {
      garbled.increment();
    }
  }

  private void online(boolean now) {
    synchronized (lock) {
      online = Optional.of(now);
      changed();
    }
  }

  private void list(byte[] payload) {
    List<BridgeDevice> devices = BridgeDevices.parse(payload);
    network.devices(devices);
    synchronized (lock) {
      listed = true;
      changed();
    }
  }

  private void device(DeviceTopic topic, byte[] payload) {
    BridgeDevice device = network.named(topic.name()).orElseThrow();
    switch (topic.part()) {
      case "availability" -> network.available(device, StatePayload.online(payload));
      case "" -> {
        if (new String(payload, StandardCharsets.UTF_8).isBlank()) {
          network.forget(device);
        } else {
          told(device, StatePayload.parse(payload));
        }
      }
      default -> {
        // set and get are what others ask for
      }
    }
  }

  private void told(BridgeDevice device, Map<String, JsonElement> values) {
    long at = clock.getAsLong();
    network.told(device, values, at);
    for (Wait wait : waiting) {
      JsonElement value = values.get(wait.path());
      if (value != null && wait.ieee().equals(device.ieee()) && wait.wanted().is(value)) {
        wait.answer().complete(new Network.Told(value, at));
      }
    }
    hearers.forEach(hearer -> hearer.told(device, values));
  }

  /** Ends the link; whoever waits gets an error. */
  void close() {
    synchronized (lock) {
      closed = true;
      changed();
    }
    waiting.forEach(
        w -> w.answer().completeExceptionally(new ConnectionException("the driver was stopped")));
    MqttLink now = link.getAndSet(null);
    if (now != null) {
      now.close();
    }
  }
}
