package org.penstock.driver.lorawan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.listener.ChannelEvent;
import org.eclipse.kura.channel.listener.ChannelListener;
import org.penstock.api.driver.DriverException;
import org.penstock.api.driver.ErrorKind;
import org.penstock.api.driver.LinkState;
import org.penstock.api.mqtt.MqttLink;
import org.penstock.api.mqtt.MqttLinkListener;
import org.penstock.driver.kit.Records;
import org.penstock.driver.lorawan.codec.Eui;
import org.penstock.driver.lorawan.codec.FrameException;
import org.penstock.driver.lorawan.codec.Modulation;
import org.penstock.driver.lorawan.codec.Reception;
import org.penstock.driver.lorawan.codec.RemoteDialect;
import org.penstock.driver.lorawan.codec.RemoteEvent;
import org.penstock.driver.lorawan.region.Region;
import org.penstock.driver.lorawan.server.Counters;
import org.penstock.driver.lorawan.server.DeviceView;
import org.penstock.driver.lorawan.server.Downlink;
import org.penstock.driver.lorawan.server.Heard;
import org.penstock.driver.lorawan.server.Uplink;

/**
 * The devices of another network server, which is heard and asked over MQTT. The link calls on a strand of
 * its own; nothing here waits.
 */
final class RemoteNetwork implements MqttLinkListener, AutoCloseable {

  private static final int MOST_DEVICES = 10_000;
  private static final int MOST_DOWNLINKS = 16;
  private static final int QOS = 1;
  private static final int UNKNOWN_BATTERY = 255;
  private static final Modulation NONE = Modulation.lora(0, 0);

  private final RemoteDialect dialect;
  private final Region region;
  private final Counters counters = new Counters();
  private final Map<Eui, Device> devices = new ConcurrentHashMap<>();
  private final Map<Eui, List<Listener>> listeners = new ConcurrentHashMap<>();
  private final AtomicReference<MqttLink> link = new AtomicReference<>();
  private final AtomicReference<LinkState> state =
      new AtomicReference<>(new LinkState(LinkState.Phase.UNKNOWN, "", Instant.now()));

  private record Listener(
      LorawanChannel channel, Map<String, Object> config, ChannelListener listener) {}

  /** What was told of a device; the link's strand changes it. */
  private static final class Device {
    private final DeviceValues values = new DeviceValues();
    private final Map<String, Downlink> downlinks = new ConcurrentHashMap<>();
    private volatile RemoteEvent.Who who;
    private volatile Uplink last;
    private volatile int battery = UNKNOWN_BATTERY;
    private volatile int margin;

    DeviceView view() {
      int rate = last == null ? 0 : last.rate();
      return new DeviceView(true, last, battery, margin, rate, 0, List.of(), List.of());
    }
  }

  /** Not linked yet; the region gives data rates their numbers. */
  RemoteNetwork(RemoteDialect dialect, Region region) {
    this.dialect = dialect;
    this.region = region;
  }

  /** Takes the link over and hears what the server tells from now on. */
  void use(MqttLink now) {
    link.set(now);
    now.subscribe(dialect.filter(), QOS);
  }

  LinkState linkState() {
    return state.get();
  }

  Map<String, Object> figures() {
    Map<String, Object> figures = new TreeMap<>(counters.figures());
    figures.put("devices", devices.size());
    return figures;
  }

  @Override
  public void state(LinkState now) {
    state.set(now);
  }

  @Override
  public void message(String topic, byte[] payload, boolean retained) {
    try {
      Optional<RemoteEvent> event = dialect.parse(topic, payload);
      if (event.isPresent()) {
        told(event.get());
      }
    } catch (FrameException
        | IllegalArgumentException
        | IllegalStateException
        | UnsupportedOperationException
        | ClassCastException senseless) {
      counters.count("messages.senseless");
    }
  }

  private void told(RemoteEvent event) {
    Eui devEui = event.who().devEui();
    if (devices.size() >= MOST_DEVICES && !devices.containsKey(devEui)) {
      counters.count("devices.too.many");
      return;
    }
    Device device = devices.computeIfAbsent(devEui, eui -> new Device());
    device.who = event.who();
    if (event instanceof RemoteEvent.Up up) {
      counters.count("uplinks");
      heard(device, up);
    } else if (event instanceof RemoteEvent.Joined) {
      counters.count("joins");
      tell(devEui, "@joined"::equals);
    } else if (event instanceof RemoteEvent.Status status) {
      device.battery = status.battery();
      device.margin = status.margin();
      tell(devEui, field -> field.matches("@battery|@margin"));
    } else if (event instanceof RemoteEvent.Down down) {
      became(device, down);
      tell(devEui, "@downlink"::equals);
    }
  }

  private void heard(Device device, RemoteEvent.Up up) {
    Uplink uplink = uplink(up);
    device.last = uplink;
    if (up.battery() != UNKNOWN_BATTERY) {
      device.battery = up.battery();
    }
    device.values.decoded(uplink, up.fields());
    tell(up.who().devEui(), field -> field.startsWith("@") || up.fields().containsKey(field));
  }

  private Uplink uplink(RemoteEvent.Up up) {
    Modulation modulation = up.modulation() == null ? NONE : up.modulation();
    int rate = up.rate() >= 0 ? up.rate() : region.uplinkRate(modulation).orElse(-1);
    List<Heard> heard = new ArrayList<>();
    for (RemoteEvent.Copy copy : up.copies()) {
      Reception reception =
          new Reception(0, up.hertz(), modulation, copy.rssi(), copy.snr(), up.bytes());
      heard.add(new Heard(copy.gateway(), reception, 0));
    }
    if (heard.isEmpty()) {
      heard.add(new Heard(new Eui(0), new Reception(0, 0, modulation, 0, 0, up.bytes()), 0));
    }
    return new Uplink(
        up.who().devEui(),
        up.counter(),
        up.port(),
        up.bytes(),
        rate,
        heard,
        System.currentTimeMillis());
  }

