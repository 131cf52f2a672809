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
 * The gateways that speak Semtech's UDP protocol: who they are, where they are reached, what they have
 * sent. The server's thread calls; figures may be read by any.
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

  /** A transmission of which its gateway has not yet said anything. */
  private record Open(Eui gateway, long nanos, Consumer<String> told) {}

  /** What is known of a gateway. */
  private static final class Gateway {
    private final DutyCycle duty = new DutyCycle();
    private volatile SocketAddress downstream;
    private volatile long seen;
    private volatile String statistics = "";
    private boolean genuine;
  }

  /**
   * What there is to see of a gateway.
   *
   * @param quiet nanoseconds since it was last heard of
   * @param downstream it can be reached
   * @param statistics as it tells them itself, JSON or empty
   * @param airMicros sent in the last hour in the busiest band
   */
  public record View(Eui eui, long quiet, boolean downstream, String statistics, long airMicros) {}

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
      } else if (!allowed.isEmpty() && !allowed.contains(datagram.gateway())) {
        counters.count("datagrams.forbidden");
      } else {
        accept(from, datagram, nanos);
      }
    } catch (FrameException senseless) {
      counters.count("datagrams.senseless");
    }
  }

  private void accept(SocketAddress from, Datagram datagram, long nanos) throws FrameException {
    if (allowed.isEmpty() && known.size() >= MOST && !known.containsKey(datagram.gateway())) {
      forget(nanos);
    }
    Gateway gateway = known.computeIfAbsent(datagram.gateway(), eui -> new Gateway());
    gateway.seen = nanos;
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
        gateway.downstream = from; // not PUSH_DATA's, which comes from another socket
        out.accept(from, datagram.acknowledgement().encode());
      }
      default -> acknowledged(datagram);
    }
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
  void send(Eui gateway, Transmission tx, long nanos, Consumer<String> told) {
    Gateway to = known.get(gateway);
    token = token + 1 & 0xffff;
    if (open.size() >= MOST_OPEN) {
      told.accept("too many transmissions wait");
      return;
    }
    open.put(token, new Open(gateway, nanos, told));
    to.duty.add(region.band(tx.hertz()), tx.airMicros(), nanos);
    Datagram datagram =
        new Datagram(Datagram.Kind.PULL_RESP, token, null, ForwarderJson.response(tx));
    out.accept(to.downstream, datagram.encode());
  }

  /** Gives up those that no gateway has answered. */
  void expire(long nanos) {
    List<Open> late = new ArrayList<>();
    open.values().removeIf(each -> nanos - each.nanos() > ANSWER_NANOS && late.add(each));
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
                    nanos - gateway.seen,
                    gateway.downstream != null,
                    gateway.statistics,
                    region.bands().stream()
                        .mapToLong(band -> gateway.duty.used(band, nanos))
                        .max()
                        .orElse(0))));
    return views;
  }
}
