package org.penstock.driver.lorawan;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.listener.ChannelEvent;
import org.eclipse.kura.channel.listener.ChannelListener;
import org.penstock.api.driver.DriverException;
import org.penstock.api.driver.ErrorKind;
import org.penstock.api.driver.LinkState;
import org.penstock.driver.kit.BackOff;
import org.penstock.driver.kit.LinkSupervisor;
import org.penstock.driver.kit.Records;
import org.penstock.driver.lorawan.codec.Eui;
import org.penstock.driver.lorawan.link.RateLimit;
import org.penstock.driver.lorawan.link.UdpLink;
import org.penstock.driver.lorawan.payload.Codecs;
import org.penstock.driver.lorawan.payload.PayloadCodec;
import org.penstock.driver.lorawan.payload.PayloadException;
import org.penstock.driver.lorawan.server.Counters;
import org.penstock.driver.lorawan.server.DeviceConfig;
import org.penstock.driver.lorawan.server.DeviceView;
import org.penstock.driver.lorawan.server.Downlink;
import org.penstock.driver.lorawan.server.FrameLog;
import org.penstock.driver.lorawan.server.Gateways;
import org.penstock.driver.lorawan.server.Journal;
import org.penstock.driver.lorawan.server.NetworkServer;
import org.penstock.driver.lorawan.server.Settings;
import org.penstock.driver.lorawan.server.Stations;
import org.penstock.driver.lorawan.server.Uplink;

/**
 * All that runs for one instance: the port, the network server, and the decoding of payloads, each in a
 * thread of its own, so that a slow script delays no answer to a device.
 */
final class LorawanStation {

  private static final int MOST_WAITING = 20_000;
  private static final long QUIET_NANOS = 90_000_000_000L;

  private final Counters counters = new Counters();
  private final LinkSupervisor supervisor;
  private final ScheduledExecutorService loop;
  private final ExecutorService decoding;
  private final Journal journal;
  private final NetworkServer server;
  private final Codecs codecs;
  private final List<String> problems;
  private final RateLimit rate;
  private final String name;
  private final String region;
  private final InetSocketAddress address;
  private final Map<Eui, DeviceConfig> devices;
  private final Map<Eui, DeviceValues> values;
  private final Map<Eui, List<Listener>> listeners = new ConcurrentHashMap<>();
  private final AtomicReference<UdpLink> link = new AtomicReference<>();
  private final Optional<StationPort> stations;
  private final AtomicReference<String> stationProblem = new AtomicReference<>("");
  private final AtomicInteger waiting = new AtomicInteger();

  private record Listener(
      LorawanChannel channel, Map<String, Object> config, ChannelListener listener) {}

  /** What an instance is made of. */
  record Parts(
      Settings settings,
      DeviceList list,
      Set<Eui> gateways,
      Codecs codecs,
      Journal journal,
      InetSocketAddress address,
      int perSecond,
      Optional<StationPort.Options> stations) {}

  LorawanStation(String name, Parts parts) {
    this.name = name;
    this.region = parts.settings().region().name();
    this.address = parts.address();
    this.journal = parts.journal();
    this.codecs = parts.codecs();
    this.problems = parts.list().problems();
    this.rate = new RateLimit(parts.perSecond());
    this.supervisor = new LinkSupervisor(name, BackOff.LOCAL);
    this.loop = Executors.newSingleThreadScheduledExecutor(task -> thread(task, name));
    this.decoding = Executors.newSingleThreadExecutor(task -> thread(task, name + "/codec"));
    this.devices =
        parts.list().devices().stream().collect(Collectors.toMap(DeviceConfig::devEui, d -> d));
    this.values = new HashMap<>();
    devices.keySet().forEach(eui -> values.put(eui, new DeviceValues()));
    this.server =
        new NetworkServer(
            parts.settings(),
            parts.list().devices(),
            new NetworkServer.Ground(
                journal, counters, loop, System::nanoTime, System::currentTimeMillis),
            receptions ->
                new Gateways(
                    parts.gateways(), parts.settings().region(), counters, this::out, receptions),
            uplink -> decoding.execute(() -> arrived(uplink)));
    this.stations =
        parts
            .stations()
            .map(
                options ->
                    new StationPort(
                        options,
                        new Stations(
                            server.gateways(),
                            parts.settings(),
                            counters,
                            System::currentTimeMillis),
                        loop,
                        counters));
    tick();
    loop.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
  }