  private static void became(Device device, RemoteEvent.Down down) {
    for (String id : down.ids()) {
      Downlink ours = device.downlinks.get(id);
      if (ours != null) {
        switch (down.progress()) {
          case SENT -> ours.become(Downlink.State.SENT, "");
          case ACKNOWLEDGED -> ours.become(Downlink.State.ACKNOWLEDGED, "");
          case FAILED -> ours.become(Downlink.State.FAILED, down.reason());
          default -> {
            // it is queued already
          }
        }
      }
    }
  }

  private void tell(Eui devEui, java.util.function.Predicate<String> wanted) {
    for (Listener each : listeners.getOrDefault(devEui, List.of())) {
      LorawanChannel channel = each.channel();
      if (wanted.test(channel.field())) {
        ChannelRecord record = ChannelRecord.createReadRecord(channel.name(), channel.type());
        record.setChannelConfig(each.config());
        fill(record, channel);
        try {
          each.listener().onChannelEvent(new ChannelEvent(record));
        } catch (RuntimeException e) { // foreign code
          counters.count("listeners.failed");
        }
      }
    }
  }

  /** Fills in what is known; waits for nothing. */
  void fill(ChannelRecord record, LorawanChannel channel) {
    try {
      DeviceValues.Known value = device(channel).values.of(channel, view(channel));
      Records.read(record, DeviceValues.typed(value.value(), channel.type()), value.millis());
    } catch (DriverException none) {
      Records.failed(record, none, System.currentTimeMillis());
    } catch (IllegalArgumentException misfit) {
      Records.misfit(record, misfit, System.currentTimeMillis());
    }
  }

  private Optional<DeviceView> view(LorawanChannel channel) {
    return Optional.of(devices.get(channel.device()).view());
  }

  private Device device(LorawanChannel channel) throws DriverException {
    Device device = devices.get(channel.device());
    if (device == null) {
      throw new DriverException(
          ErrorKind.RETRIABLE,
          "channel " + channel.name(),
          "nothing was heard of device " + channel.device() + " since the driver started");
    }
    return device;
  }

  /** Has that server queue a write for its device; it is done when the broker has it. */
  void write(ChannelRecord record, LorawanChannel channel, long expires, long timeoutMillis) {
    long now = System.currentTimeMillis();
    String place = "channel " + channel.name();
    try {
      if (channel.field().startsWith("@") && !channel.field().equals("@payload")) {
        throw new DriverException(ErrorKind.CONFIGURATION, place, "metadata can't be written");
      }
      Device device = device(channel);
      Object value = record.getValue().getValue();
      byte[] bytes = value instanceof byte[] raw ? raw : null;
      if (bytes == null && channel.field().startsWith("@")) {
        throw new DriverException(ErrorKind.CONFIGURATION, place, "@payload takes BYTE_ARRAY");
      }
      String id = UUID.randomUUID().toString();
      Downlink downlink =
          new Downlink(
              channel.port(), bytes == null ? new byte[0] : bytes, channel.confirmed(), expires);
      RemoteDialect.Message message =
          dialect.order(
              new RemoteDialect.Order(
                  device.who,
                  id,
                  channel.port(),
                  channel.confirmed(),
                  bytes,
                  bytes == null ? channel.field() : null,
                  value,
                  expires));
      if (device.downlinks.size() >= MOST_DOWNLINKS) {
        device.downlinks.values().removeIf(each -> each.status().state() != Downlink.State.QUEUED);
        if (device.downlinks.size() >= MOST_DOWNLINKS) {
          device.downlinks.clear();
        }
      }
      device.downlinks.put(id, downlink);
      device.values.wrote(downlink);
      publish(message, downlink, place, timeoutMillis);
      Records.written(record, now);
    } catch (DriverException wrong) {
      Records.failed(record, wrong, now);
    }
  }

  private void publish(
      RemoteDialect.Message message, Downlink downlink, String place, long timeoutMillis)
      throws DriverException {
    MqttLink now = link.get();
    String reason = "no link to the broker";
    try {
      if (now != null) {
        byte[] payload = message.payload().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        now.publish(message.topic(), payload, QOS, false)
            .toCompletableFuture()
            .get(timeoutMillis, TimeUnit.MILLISECONDS);
        return;
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      reason = "interrupted";
    } catch (java.util.concurrent.ExecutionException failed) {
      reason = String.valueOf(failed.getCause().getMessage());
    } catch (java.util.concurrent.TimeoutException late) {
      reason = "the broker did not take it within " + timeoutMillis + " ms";
    }
    downlink.become(Downlink.State.FAILED, reason);
    throw new DriverException(ErrorKind.RETRIABLE, place, reason);
  }

  void add(LorawanChannel channel, Map<String, Object> config, ChannelListener listener) {
    listeners
        .computeIfAbsent(channel.device(), device -> new CopyOnWriteArrayList<>())
        .add(new Listener(channel, Map.copyOf(config), listener));
  }

  void remove(ChannelListener listener) {
    listeners.values().forEach(of -> of.removeIf(each -> each.listener() == listener));
  }

  @Override
  public void close() {
    MqttLink now = link.getAndSet(null);
    if (now != null) {
      now.close();
    }
    state.set(new LinkState(LinkState.Phase.OFFLINE, "the driver was stopped", Instant.now()));
  }
}
