package org.penstock.flow.wires;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.eclipse.kura.wire.WireEnvelope;
import org.eclipse.kura.wire.graph.ReceiverPort;
import org.osgi.service.wireadmin.Wire;

/** A port that envelopes arrive at. Any thread may call. */
final class InPort implements ReceiverPort {

  private final AtomicReference<List<Wire>> wires = new AtomicReference<>(List.of());
  private final AtomicReference<Consumer<WireEnvelope>> taker =
      new AtomicReference<>(envelope -> {});

  void connect(List<Wire> now) {
    wires.set(List.copyOf(now));
  }

  void receive(WireEnvelope envelope) {
    taker.get().accept(envelope);
  }

  @Override
  public void onWireReceive(Consumer<WireEnvelope> consumer) {
    taker.set(Objects.requireNonNull(consumer, "the consumer must not be null"));
  }

  @Override
  public List<Wire> listConnectedWires() {
    return wires.get();
  }
}
