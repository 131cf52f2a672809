package org.penstock.acceptance.inside.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.osgi.framework.ServiceRegistration;

/** Probes before and behind what is tried, gone after each test. */
abstract class Probed {

  static final String WIRE = "org.eclipse.kura.wire.";

  final Probe in = new Probe("sIn", 0, 1);
  final Probe out = new Probe("sOut", 1, 0);
  final Probe second = new Probe("sSecond", 1, 1);
  final List<ServiceRegistration<?>> registrations = new ArrayList<>();

  @BeforeEach
  void empty() {
    assertEquals(List.of(), Board.connected());
  }

  @AfterEach
  void close() throws Exception {
    Board.clear();
    in.close();
    out.close();
    second.close();
    registrations.forEach(ServiceRegistration::unregister);
  }

  /** in -> the component -> out. */
  final void chain(String factory, Object... keysAndValues) throws Exception {
    new Board()
        .probe(in)
        .put("sUnder", 1, 1, factory, keysAndValues)
        .probe(out)
        .wire("sIn", "sUnder")
        .wire("sUnder", "sOut")
        .apply();
  }
}
