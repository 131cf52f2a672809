package org.penstock.driver.lorawan.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.penstock.driver.lorawan.codec.AesKey;
import org.penstock.driver.lorawan.codec.Eui;
import org.penstock.driver.lorawan.codec.FrameCrypto;
import org.penstock.driver.lorawan.codec.MacCommand;

/** A device in the server. The server's thread changes it; {@link #view} may be called by any. */
final class Device {

  private static final int MOST_QUEUED = 16;
  private static final int LOG = 20;
  private static final int MOST_ATTEMPTS = 8;
  static final int UNKNOWN_BATTERY = 255;

  /** What is asked by MAC commands and has not been answered yet. */
  private final List<MacCommand> asked = new ArrayList<>();

  private final DeviceConfig config;
  private final FrameLog all;
  private final Adr adr = new Adr();
  private final Deque<Downlink> queue = new ConcurrentLinkedDeque<>();
  private final Deque<String> log = new ArrayDeque<>();
  private volatile Keys keys;
  private volatile Radio radio = new Radio(0, 0, UNKNOWN_BATTERY, 0, 0, 0);
  private volatile Session session;
  private volatile Uplink last;
  private Downlink unacknowledged;
  private Eui gateway;
  private int attempts;

  /** Keys of the present session. */
  record Keys(AesKey nwkSKey, AesKey appSKey) {}

  /**
   * How it is set and how it is.
   *
   * @param statusAt epoch milliseconds at which it last told battery and margin
   * @param statusAsked epoch milliseconds at which it was last asked
   */
  record Radio(int rate, int power, int battery, int margin, long statusAt, long statusAsked) {}

  Device(DeviceConfig config, Session session, int netId, FrameLog all) {
    this.config = config;
    this.all = all;
    this.session = session;
    this.keys = derive(config, session, netId);
  }

  private static Keys derive(DeviceConfig config, Session session, int netId) {
    if (!config.otaa()) {
      return new Keys(config.nwkSKey(), config.appSKey());
    }
    return session == null
        ? null
        : new Keys(
            FrameCrypto.sessionKey(
                config.appKey(), 1, session.joinNonce(), netId, session.devNonce()),
            FrameCrypto.sessionKey(
                config.appKey(), 2, session.joinNonce(), netId, session.devNonce()));
  }

  void join(Session joined, int netId) {
    session = joined;
    keys = derive(config, joined, netId);
    asked.clear();
    adr.forget();
    radio = new Radio(0, 0, radio.battery(), radio.margin(), radio.statusAt(), 0);
    if (unacknowledged != null) {
      unacknowledged.become(Downlink.State.FAILED, "the device has joined anew");
      unacknowledged = null;
    }
  }

  DeviceConfig config() {
    return config;
  }

  Keys keys() {
    return keys;
  }

  Session session() {
    return session;
  }

  void become(Session next) {
    session = next;
  }

  Adr adr() {
    return adr;
  }

  Radio radio() {
    return radio;
  }

  void become(Radio next) {
    radio = next;
  }

  List<MacCommand> asked() {
    return asked;
  }

  void ask(List<MacCommand> commands) {
    if (!commands.isEmpty()) {
      asked.addAll(commands);
      attempts = 0;
    }
  }

  /** What is to be asked with the next downlink; it is given up when it was asked too often. */
  List<MacCommand> toAsk() {
    if (attempts >= MOST_ATTEMPTS) {
      asked.clear();
    }
    return asked;
  }

  void asking() {
    attempts++;
  }

  Eui gateway() {
    return gateway;
  }

  void heard(Uplink uplink) {
    last = uplink;
    gateway = uplink.heard().get(0).gateway();
  }

  Uplink last() {
    return last;
  }

  /** The queue has room. */
  boolean add(Downlink downlink) {
    return queue.size() < MOST_QUEUED && queue.add(downlink);
  }

  /** The next that has not expired; null when there is none. */
  Downlink next(long now) {
    while (!queue.isEmpty() && queue.peek().expired(now)) {
      queue.poll().become(Downlink.State.FAILED, "expired");
    }
    return queue.peek();
  }

  /** Any thread may call. */
  List<Downlink> waiting() {
    return List.copyOf(queue);
  }

  /** Takes back all that waits. */
  void clear() {
    while (!queue.isEmpty()) {
      queue.poll().become(Downlink.State.FAILED, "taken back");
    }
  }

  int queued() {
    return queue.size();
  }

  void taken() {
    queue.poll();
  }

  Downlink unacknowledged() {
    return unacknowledged;
  }

  void awaits(Downlink downlink) {
    unacknowledged = downlink;
  }

  /** Into its own log, and into that of all devices. */
  void tell(String line) {
    log(line);
    all.add(config.devEui(), line);
  }

  void log(String line) {
    synchronized (log) {
      log.addLast(line);
      if (log.size() > LOG) {
        log.removeFirst();
      }
    }
  }

  List<String> log() {
    synchronized (log) {
      return List.copyOf(log);
    }
  }
}
