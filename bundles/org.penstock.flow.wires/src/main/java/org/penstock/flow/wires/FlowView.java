package org.penstock.flow.wires;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.kura.wire.WireEnvelope;

/** Sums up the wires of one component. */
final class FlowView {

  private FlowView() {}

  static FlowJson.Component of(GraphHost host, String pid, List<LiveWire> wires) {
    List<LiveWire> in = wires.stream().filter(wire -> wire.receiverName().equals(pid)).toList();
    List<LiveWire> out = wires.stream().filter(wire -> wire.emitterName().equals(pid)).toList();
    Optional<Lane> lane = in.stream().map(LiveWire::lane).findFirst();
    TreeSet<String> troubles = new TreeSet<>();
    TreeSet<String> errors = new TreeSet<>();
    for (LiveWire wire : in) {
      troubles.add(wire.traffic().trouble());
      errors.add(wire.traffic().lastError());
    }
    troubles.remove("");
    errors.remove("");
    Optional<LiveWire> latest =
        (in.isEmpty() ? out : in)
            .stream().max(Comparator.comparingLong(wire -> wire.traffic().lastAt()));
    Object last = latest.map(LiveWire::getLastValue).orElse(null);
    return new FlowJson.Component(
        pid,
        host.servicePid(pid).isPresent(),
        in.stream().mapToLong(wire -> wire.traffic().sendings()).sum(),
        in.stream().mapToLong(wire -> wire.traffic().failures()).sum(),
        out.stream().mapToLong(wire -> wire.traffic().sendings()).max().orElse(0),
        in.stream().mapToLong(wire -> wire.traffic().totalNanos()).sum(),
        in.stream().mapToLong(wire -> wire.traffic().longestNanos()).max().orElse(0),
        lane.map(Lane::isAside).orElse(false),
        lane.map(Lane::backlog).orElse(0),
        lane.map(Lane::dropped).orElse(0L),
        String.join("; ", troubles),
        String.join("; ", errors),
        latest.map(wire -> wire.traffic().lastAt()).orElse(0L),
        last instanceof WireEnvelope envelope
            ? FlowJson.records(envelope.getRecords())
            : List.of());
  }
}
