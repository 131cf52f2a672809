package org.penstock.flow.wires;

import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.eclipse.kura.wire.WireEnvelope;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.wireadmin.Consumer;
import org.osgi.service.wireadmin.Producer;
import org.osgi.service.wireadmin.Wire;
import org.osgi.service.wireadmin.WireAdmin;
import org.osgi.service.wireadmin.WireAdminEvent;

/**
 * The wires and what they connect. A wire carries from the moment both ends are there, and stops
 * before the call returns that takes one away; the ends are told later, in order, by the executor.
 * Any thread may call.
 */
final class Wiring implements WireAdmin {

  private final Executor serial;
  private final WireNews news;
  private final Lanes lanes;
  private final Taps taps = new Taps();
  private final Set<LiveWire> wires = new LinkedHashSet<>();
  private final EndBook<Producer> producers = new EndBook<>();
  private final EndBook<Consumer> consumers = new EndBook<>();

  /**
   * @param serial tells producers and consumers their wires
   */
  Wiring(Executor serial, WireNews news) {
    this(serial, news, Lanes.still());
  }

  /**
   * @param serial tells producers and consumers their wires
   * @param lanes the ways to receivers
   */
  Wiring(Executor serial, WireNews news, Lanes lanes) {
    this.serial = serial;
    this.news = news;
    this.lanes = lanes;
  }

  Taps taps() {
    return taps;
  }

  @Override
  public LiveWire createWire(String producerPid, String consumerPid, Dictionary<String, ?> given) {
    Objects.requireNonNull(producerPid, "the producer's pid must be given");
    Objects.requireNonNull(consumerPid, "the consumer's pid must be given");
    Map<String, Object> properties =
        LiveWire.complete(UUID.randomUUID().toString(), producerPid, consumerPid, copied(given));
    LiveWire wire =
        new LiveWire(producerPid, consumerPid, properties, news, lanes.to(consumerPid), taps);
    synchronized (this) {
      wires.add(wire);
      news.tell(WireAdminEvent.WIRE_CREATED, wire, null);
      link(wire);
    }
    tellEnds(wire);
    return wire;
  }

  @Override
  public void deleteWire(Wire wire) {
    LiveWire known;
    synchronized (this) {
      Optional<LiveWire> found = known(wire);
      if (found.isEmpty()) {
        return;
      }
      known = found.get();
      wires.remove(known);
      known.invalidate();
      news.tell(WireAdminEvent.WIRE_DELETED, known, null);
      if (ofConsumer(known.consumerPid()).isEmpty()) {
        lanes.forget(known.consumerPid());
      }
    }
    tellEnds(known);
  }

  @Override
  public void updateWire(Wire wire, Dictionary<String, ?> given) {
    LiveWire known;
    synchronized (this) {
      known =
          known(wire)
              .orElseThrow(() -> new IllegalArgumentException("not a wire of this WireAdmin"));
      String id = (String) known.map().get("wireadmin.pid");
      known.map(LiveWire.complete(id, known.producerPid(), known.consumerPid(), copied(given)));
      news.tell(WireAdminEvent.WIRE_UPDATED, known, null);
    }
    tellEnds(known);
  }

  @Override
  public Wire[] getWires(String filter) throws InvalidSyntaxException {
    Filter wanted = filter == null ? null : FrameworkUtil.createFilter(filter);
    Wire[] found =
        all().stream()
            .filter(wire -> wanted == null || wanted.matches(wire.map()))
            .toArray(Wire[]::new);
    return found.length == 0 ? null : found;
  }

  synchronized List<LiveWire> all() {
    return List.copyOf(wires);
  }

  void producerCame(String pid, EndBook.End<Producer> end) {
    synchronized (this) {
      producers.add(pid, end);
      ofProducer(pid).forEach(this::link);
    }
    tellNeighbours(pid, true);
  }

  void producerWent(String pid, Object key) {
    synchronized (this) {
      producers.remove(pid, key);
      ofProducer(pid).forEach(this::link);
    }
    tellNeighbours(pid, true);
  }

  void consumerCame(String pid, EndBook.End<Consumer> end) {
    synchronized (this) {
      consumers.add(pid, end);
      ofConsumer(pid).forEach(this::link);
    }
    tellNeighbours(pid, false);
  }

  void consumerWent(String pid, Object key) {
    synchronized (this) {
      consumers.remove(pid, key);
      ofConsumer(pid).forEach(this::link);
    }
    lanes.gone(pid);
    tellNeighbours(pid, false);
  }

  /** Nothing goes over any wire any more. */
  void close() {
    synchronized (this) {
      wires.forEach(LiveWire::invalidate);
      wires.clear();
    }
    lanes.close();
  }

