package org.penstock.flow.wires;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.wire.WireEnvelope;
import org.eclipse.kura.wire.graph.EmitterPort;
import org.osgi.service.wireadmin.Wire;

/** A port that envelopes leave by. Any thread may call. */
final class OutPort implements EmitterPort {

  private final AtomicReference<List<Wire>> wires = new AtomicReference<>(List.of());

  void connect(List<Wire> now) {
    wires.set(List.copyOf(now));
  }

  @Override
  public void emit(WireEnvelope envelope) {
    for (Wire wire : wires.get()) {
      wire.update(envelope);
    }
  }

  @Override
  public List<Wire> listConnectedWires() {
    return wires.get();
  }
}
