package org.penstock.flow.wires;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eclipse.kura.wire.WireComponent;
import org.eclipse.kura.wire.WireEnvelope;
import org.eclipse.kura.wire.WireReceiver;
import org.eclipse.kura.wire.WireRecord;
import org.eclipse.kura.wire.graph.Constants;
import org.eclipse.kura.wire.graph.EmitterPort;
import org.eclipse.kura.wire.graph.MultiportWireSupport;
import org.eclipse.kura.wire.graph.ReceiverPort;
import org.osgi.service.wireadmin.Wire;

/** The ports of one component. Any thread may call; envelopes go on in the thread that brings them. */
final class WirePorts implements MultiportWireSupport {

  private final WireComponent component;
  private final String servicePid;
  private final List<OutPort> emitters;
  private final List<InPort> receivers;

  /**
   * @param servicePid stands in envelopes as the emitter
   * @param in number of receiver ports
   * @param out number of emitter ports
   */
  WirePorts(WireComponent component, String servicePid, int in, int out) {
    this.component = component;
    this.servicePid = servicePid;
    this.receivers = IntStream.range(0, in).mapToObj(port -> new InPort()).toList();
    this.emitters = IntStream.range(0, out).mapToObj(port -> new OutPort()).toList();
  }

  @Override
  public void emit(List<WireRecord> records) {
    WireEnvelope envelope = createWireEnvelope(records);
    for (OutPort port : emitters) {
      port.emit(envelope);
    }
  }

  @Override
  public WireEnvelope createWireEnvelope(List<WireRecord> records) {
    return new WireEnvelope(servicePid, records);
  }

  @Override
  public List<EmitterPort> getEmitterPorts() {
    return Collections.unmodifiableList(emitters);
  }

  @Override
  public List<ReceiverPort> getReceiverPorts() {
    return Collections.unmodifiableList(receivers);
  }

  @Override
  public void consumersConnected(Wire[] wires) {
    Map<Integer, List<Wire>> byPort = byPort(wires, Constants.WIRE_EMITTER_PORT_PROP_NAME);
    for (int port = 0; port < emitters.size(); port++) {
      emitters.get(port).connect(byPort.getOrDefault(port, List.of()));
    }
  }

  @Override
  public void producersConnected(Wire[] wires) {
    Map<Integer, List<Wire>> byPort = byPort(wires, Constants.WIRE_RECEIVER_PORT_PROP_NAME);
    for (int port = 0; port < receivers.size(); port++) {
      receivers.get(port).connect(byPort.getOrDefault(port, List.of()));
    }
  }

  @Override
  public void updated(Wire wire, Object value) {
    if (!(value instanceof WireEnvelope envelope)) {
      return;
    }
    if (component instanceof WireReceiver receiver) {
      receiver.onWireReceive(envelope);
      return;
    }
    Integer port = port(wire, Constants.WIRE_RECEIVER_PORT_PROP_NAME);
    if (port != null && port >= 0 && port < receivers.size()) {
      receivers.get(port).receive(envelope);
    }
  }

  /** What went over the wire last, if anything did. */
  @Override
  public Object polled(Wire wire) {
    return wire.getLastValue();
  }

  /** Wires without a port are nobody's. */
  private static Map<Integer, List<Wire>> byPort(Wire[] wires, Constants key) {
    Map<Integer, List<Wire>> byPort = new HashMap<>();
    for (Wire wire : wires == null ? new Wire[0] : wires) {
      Integer port = port(wire, key);
      if (port != null) {
        byPort.computeIfAbsent(port, number -> new ArrayList<>()).add(wire);
      }
    }
    return byPort;
  }

  private static Integer port(Wire wire, Constants key) {
    Object port =
        wire instanceof LiveWire live
            ? live.map().get(key.value())
            : wire.getProperties().get(key.value());
    return port instanceof Integer number ? number : null;
  }
}
