package org.penstock.driver.lorawan.server;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.penstock.driver.lorawan.codec.DataFrame;
import org.penstock.driver.lorawan.codec.Eui;
import org.penstock.driver.lorawan.codec.FrameCounter;
import org.penstock.driver.lorawan.codec.FrameException;
import org.penstock.driver.lorawan.codec.JoinAccept;
import org.penstock.driver.lorawan.codec.JoinRequest;
import org.penstock.driver.lorawan.codec.MacCommand;
import org.penstock.driver.lorawan.codec.PhyPayload;
import org.penstock.driver.lorawan.codec.Reception;

/**
 * The network server: who may join, which frame is genuine and new, what is answered. All of it runs in
 * one thread, the loop's; methods that others may call say so. What a frame changes is on disk before
 * the frame is given on or answered.
 */
public final class NetworkServer {

  private static final int ADDRESS_BITS = 25;

  private final Settings settings;
  private final Journal journal;
  private final Counters counters;
  private final ScheduledExecutorService loop;
  private final LongSupplier millis;
  private final Consumer<Uplink> uplinks;
  private final Deduplicator deduplicator;
  private final Gateways gateways;
  private final Downlinks downlinks;
  private final Commands commands;
  private final Map<Eui, Device> devices = new HashMap<>();
  private final Map<Integer, List<Device>> byAddress = new HashMap<>();
  private final FrameLog frames;
  private final SecureRandom random = new SecureRandom();
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  /** What is done when something is on disk. */
  private record Waiting(CompletableFuture<Void> kept, Runnable then) {}

  /** What the server stands on. */
  public record Ground(
      Journal journal,
      Counters counters,
      ScheduledExecutorService loop,
      LongSupplier nanos,
      LongSupplier millis) {}

  /** How the server gets at its gateways, which hear for it. */
  @FunctionalInterface
  public interface FrontEnd {
    /** Makes them. */
    Gateways listeningFor(Consumer<Heard> receptions);
  }

  /**
   * A server with its devices.
   *
   * @param uplinks hears of each genuine and new frame with data, in the loop's thread
   */
  public NetworkServer(
      Settings settings,
      Collection<DeviceConfig> configs,
      Ground ground,
      FrontEnd frontEnd,
      Consumer<Uplink> uplinks) {
    this.settings = settings;
    this.journal = ground.journal();
    this.counters = ground.counters();
    this.loop = ground.loop();
    this.millis = ground.millis();
    this.frames = new FrameLog(millis);
    this.uplinks = uplinks;
    this.deduplicator = new Deduplicator(counters, this::frame);
    this.gateways = frontEnd.listeningFor(this::heard);
    this.downlinks = new Downlinks(settings.region(), gateways, counters, ground.nanos());
    this.commands = new Commands(settings, millis);
    for (DeviceConfig config : configs) {
      Session kept = journal.session(config.devEui());
      if (!config.otaa() && (kept == null || kept.devAddr() != config.devAddr())) {
        kept = fresh(config.devAddr(), 0, 0, 1, 0);
      }
      Device device = new Device(config, kept, settings.netId(), frames);
      devices.put(config.devEui(), device);
      index(device);
    }
  }

  private Session fresh(int devAddr, int joinNonce, int devNonce, int delay, int offset) {
    int rx2 = settings.region().rx2Rate();
    return new Session(devAddr, joinNonce, devNonce, FrameCounter.NONE, 0, delay, offset, rx2);
  }

  private void index(Device device) {
    if (device.session() != null) {
      byAddress.computeIfAbsent(device.session().devAddr(), a -> new ArrayList<>(1)).add(device);
    }
  }

  /** The front end; its methods are called in the loop's thread. */
  public Gateways gateways() {
    return gateways;
  }

  /** The last frames of all devices. Any thread may call. */
  public FrameLog frames() {
    return frames;
  }