  private static Thread thread(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Binds the port if that has not been possible yet, and looks after what takes too long. */
  private void tick() {
    long now = System.nanoTime();
    server.tick(now);
    try {
      if (link.get() == null) {
        link.set(new UdpLink(name + "/udp", address, this::in));
      }
    } catch (IOException taken) {
      supervisor.offline(taken.getMessage());
      return;
    }
    stations.ifPresent(port -> stationProblem.set(port.open()));
    if (server.gateways().heardWithin(QUIET_NANOS, now)) {
      supervisor.online();
    } else if (supervisor.state().online()) {
      supervisor.offline("no gateway was heard of for 90 s");
    }
  }

  /** In the port's thread; what is too much is left out before it costs anything. */
  private void in(SocketAddress from, byte[] bytes, long nanos) {
    if (!rate.allows(((InetSocketAddress) from).getAddress(), nanos)
        || waiting.get() >= MOST_WAITING) {
      counters.count("datagrams.too.many");
      return;
    }
    waiting.incrementAndGet();
    try {
      loop.execute(
          () -> {
            waiting.decrementAndGet();
            server.gateways().datagram(from, bytes, nanos);
            if (!supervisor.state().online() && server.gateways().heardWithin(QUIET_NANOS, nanos)) {
              supervisor.online();
            }
          });
    } catch (RejectedExecutionException stopped) {
      counters.count("datagrams.too.many");
    }
  }

  private void out(SocketAddress to, byte[] bytes) {
    UdpLink port = link.get();
    if (port != null) {
      port.send(to, bytes);
    }
  }

  private void arrived(Uplink uplink) {
    DeviceConfig device = devices.get(uplink.device());
    DeviceValues known = values.get(uplink.device());
    Map<String, Object> decoded = Map.of();
    String problem = "";
    try {
      if (uplink.port() > 0) {
        decoded = codecs.of(device.codec()).decode(uplink.port(), uplink.bytes());
      }
      known.decoded(uplink, decoded);
    } catch (PayloadException undecodable) {
      counters.count("payloads.undecodable");
      problem = undecodable.getMessage();
      known.undecodable(uplink, problem);
    }
    server.frames().add(uplink, decoded, problem);
    for (Listener each : listeners.getOrDefault(uplink.device(), List.of())) {
      LorawanChannel channel = each.channel();
      boolean has =
          channel.field().startsWith("@")
              || !problem.isEmpty()
              || decoded.containsKey(channel.field());
      if (has) {
        ChannelRecord record = ChannelRecord.createReadRecord(channel.name(), channel.type());
        record.setChannelConfig(each.config());
        fill(record, channel);
        tell(each.listener(), record);
      }
    }
  }

  private void tell(ChannelListener listener, ChannelRecord record) {
    try {
      listener.onChannelEvent(new ChannelEvent(record));
    } catch (RuntimeException e) { // foreign code
      counters.count("listeners.failed");
    }
  }

  /** Fills in what is known; waits for nothing. */
  void fill(ChannelRecord record, LorawanChannel channel) {
    try {
      DeviceValues known = values.getOrDefault(channel.device(), new DeviceValues());
      DeviceValues.Known value = known.of(channel, server.view(channel.device()));
      Records.read(record, DeviceValues.typed(value.value(), channel.type()), value.millis());
    } catch (DriverException none) {
      Records.failed(record, none, System.currentTimeMillis());
    } catch (IllegalArgumentException misfit) {
      Records.misfit(record, misfit, System.currentTimeMillis());
    }
  }

  /** Queues a write for its device. */
  void write(ChannelRecord record, LorawanChannel channel, long expires) {
    String place = "channel " + channel.name();
    try {
      DeviceConfig device = devices.get(channel.device());
      if (device == null
          || channel.field().startsWith("@") && !channel.field().equals("@payload")) {
        throw new DriverException(
            ErrorKind.CONFIGURATION, place, "can't be written: no such device, or metadata");
      }
      Object value = record.getValue().getValue();
      queue(device, channel.field(), value, channel.port(), channel.confirmed(), expires);
      Records.written(record, System.currentTimeMillis());
    } catch (PayloadException wrong) {
      DriverException error =
          new DriverException(ErrorKind.CONFIGURATION, place, wrong.getMessage());
      Records.failed(record, error, System.currentTimeMillis());
    } catch (DriverException wrong) {
      Records.failed(record, wrong, System.currentTimeMillis());
    }
  }

  /**
   * Queues data for a device.
   *
   * @param value bytes as they are, anything else for the codec
   * @param port when the codec gives none
   * @param expires epoch milliseconds
   * @return completes when it stands in the queue, or is on its way
   */
  CompletionStage<Void> queue(
      DeviceConfig device, String field, Object value, int port, boolean confirmed, long expires)
      throws PayloadException {
    PayloadCodec.Content content =
        value instanceof byte[] bytes
            ? new PayloadCodec.Content(0, bytes)
            : codecs.of(device.codec()).encode(field, value);
    int to = content.port() == 0 ? port : content.port();
    if (to < 1 || to > 223) {
      throw new PayloadException("FPort " + to + " is not 1 to 223");
    }
    Downlink downlink = new Downlink(to, content.bytes(), confirmed, expires);
    values.get(device.devEui()).wrote(downlink);
    return server.send(device.devEui(), downlink);
  }

  /** What is there to see of this instance, for the REST resource. */
  String region() {
    return region;
  }

  List<Gateways.View> gateways() {
    return server.gateways().views(System.nanoTime());
  }

  Map<Eui, DeviceConfig> devices() {
    return devices;
  }

  Optional<DeviceView> view(Eui device) {
    return server.view(device);
  }

  String lastDownlink(Eui device) {
    return values.get(device).lastDownlink();
  }

  Map<String, String> lastValues(Eui device) {
    return values.get(device).all();
  }

  Codecs codecs() {
    return codecs;
  }

  CompletionStage<Void> clear(Eui device) {
    return server.clear(device);
  }

  void add(LorawanChannel channel, Map<String, Object> config, ChannelListener listener) {
    listeners
        .computeIfAbsent(channel.device(), device -> new CopyOnWriteArrayList<>())
        .add(new Listener(channel, Map.copyOf(config), listener));
  }

  void remove(ChannelListener listener) {
    listeners.values().forEach(of -> of.removeIf(each -> each.listener() == listener));
  }

  /** With what is wrong in the configuration or the machine, when there is nothing worse. */
  LinkState linkState() {
    LinkState state = supervisor.state();
    List<String> all = new ArrayList<>(problems);
    if (!stationProblem.get().isEmpty()) {
      all.add(stationProblem.get());
    }
    codecs.problems().forEach((name, problem) -> all.add("codec " + name + ": " + problem));
    UdpLink port = link.get();
    if (port != null && port.receiveBuffer() < UdpLink.RECEIVE_BUFFER) {
      all.add(
          "the kernel gives datagrams that wait "
              + port.receiveBuffer()
              + " of the "
              + UdpLink.RECEIVE_BUFFER
              + " bytes that bursts of many gateways want: raise net.core.rmem_max");
    }
    String wrong = String.join("; ", all);
    return wrong.isEmpty() || state.phase() == LinkState.Phase.OFFLINE
        ? state
        : new LinkState(state.phase(), wrong, state.since());
  }

  Map<String, Object> figures() {
    Map<String, Object> figures = new TreeMap<>(counters.figures());
    figures.put("devices", devices.size());
    figures.put("counters.durable", journal.durable());
    figures.put("datagrams.waiting", waiting.get());
    UdpLink port = link.get();
    if (port != null) {
      figures.put("receive.buffer.bytes", port.receiveBuffer());
    }
    stations.ifPresent(front -> figures.put("stations.faults", front.faults()));
    for (Gateways.View each : server.gateways().views(System.nanoTime())) {
      figures.put("gateway." + each.eui() + ".quiet.ms", each.quiet() / 1_000_000);
      figures.put("gateway." + each.eui() + ".air.ms", each.airMicros() / 1_000);
    }
    return figures;
  }

  /** The last frames of all devices after that with the number. */
  FrameLog.Part framesAfter(long number) {
    return server.frames().after(number);
  }

  /** The last frames of a device; empty when it is unknown. */
  List<String> frames(Eui device) {
    return server.view(device).map(view -> view.log()).orElse(List.of());
  }

  /** The port that is bound, when one is. */
  Optional<Integer> port() {
    try {
      return link.get() == null ? Optional.empty() : Optional.of(link.get().port());
    } catch (IOException closed) {
      return Optional.empty();
    }
  }

  /** The port for Basics Station that is bound, when one is. */
  Optional<Integer> stationPort() {
    return stations.flatMap(StationPort::port);
  }

  /** Ends all threads; what was not on disk is not given on. */
  void close() {
    List<ExecutorService> threads = Arrays.asList(loop, decoding);
    UdpLink port = link.get();
    if (port != null) {
      port.close();
    }
    stations.ifPresent(StationPort::close);
    threads.forEach(ExecutorService::shutdownNow);
    try {
      for (ExecutorService each : threads) {
        each.awaitTermination(500, TimeUnit.MILLISECONDS);
      }
      journal.close();
    } catch (IOException e) {
      counters.count("journal.failed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
