package org.penstock.driver.zigbee;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.penstock.api.driver.LinkState;
import org.penstock.driver.kit.BackOff;
import org.penstock.driver.kit.LinkSupervisor;
import org.penstock.driver.zigbee.codec.ZclFrame;
import org.penstock.driver.zigbee.device.Device;
import org.penstock.driver.zigbee.device.Devices;
import org.penstock.driver.zigbee.link.StickLine;
import org.penstock.driver.zigbee.radio.Radio;
import org.penstock.driver.zigbee.stick.NetworkSettings;
import org.penstock.driver.zigbee.stick.NetworkState;
import org.penstock.driver.zigbee.stick.Stick;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the stick and its network up: one thread opens it, asks it for signs of life, and builds all
 * anew when it is lost. A network that the stick has is resumed, never formed over. Any thread may
 * call.
 */
final class Coordinator implements Radio.Hearer, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);
  private static final int MISSES = 2;

  private final String name;
  private final Wanted network;
  private final Devices devices;
  private final Limits limits;
  private final LinkSupervisor supervisor;
  private final CompletableFuture<Void> firstTry = new CompletableFuture<>();
  private final AtomicReference<Radio> radio = new AtomicReference<>();
  private final AtomicReference<String> lastIgnored = new AtomicReference<>("");
  private final AtomicReference<Stick> stick = new AtomicReference<>();
  private final List<Follower> followers = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Optional<String>> signals = new LinkedBlockingQueue<>();
  private final AtomicLong heard = new AtomicLong();
  private final AtomicBoolean unsaved = new AtomicBoolean();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Thread thread;

  /**
   * How long things may take.
   *
   * @param answer of a device
   * @param signOfLife between two questions to a silent stick
   */
  record Limits(Duration answer, Duration signOfLife) {

    Duration stick() {
      return answer.compareTo(Duration.ofSeconds(2)) < 0 ? answer : Duration.ofSeconds(2);
    }
  }

  /** Follows what happens; called in the reader's or the coordinator's thread, must not wait. */
  interface Follower {

    /** A device said something. */
    void told(Device device, int endpoint, int cluster, ZclFrame frame);

    /** A device has joined, or come back, maybe at another network address. */
    void announced(Device device);

    /** Somebody spoke who is not known. */
    void stranger(int network);

    /** The network is up. */
    void online();

    /** The stick is gone. */
    void offline(String reason);
  }

  /**
   * The network that is wanted, and of which stick.
   *
   * @param opener of its line
   * @param settings of a new network, or what the stick's own must be
   * @param backup which a stick without a network takes
   */
  record Wanted(
      StickChoice sticks, StickLine.Opener opener, NetworkSettings settings, BackupFile backup) {}

  Coordinator(String name, String where, Wanted network, Devices devices, Limits limits) {
    this.name = name;
    this.network = network;
    this.devices = devices;
    this.limits = limits;
    this.supervisor = new LinkSupervisor(name + " at " + where, BackOff.LOCAL);
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  void follow(Follower follower) {
    followers.add(follower);
  }

  void start() {
    thread.start();
  }

  LinkState linkState() {
    return supervisor.state();
  }

  Devices devices() {
    return devices;
  }

  /**
   * The radio, when the network is up or has come up after the start; fails with the reason when it
   * is not.
   */
  CompletableFuture<Radio> radio() {
    return firstTry
        .copy()
        .thenApply(
            tried -> {
              Radio now = radio.get();
              if (now == null) {
                throw new java.util.concurrent.CompletionException(
                    supervisor
                        .refusal()
                        .<Exception>map(refusal -> refusal)
                        .orElseGet(() -> new IOException(name + " is being opened or stops")));
              }
              return now;
            });
  }

  /** The radio; empty while the stick is away. */
  Optional<Radio> radioNow() {
    return Optional.ofNullable(radio.get());
  }

  /** The network now; empty while the stick is away. */
  Optional<NetworkState> network() {
    return Optional.ofNullable(stick.get()).map(Stick::state);
  }

  /** The stick; empty while it is away. */
  Optional<Stick> stickNow() {
    return Optional.ofNullable(stick.get());
  }

  /** What of the configuration has no effect on the stick's network; empty when all fits. */
  String ignored() {
    return lastIgnored.get();
  }

  /** Where the backup is kept. */
  BackupFile backup() {
    return network.backup();
  }

  private void run() {
    while (!stopped.get()) {
      try {
        if (supervisor.tryToConnect()) {
          supervisor.offline(session());
          firstTry.complete(null);
        } else {
          // what was signalled before the stick was lost does not matter any more
          signals.poll(Math.max(1, supervisor.untilNextTry().toMillis()), TimeUnit.MILLISECONDS);
        }
      } catch (InterruptedException stop) {
        break;
      } catch (RuntimeException | LinkageError bug) { // thread start
        supervisor.offline("a mistake of the driver's: " + bug);
        firstTry.complete(null);
      }
    }
    firstTry.complete(null);
  }

  /** From opening the stick to its loss; gives the reason. */
  private String session() throws InterruptedException {
    signals.clear();
    try (Stick opened =
        network
            .sticks()
            .make(
                name + "/reader",
                network.opener(),
                network.settings(),
                limits.stick(),
                why -> signals.add(Optional.of(why)))) {
      Radio fresh = new Radio(opened::send, limits.answer(), this);
      opened.receive(fresh);
      open(opened);
      stick.set(opened);
      fresh.permitJoin(0); // closed, whatever was before
      radio.set(fresh);
      supervisor.online();
      firstTry.complete(null);
      followers.forEach(Follower::online);
      String why = watch(opened);
      radio.set(null);
      followers.forEach(follower -> follower.offline(why));
      return why;
    } catch (IOException failed) {
      return failed.getMessage();
    } finally {
      radio.set(null);
      stick.set(null);
    }
  }

  private void open(Stick opened) throws IOException, InterruptedException {
    try {
      String ignored = opened.open(network.backup().read()).ignored();
      if (!ignored.equals(lastIgnored.getAndSet(ignored)) && !ignored.isEmpty()) {
        LOG.warn("{}: {}", name, ignored);
      }
    } catch (IOException failed) {
      network.sticks().failed();
      throw failed;
    }
  }

  private String watch(Stick opened) throws InterruptedException {
    int misses = 0;
    long seen = heard.get();
    while (true) {
      Optional<String> signal = signals.poll(limits.signOfLife().toMillis(), TimeUnit.MILLISECONDS);
      save();
      if (signal != null && signal.isPresent()) {
        return signal.get();
      }
      if (signal == null && heard.get() == seen) {
        misses = answers(opened) ? 0 : misses + 1;
        if (misses == MISSES) {
          return "the stick does not answer any more";
        }
      }
      seen = heard.get();
    }
  }

  private boolean answers(Stick opened) throws InterruptedException {
    try {
      opened.ping().get(2 * limits.stick().toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException | TimeoutException silent) {
      return false;
    }
  }

  /** Has the devices written soon; does not wait. */
  void changed() {
    unsaved.set(true);
    signals.add(Optional.empty());
  }

  private void save() {
    if (unsaved.getAndSet(false)) {
      try {
        devices.save();
      } catch (IOException full) {
        unsaved.set(true); // tried again at the next sign of life; the storage's health says it
      }
    }
  }

  @Override
  public void heard(int network, int endpoint, int cluster, ZclFrame frame, int linkQuality) {
    heard.incrementAndGet();
    Optional<Device> device = devices.at(network);
    if (device.isEmpty()) {
      followers.forEach(follower -> follower.stranger(network));
      return;
    }
    devices.heard(device.get().ieee(), linkQuality);
    followers.forEach(follower -> follower.told(device.get(), endpoint, cluster, frame));
  }

  @Override
  public void announced(long ieee, int network, int capability) {
    Device device = devices.announced(ieee, network, capability);
    changed();
    followers.forEach(follower -> follower.announced(device));
  }

  @Override
  public void left(long ieee) {
    if (devices.remove(ieee)) {
      changed();
    }
  }

  /** Counters for the health page. */
  Map<String, Object> figures() {
    Stick now = stick.get();
    Radio radioNow = radio.get();
    return Map.of(
        "devices",
        devices.all().size(),
        "messages.heard",
        heard.get(),
        "messages.garbled",
        radioNow == null ? 0 : radioNow.garbled(),
        "frames.garbled",
        now == null ? 0 : now.garbled());
  }

  /** Closes the network for new devices and the line, within 2 s. */
  @Override
  public void close() {
    stopped.set(true);
    Radio now = radio.get();
    if (now != null) {
      try {
        now.permitJoin(0).get(500, TimeUnit.MILLISECONDS);
      } catch (ExecutionException | TimeoutException silent) {
        heard.get(); // the stick ends it by itself, 254 s after it began at the latest
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
      }
    }
    thread.interrupt();
    try {
      thread.join(1_000);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    save();
    firstTry.complete(null);
  }
}
