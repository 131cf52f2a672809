package org.penstock.flow.wires;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.eclipse.kura.wire.WireEnvelope;
import org.eclipse.kura.wire.graph.PortAggregator;
import org.eclipse.kura.wire.graph.ReceiverPort;

/** Brings the envelopes of several ports together. Any thread may bring one. */
final class Gatherer implements PortAggregator {

  private final boolean barrier;
  private final WireEnvelope[] latest;
  private final AtomicReference<Consumer<List<WireEnvelope>>> taker =
      new AtomicReference<>(envelopes -> {});

  /**
   * @param barrier true waits for all ports, then forgets; false hands on at each arrival what each
   *     port brought last, null where nothing came yet
   */
  Gatherer(List<ReceiverPort> ports, boolean barrier) {
    this.barrier = barrier;
    this.latest = new WireEnvelope[ports.size()];
    for (int port = 0; port < latest.length; port++) {
      int number = port;
      ports.get(port).onWireReceive(envelope -> arrived(number, envelope));
    }
  }

  @Override
  public void onWireReceive(Consumer<List<WireEnvelope>> consumer) {
    taker.set(Objects.requireNonNull(consumer, "the consumer must not be null"));
  }

  private void arrived(int port, WireEnvelope envelope) {
    List<WireEnvelope> together;
    synchronized (latest) {
      latest[port] = envelope;
      if (barrier && Arrays.stream(latest).anyMatch(Objects::isNull)) {
        return;
      }
      together = Arrays.asList(latest.clone());
      if (barrier) {
        Arrays.fill(latest, null);
      }
    }
    taker.get().accept(together);
  }
}
