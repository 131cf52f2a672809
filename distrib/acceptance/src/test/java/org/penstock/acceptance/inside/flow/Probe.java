package org.penstock.acceptance.inside.flow;

import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.eclipse.kura.wire.WireComponent;
import org.eclipse.kura.wire.WireEmitter;
import org.eclipse.kura.wire.WireEnvelope;
import org.eclipse.kura.wire.WireReceiver;
import org.eclipse.kura.wire.WireRecord;
import org.eclipse.kura.wire.graph.MultiportWireSupport;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.wireadmin.Producer;
import org.osgi.service.wireadmin.Wire;

/** A wire component in a test's hands: keeps what it receives, emits what it is told. */
final class Probe
    implements WireEmitter,
        WireReceiver,
        Producer,
        org.osgi.service.wireadmin.Consumer,
        ConfigurableComponent,
        AutoCloseable {

  private final String pid;
  private final int in;
  private final int out;
  private final List<WireEnvelope> got = new CopyOnWriteArrayList<>();
  private final List<String> threads = new CopyOnWriteArrayList<>();
  private final List<Wire> outgoing = new CopyOnWriteArrayList<>();
  private final ServiceRegistration<?> registration;
  private final java.util.concurrent.CompletableFuture<MultiportWireSupport> ready =
      new java.util.concurrent.CompletableFuture<>();
  private volatile Consumer<WireEnvelope> doing = envelope -> {};
  private volatile long closedAt = Long.MAX_VALUE;
  private volatile int late;

  Probe(String pid) {
    this(pid, 1, 1);
  }

  @SuppressWarnings("unchecked")
  Probe(String pid, int in, int out, String... without) {
    this.pid = pid;
    this.in = in;
    this.out = out;
    List<String> services = new ArrayList<>();
    for (Class<?> type :
        List.of(
            WireComponent.class,
            WireEmitter.class,
            WireReceiver.class,
            Producer.class,
            org.osgi.service.wireadmin.Consumer.class,
            ConfigurableComponent.class)) {
      if (!List.of(without).contains(type.getSimpleName())) {
        services.add(type.getName());
      }
    }
    registration =
        Board.CONTEXT.registerService(
            services.toArray(String[]::new),
            this,
            new Hashtable<>(
                Map.of(
                    "service.pid", "service." + pid,
                    "kura.service.pid", pid,
                    "receiver.port.count", in,
                    "emitter.port.count", out)));
    ready.complete(
        (MultiportWireSupport)
            Board.helper()
                .newWireSupport(
                    this, (ServiceReference<WireComponent>) registration.getReference()));
  }

  String pid() {
    return pid;
  }

  /** WireAdmin sees it as a producer. */
  boolean emits() {
    return List.of((String[]) registration.getReference().getProperty("objectClass"))
        .contains(Producer.class.getName());
  }

  int inputs() {
    return in;
  }

  int outputs() {
    return out;
  }

  /** The ports; whoever calls before they are made waits. */
  MultiportWireSupport wires() {
    return ready.join();
  }

  /** What to do with each envelope, besides keeping it. */
  Probe doing(Consumer<WireEnvelope> task) {
    doing = task;
    return this;
  }

  void emit(Object... keysAndValues) {
    wires().emit(List.of(record(keysAndValues)));
  }

  static WireRecord record(Object... keysAndValues) {
    Map<String, TypedValue<?>> values = new TreeMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put((String) keysAndValues[i], TypedValues.newTypedValue(keysAndValues[i + 1]));
    }
    return new WireRecord(values);
  }

  List<WireEnvelope> got() {
    return got;
  }

  List<String> threads() {
    return threads;
  }

  List<Wire> outgoing() {
    return outgoing;
  }

  /** Envelopes that came after it was gone. */
  int late() {
    return late;
  }

  /** What came, as text: records with semicolons, values in order of key. */
  List<String> texts() {
    return got.stream()
        .map(
            envelope -> String.join("; ", envelope.getRecords().stream().map(Probe::text).toList()))
        .toList();
  }

  static String text(WireRecord record) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(record.getProperties())
        .forEach(
            (key, value) ->
                text.append(text.length() == 0 ? "" : " ")
                    .append(key)
                    .append('=')
                    .append(value.getValue()));
    return text.toString();
  }

  Probe await(int count) {
    Board.await(() -> pid + " got " + texts() + " of " + count, () -> got.size() >= count);
    return this;
  }

  @Override
  public void onWireReceive(WireEnvelope envelope) {
    if (System.nanoTime() > closedAt) {
      late++;
    }
    threads.add(Thread.currentThread().getName());
    got.add(envelope);
    doing.accept(envelope);
  }

  @Override
  public Object polled(Wire wire) {
    return wires().polled(wire);
  }

  @Override
  public void consumersConnected(Wire[] connected) {
    wires().consumersConnected(connected);
    outgoing.clear(); // after the ports know, for those who wait for it
    outgoing.addAll(connected == null ? List.of() : List.of(connected));
  }

  @Override
  public void updated(Wire wire, Object value) {
    wires().updated(wire, value);
  }

  @Override
  public void producersConnected(Wire[] connected) {
    wires().producersConnected(connected);
  }

  @Override
  public void close() {
    registration.unregister();
    closedAt = System.nanoTime();
  }
}