  private void heard(Heard copy) {
    counters.count("frames.heard");
    boolean waits = gateways.count() > 1 && !settings.window().isZero();
    if (deduplicator.heard(copy, waits)) {
      loop.schedule(
          () -> deduplicator.close(copy), settings.window().toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void frame(List<Heard> heard) {
    try {
      PhyPayload phy = PhyPayload.parse(heard.get(0).reception().bytes());
      Optional<Integer> rate = settings.region().uplinkRate(heard.get(0).reception().modulation());
      if (rate.isEmpty()) {
        counters.count("uplinks.foreign.rate");
      } else if (phy instanceof JoinRequest join) {
        join(join, heard, rate.get());
      } else if (phy instanceof DataFrame data && data.type().uplink()) {
        data(data, heard, rate.get());
      } else {
        counters.count("frames.senseless");
      }
    } catch (FrameException senseless) {
      counters.count("frames.senseless");
    }
  }

  private void join(JoinRequest join, List<Heard> heard, int rate) {
    Device device = devices.get(join.devEui());
    if (device == null || !device.config().otaa()) {
      counters.count("joins.unknown");
      return;
    }
    DeviceConfig config = device.config();
    if (!join.signedBy(config.appKey())) {
      counters.count("security.mic");
      device.tell("join refused: wrong MIC");
    } else if (config.joinEui() != null && !config.joinEui().equals(join.joinEui())) {
      counters.count("joins.refused");
      device.tell("join refused: JoinEUI " + join.joinEui());
    } else if (journal.isUsed(config.devEui(), join.devNonce())) {
      counters.count("security.devnonce");
      device.tell("join refused: DevNonce " + join.devNonce() + " was used before");
    } else if (config.counting() && journal.isPassed(config.devEui(), join.devNonce())) {
      counters.count("security.devnonce");
      device.tell("join refused: DevNonce " + join.devNonce() + " is lower than one before");
    } else {
      accept(device, join, heard, rate);
    }
  }

  private void accept(Device device, JoinRequest join, List<Heard> heard, int rate) {
    gateways.genuine(heard);
    Session before = device.session();
    int joinNonce = before == null ? 1 : before.joinNonce() + 1 & 0xffffff;
    Session session =
        fresh(address(), joinNonce, join.devNonce(), settings.rxDelay(), settings.rx1Offset());
    if (before != null) {
      byAddress.getOrDefault(before.devAddr(), List.of()).remove(device);
    }
    device.join(session, settings.netId());
    index(device);
    JoinAccept accept =
        new JoinAccept(
            joinNonce,
            settings.netId(),
            session.devAddr(),
            session.rx1Offset(),
            session.rx2Rate(),
            session.rxDelay(),
            settings.region().cfList(settings.group()));
    Downlinks.Plan plan =
        downlinks.join(
            device.config().devEui(),
            accept.encode(device.config().appKey()),
            heard,
            rate,
            refusal -> device.tell(refusal.isEmpty() ? "joined" : "join-accept: " + refusal));
    journal.use(device.config().devEui(), join.devNonce());
    onceDurable(
        journal.keep(device.config().devEui(), session),
        () -> {
          counters.count("joins.accepted");
          downlinks.send(plan);
        });
  }

  private int address() {
    int address;
    do {
      address = settings.netId() << ADDRESS_BITS | random.nextInt(1 << ADDRESS_BITS);
    } while (byAddress.containsKey(address));
    return address;
  }

  /** In the order of the calls: what waits for one stage is told the last first. */
  private void onceDurable(CompletionStage<Void> kept, Runnable then) {
    waiting.add(new Waiting(kept.toCompletableFuture(), then));
    kept.whenComplete(
        (done, failure) -> {
          if (!loop.isShutdown()) {
            loop.execute(this::goOn);
          }
        });
  }

  private void goOn() {
    while (!waiting.isEmpty() && waiting.peek().kept().isDone()) {
      Waiting next = waiting.poll();
      if (next.kept().isCompletedExceptionally()) {
        counters.count("journal.failed");
      } else {
        loop.execute(next.then());
      }
    }
  }

  private void data(DataFrame frame, List<Heard> heard, int rate) {
    List<Device> candidates = byAddress.getOrDefault(frame.devAddr(), List.of());
    if (candidates.isEmpty()) {
      counters.count("uplinks.unknown");
      return;
    }
    for (Device device : candidates) {
      long last = device.session().up();
      long whole = FrameCounter.whole(last, frame.counter());
      if (frame.signedBy(device.keys().nwkSKey(), (int) whole)) {
        genuine(device, frame, whole, heard, rate);
        return;
      }
      long earlier = whole - 0x10000;
      if (earlier >= 0 && frame.signedBy(device.keys().nwkSKey(), (int) earlier)) {
        counters.count("security.replay");
        device.tell("up refused: counter " + earlier + " is not above " + last);
        return;
      }
    }
    counters.count("security.mic");
    candidates.forEach(device -> device.tell("up refused: wrong MIC"));
  }

  private void genuine(Device device, DataFrame frame, long whole, List<Heard> heard, int rate) {
    long last = device.session().up();
    boolean repeated = whole == last;
    if (repeated && !frame.type().confirmed()) {
      counters.count("uplinks.repeated");
      return;
    }
    if (!repeated && !FrameCounter.isNext(last, whole)) {
      counters.count("security.gap");
      device.tell("up refused: counter " + whole + " is too far above " + last);
      return;
    }
    gateways.genuine(heard);
    boolean first = last == FrameCounter.NONE;
    device.become(device.session().heard(whole));
    boolean onPort0 = frame.port() == 0;
    byte[] clear =
        frame.deciphered(onPort0 ? device.keys().nwkSKey() : device.keys().appSKey(), (int) whole);
    Uplink uplink =
        new Uplink(
            device.config().devEui(),
            whole,
            frame.port(),
            onPort0 ? new byte[0] : clear,
            rate,
            heard,
            millis.getAsLong());
    device.heard(uplink);
    device.log(line(uplink));
    List<MacCommand> answers = new ArrayList<>();
    if (!repeated) {
      acknowledge(device, frame);
      byte[] options = onPort0 ? clear : frame.options();
      answers.addAll(commands.understood(device, options, uplink));
      device.ask(commands.wanted(device, frame, uplink, first));
    }
    answers.addAll(device.toAsk());
    boolean must = frame.has(DataFrame.ADR_ACK_REQ);
    Downlinks.Needs needs = new Downlinks.Needs(frame.type().confirmed(), answers, must);
    Downlinks.Plan plan = downlinks.data(device, heard, rate, needs, millis.getAsLong());
    if (plan != null) {
      device.asking();
      device.become(device.session().answered());
    }
    onceDurable(
        journal.keep(device.config().devEui(), device.session()),
        () -> {
          if (!repeated) {
            counters.count("uplinks.accepted");
            uplinks.accept(uplink);
          }
          if (plan != null) {
            downlinks.send(plan);
          }
        });
  }

  private static void acknowledge(Device device, DataFrame frame) {
    Downlink waiting = device.unacknowledged();
    if (waiting != null) {
      boolean acknowledged = frame.has(DataFrame.ACK);
      waiting.become(
          acknowledged ? Downlink.State.ACKNOWLEDGED : Downlink.State.FAILED,
          acknowledged ? "" : "the device did not acknowledge it");
      device.awaits(null);
    }
  }

  private static String line(Uplink uplink) {
    Reception best = uplink.heard().get(0).reception();
    return "up "
        + uplink.counter()
        + " port "
        + uplink.port()
        + ' '
        + best.modulation()
        + ' '
        + best.hertz()
        + " Hz "
        + best.rssi()
        + " dBm "
        + best.snr()
        + " dB by "
        + uplink.heard().size()
        + ' '
        + HexFormat.of().formatHex(uplink.bytes());
  }

  /** Queues data for a device; a class C device gets it at once. Any thread may call. */
  public CompletionStage<Void> send(Eui devEui, Downlink downlink) {
    return CompletableFuture.runAsync(
        () -> {
          Device device = devices.get(devEui);
          if (device == null || device.keys() == null) {
            downlink.become(Downlink.State.FAILED, "the device has not joined");
          } else if (!device.add(downlink)) {
            downlink.become(Downlink.State.FAILED, "too many wait for the device");
          } else if (device.config().classC() && device.gateway() != null) {
            sendAtOnce(device);
          }
        },
        loop);
  }

  /** Takes back all that waits for a device. Any thread may call. */
  public CompletionStage<Void> clear(Eui devEui) {
    return CompletableFuture.runAsync(
        () -> Optional.ofNullable(devices.get(devEui)).ifPresent(Device::clear), loop);
  }

  private void sendAtOnce(Device device) {
    Downlinks.Needs needs = new Downlinks.Needs(false, List.of(), false);
    Downlinks.Plan plan = downlinks.data(device, List.of(), 0, needs, millis.getAsLong());
    if (plan != null) {
      device.become(device.session().answered());
      onceDurable(
          journal.keep(device.config().devEui(), device.session()), () -> downlinks.send(plan));
    }
  }

  /** What there is to see of a device; empty when it is not configured. Any thread may call. */
  public Optional<DeviceView> view(Eui devEui) {
    return Optional.ofNullable(devices.get(devEui)).map(DeviceView::of);
  }

  /** Is called each second or so: gives up what no gateway has answered. */
  public void tick(long nanos) {
    gateways.expire(nanos);
  }
}
