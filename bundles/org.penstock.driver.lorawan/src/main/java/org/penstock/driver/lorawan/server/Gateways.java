package org.penstock.driver.lorawan.server;

import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.penstock.driver.lorawan.codec.Datagram;
import org.penstock.driver.lorawan.codec.Eui;
import org.penstock.driver.lorawan.codec.ForwarderJson;
import org.penstock.driver.lorawan.codec.FrameException;
import org.penstock.driver.lorawan.codec.Reception;
import org.penstock.driver.lorawan.codec.Transmission;
import org.penstock.driver.lorawan.region.Region;

/**
 * The gateways: who they are, by what they are reached, what they have sent. Those with Semtech's UDP
 * protocol are heard here, others by {@link Stations}. The server's thread calls; figures may be read
 * by any.
 */
public final class Gateways {

  /** A gateway did not say what became of a transmission. */
  static final String SILENT = "the gateway did not answer";

  private static final int MOST = 1_000;
  private static final int MOST_OPEN = 4_096;
  private static final long ANSWER_NANOS = 3_000_000_000L;

  private final Set<Eui> allowed;
  private final Region region;
  private final Counters counters;
  private final BiConsumer<SocketAddress, byte[]> out;
  private final Consumer<Heard> receptions;
  private final Map<Eui, Gateway> known = new ConcurrentHashMap<>();
  private final Map<Integer, Open> open = new LinkedHashMap<>();
  private int token;

  /**
   * Something to be sent.
   *
   * @param device for which it is
   * @param answered as this gateway heard it; null at once
   * @param alternative the window after that of {@code tx}, for a gateway that chooses by itself; or null
   */
  record Order(Eui device, Heard answered, Transmission tx, Transmission alternative) {}

  /** The way to a gateway. */
  @FunctionalInterface
  interface Way {
    /**
     * Hands it over.
     *
     * @param token comes back with what became of it
     */
    void send(int token, Order order);
  }

  /** A transmission of which its gateway has not yet said anything. */
  private record Open(Eui gateway, long until, Order order, Consumer<String> told) {}

  /** What is known of a gateway. */
  private static final class Gateway {
    private final DutyCycle duty = new DutyCycle();
    private volatile Way downstream;
    private volatile String kind = "udp";
    private volatile long seen;
    private volatile String statistics = "";
    private boolean genuine;
  }

  /**
   * What there is to see of a gateway.
   *
   * @param quiet nanoseconds since it was last heard of
   * @param kind {@code udp} or {@code station}
   * @param downstream it can be reached
   * @param statistics as it tells them itself, JSON or empty
   * @param air what it has sent in the last hour, by the region's bands
   */
  public record View(
      Eui eui, String kind, long quiet, boolean downstream, String statistics, List<Air> air) {

    /** Sent in the last hour in the busiest band, microseconds. */
    public long airMicros() {
      return air.stream().mapToLong(Air::micros).max().orElse(0);
    }
  }

  /** How long a gateway has sent in a band in the last hour. */
  public record Air(Region.Band band, long micros) {}

  /**
   * Gateways behind one port.
   *
   * @param allowed the only ones that are heard; empty for all
   * @param out sends a datagram
   * @param receptions hears of each frame that a gateway has heard
   */
  public Gateways(
      Set<Eui> allowed,
      Region region,
      Counters counters,
      BiConsumer<SocketAddress, byte[]> out,
      Consumer<Heard> receptions) {
    this.allowed = Set.copyOf(allowed);
    this.region = region;
    this.counters = counters;
    this.out = out;
    this.receptions = receptions;
  }

  /** A datagram has come. */
  public void datagram(SocketAddress from, byte[] bytes, long nanos) {
    try {
      Datagram datagram = Datagram.parse(bytes);
      if (datagram.gateway() == null) {
        counters.count("datagrams.senseless");
      } else if (!allows(datagram.gateway())) {
        counters.count("datagrams.forbidden");
      } else {
        accept(from, datagram, nanos);
      }
    } catch (FrameException senseless) {
      counters.count("datagrams.senseless");
    }
  }

  private void accept(SocketAddress from, Datagram datagram, long nanos) throws FrameException {
    Gateway gateway = seen(datagram.gateway(), nanos);
    switch (datagram.kind()) {
      case PUSH_DATA -> {
        out.accept(from, datagram.acknowledgement().encode());
        ForwarderJson.Push push = ForwarderJson.push(datagram.json());
        if (!push.statistics().isEmpty()) {
          gateway.statistics = push.statistics();
        }
        for (int i = 0; i < push.damaged(); i++) {
          counters.count("frames.damaged");
        }
        for (Reception reception : push.receptions()) {
          receptions.accept(new Heard(datagram.gateway(), reception, nanos));
        }
      }
      case PULL_DATA -> {
        gateway.kind = "udp";
        gateway.downstream =
            (token, order) -> respond(from, token, order); // not PUSH_DATA's socket
        out.accept(from, datagram.acknowledgement().encode());
      }
      default -> acknowledged(datagram);
    }
  }

  private void respond(SocketAddress to, int token, Order order) {
    String json = ForwarderJson.response(order.tx());
    out.accept(to, new Datagram(Datagram.Kind.PULL_RESP, token, null, json).encode());
  }

  /** It is one of those that are heard. */
  boolean allows(Eui gateway) {
    return allowed.isEmpty() || allowed.contains(gateway);
  }

