package org.penstock.flow.wires;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.eclipse.kura.wire.WireEnvelope;
import org.eclipse.kura.wire.graph.PortAggregator;
import org.eclipse.kura.wire.graph.ReceiverPort;
import org.junit.jupiter.api.Test;

/** Without this, components with several inputs mix up envelopes of different rounds. */
class GathererTest {

  private static final Random RANDOM = new Random(3);

  private record Rig(List<InPort> ports, List<List<String>> fired) {

    static Rig of(int size, boolean barrier) {
      List<InPort> ports = IntStream.range(0, size).mapToObj(i -> new InPort()).toList();
      List<ReceiverPort> list = new ArrayList<>(ports);
      PortAggregator aggregator =
          barrier ? new BarrierAggregators().build(list) : new CachingAggregators().build(list);
      List<List<String>> fired = new ArrayList<>();
      aggregator.onWireReceive(
          envelopes ->
              fired.add(envelopes.stream().map(e -> e == null ? "-" : e.getEmitterPid()).toList()));
      return new Rig(ports, fired);
    }

    void arrive(int port, String name) {
      ports.get(port).receive(new WireEnvelope(name, List.of()));
    }
  }

  @Test
  void barrierFiresWhenAllPortsHaveAnEnvelopeThenClears() {
    Rig rig = Rig.of(2, true);
    rig.arrive(0, "a1");
    rig.arrive(0, "a2");
    assertEquals(List.of(), rig.fired());
    rig.arrive(1, "b1");
    rig.arrive(1, "b2");
    assertEquals(List.of(List.of("a2", "b1")), rig.fired());
  }

  @Test
  void cachingFiresOnEveryArrivalWithLastKnownAndNullForNeverReceived() {
    Rig rig = Rig.of(2, false);
    rig.arrive(1, "b1");
    rig.arrive(0, "a1");
    rig.arrive(1, "b2");
    assertEquals(
        List.of(List.of("-", "b1"), List.of("a1", "b1"), List.of("a1", "b2")), rig.fired());
  }

  @Test
  void randomArrivalsMatchTheRule() {
    for (int round = 0; round < 500; round++) {
      int size = 1 + RANDOM.nextInt(4);
      boolean barrier = RANDOM.nextBoolean();
      Rig rig = Rig.of(size, barrier);
      String[] last = new String[size];
      List<List<String>> expected = new ArrayList<>();
      for (int step = 0; step < 30; step++) {
        int port = RANDOM.nextInt(size);
        String name = port + "." + step;
        rig.arrive(port, name);
        last[port] = name;
        boolean all = Arrays.stream(last).allMatch(x -> x != null);
        if (!barrier || all) {
          expected.add(Arrays.stream(last).map(x -> x == null ? "-" : x).toList());
        }
        if (barrier && all) {
          last = new String[size];
        }
      }
      assertEquals(expected, rig.fired());
    }
  }
}