  /**
   * Gives a component an envelope as if it had come over a wire, or sends one as if it had emitted it.
   *
   * @param port of the component
   * @return to how many receivers it went
   */
  int inject(String servicePid, boolean asInput, int port, WireEnvelope envelope) {
    List<LiveWire> over = new ArrayList<>();
    synchronized (this) {
      if (asInput) {
        LiveWire own =
            new LiveWire(
                servicePid,
                servicePid,
                LiveWire.complete("inject", servicePid, servicePid, Map.of("receiver.port", port)),
                news,
                lanes.to(servicePid),
                taps);
        Optional<EndBook.End<Consumer>> end = consumers.get(servicePid);
        end.ifPresent(
            there -> own.connect(new LiveWire.Ends(NOBODY, there.service(), there.flavors())));
        over.add(own);
      } else {
        ofProducer(servicePid).stream()
            .filter(wire -> wire.emitterPort() == port)
            .forEach(over::add);
      }
    }
    List<LiveWire> connected = over.stream().filter(LiveWire::isConnected).toList();
    connected.forEach(wire -> wire.update(envelope));
    return connected.size();
  }

  /** Stands for the producer of what is injected. */
  private static final Producer NOBODY =
      new Producer() {
        @Override
        public Object polled(Wire wire) {
          return null;
        }

        @Override
        public void consumersConnected(Wire[] wires) {
          // it has none
        }
      };

  private void link(LiveWire wire) {
    Optional<EndBook.End<Consumer>> consumer = consumers.get(wire.consumerPid());
    LiveWire.Ends now =
        new LiveWire.Ends(
            producers.get(wire.producerPid()).map(EndBook.End::service).orElse(null),
            consumer.map(EndBook.End::service).orElse(null),
            consumer.map(EndBook.End::flavors).orElse(null));
    if (wire.connect(now)) {
      int type = now.connected() ? WireAdminEvent.WIRE_CONNECTED : WireAdminEvent.WIRE_DISCONNECTED;
      news.tell(type, wire, null);
    }
  }

  private void tellEnds(LiveWire wire) {
    serial.execute(() -> tellConsumer(wire.consumerPid()));
    serial.execute(() -> tellProducer(wire.producerPid()));
  }

  /** Tells the one that came or went, if it is there, and all at the other ends of its wires. */
  private void tellNeighbours(String pid, boolean producer) {
    Set<String> others = new LinkedHashSet<>();
    synchronized (this) {
      if (producer) {
        ofProducer(pid).forEach(wire -> others.add(wire.consumerPid()));
      } else {
        ofConsumer(pid).forEach(wire -> others.add(wire.producerPid()));
      }
    }
    if (producer) {
      others.forEach(other -> serial.execute(() -> tellConsumer(other)));
      serial.execute(() -> tellProducer(pid));
    } else {
      serial.execute(() -> tellConsumer(pid));
      others.forEach(other -> serial.execute(() -> tellProducer(other)));
    }
  }

  private void tellProducer(String pid) {
    Optional<Producer> producer;
    Wire[] connected;
    synchronized (this) {
      producer = producers.get(pid).map(EndBook.End::service);
      connected = connected(ofProducer(pid));
    }
    producer.ifPresent(one -> one.consumersConnected(connected));
  }

  private void tellConsumer(String pid) {
    Optional<Consumer> consumer;
    Wire[] connected;
    synchronized (this) {
      consumer = consumers.get(pid).map(EndBook.End::service);
      connected = connected(ofConsumer(pid));
    }
    consumer.ifPresent(one -> one.producersConnected(connected));
  }

  private static Wire[] connected(List<LiveWire> some) {
    Wire[] connected = some.stream().filter(LiveWire::isConnected).toArray(Wire[]::new);
    return connected.length == 0 ? null : connected;
  }

  private List<LiveWire> ofProducer(String pid) {
    return wires.stream().filter(wire -> wire.producerPid().equals(pid)).toList();
  }

  private List<LiveWire> ofConsumer(String pid) {
    return wires.stream().filter(wire -> wire.consumerPid().equals(pid)).toList();
  }

  private Optional<LiveWire> known(Wire wire) {
    return wire instanceof LiveWire live && wires.contains(live)
        ? Optional.of(live)
        : Optional.empty();
  }

  private static Map<String, Object> copied(Dictionary<String, ?> given) {
    Map<String, Object> copy = new HashMap<>();
    List<String> folded = new ArrayList<>();
    Enumeration<String> keys = given == null ? null : given.keys();
    while (keys != null && keys.hasMoreElements()) {
      String key = keys.nextElement();
      String fold = key.toLowerCase(java.util.Locale.ROOT);
      if (folded.contains(fold)) {
        throw new IllegalArgumentException("property " + key + " is given twice");
      }
      folded.add(fold);
      copy.put(key, given.get(key));
    }
    return copy;
  }
}