  private Gateway seen(Eui eui, long nanos) {
    if (allowed.isEmpty() && known.size() >= MOST && !known.containsKey(eui)) {
      forget(nanos);
    }
    Gateway gateway = known.computeIfAbsent(eui, e -> new Gateway());
    gateway.seen = nanos;
    return gateway;
  }

  /** A station is there and is reached so. */
  void reached(Eui eui, Way way, String description, long nanos) {
    Gateway gateway = seen(eui, nanos);
    gateway.kind = "station";
    gateway.statistics = description;
    gateway.downstream = way;
  }

  /** It was heard of. */
  void alive(Eui eui, long nanos) {
    seen(eui, nanos);
  }

  /** It was reached so, and is no longer. */
  void lost(Eui eui, Way way) {
    Gateway gateway = known.get(eui);
    if (gateway != null && gateway.downstream == way) {
      gateway.downstream = null;
    }
  }

  /** A frame was heard by a gateway that is not asked by datagrams. */
  void hears(Heard heard) {
    receptions.accept(heard);
  }

  /** A station has sent what it was told to. */
  void sent(Eui gateway, long token, int hertz, long nanos) {
    Open transmission = open.get((int) token);
    if (transmission == null || !transmission.gateway().equals(gateway)) {
      counters.count("stations.senseless");
      return;
    }
    open.remove((int) token);
    Transmission other = transmission.order().alternative();
    if (other != null && other.hertz() == hertz && transmission.order().tx().hertz() != hertz) {
      known.get(gateway).duty.add(region.band(hertz), other.airMicros(), nanos);
    }
    transmission.told().accept("");
  }

  /** Makes room: of those that never brought a genuine frame, or of all, who was silent longest goes. */
  private void forget(long nanos) {
    Comparator<Map.Entry<Eui, Gateway>> order =
        Comparator.<Map.Entry<Eui, Gateway>, Boolean>comparing(each -> each.getValue().genuine)
            .thenComparing(each -> each.getValue().seen - nanos);
    known.entrySet().stream().min(order).ifPresent(oldest -> known.remove(oldest.getKey()));
    counters.count("gateways.forgotten");
  }

  /** These have brought a frame that a device has signed: no stranger's EUI takes their place. */
  void genuine(List<Heard> heard) {
    for (Heard each : heard) {
      Gateway gateway = known.get(each.gateway());
      if (gateway != null) {
        gateway.genuine = true;
      }
    }
  }

  private void acknowledged(Datagram datagram) throws FrameException {
    Open transmission = open.get(datagram.token());
    if (transmission == null || !transmission.gateway().equals(datagram.gateway())) {
      counters.count("datagrams.senseless");
      return;
    }
    String refusal = ForwarderJson.refusal(datagram.json());
    open.remove(datagram.token());
    if (!refusal.isEmpty()) {
      counters.count("downlinks.refused." + refusal.toLowerCase(java.util.Locale.ROOT));
    }
    transmission.told().accept(refusal);
  }

  /** It has told where it can be reached. */
  boolean reachable(Eui gateway) {
    Gateway known = this.known.get(gateway);
    return known != null && known.downstream != null;
  }

  /** The band of a transmission has room for it. */
  boolean allows(Eui gateway, Transmission tx, long nanos) {
    return known.get(gateway).duty.allows(region.band(tx.hertz()), tx.airMicros(), nanos);
  }

  /**
   * Has a gateway send something.
   *
   * @param told why not; empty when it will be sent
   */
  void send(Eui gateway, Order order, long nanos, Consumer<String> told) {
    Gateway to = known.get(gateway);
    Transmission tx = order.tx();
    token = token + 1 & 0xffff;
    if (open.size() >= MOST_OPEN) {
      told.accept("too many transmissions wait");
      return;
    }
    open.put(token, new Open(gateway, nanos + patience(to, order), order, told));
    to.duty.add(region.band(tx.hertz()), tx.airMicros(), nanos);
    to.downstream.send(token, order);
  }

  /** A forwarder answers when it has queued a frame, a station when it has sent it. */
  private static long patience(Gateway gateway, Order order) {
    if (!gateway.kind.equals("station") || order.answered() == null) {
      return ANSWER_NANOS;
    }
    long rx = Transmission.after(order.tx().micros(), -order.answered().reception().micros());
    return ANSWER_NANOS + (rx + 1_000_000) * 1_000;
  }

  /** Gives up those that no gateway has answered. */
  void expire(long nanos) {
    List<Open> late = new ArrayList<>();
    open.values().removeIf(each -> nanos - each.until() > 0 && late.add(each));
    late.forEach(each -> each.told().accept(SILENT));
  }

  /** How many are known. */
  int count() {
    return known.size();
  }

  /** A gateway was heard of in the last nanoseconds. */
  public boolean heardWithin(long limit, long nanos) {
    return known.values().stream().anyMatch(gateway -> nanos - gateway.seen < limit);
  }

  /** All that are known. */
  public List<View> views(long nanos) {
    List<View> views = new ArrayList<>();
    known.forEach(
        (eui, gateway) ->
            views.add(
                new View(
                    eui,
                    gateway.kind,
                    nanos - gateway.seen,
                    gateway.downstream != null,
                    gateway.statistics,
                    region.bands().stream()
                        .map(band -> new Air(band, gateway.duty.used(band, nanos)))
                        .toList())));
    return views;
  }
}
