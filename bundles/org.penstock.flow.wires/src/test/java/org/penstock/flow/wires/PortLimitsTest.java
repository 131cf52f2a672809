package org.penstock.flow.wires;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Without this, the console draws components with wrong ports. */
class PortLimitsTest {

  @Test
  void withoutDeclarationThereIsOnePortForItsInterface() {
    assertEquals(new PortLimits(1, 1, 1, Map.of()), PortLimits.of(Map.of(), "input", true));
    assertEquals(new PortLimits(0, 0, 0, Map.of()), PortLimits.of(Map.of(), "input", false));
  }

  @Test
  void declaredCountsAndNamesAreTaken() {
    Map<String, Object> declared =
        Map.of(
            "output.cardinality.minimum", 2,
            "output.cardinality.maximum", 2,
            "output.cardinality.default", 2,
            "output.port.names", new String[] {"0=then", "1=else"});
    assertEquals(
        new PortLimits(2, 2, 2, Map.of(0, "then", 1, "else")),
        PortLimits.of(declared, "output", true));
  }

  @Test
  void namesLikePortsAndNamesOutOfRangeAreRejected() {
    Map<String, Object> declared =
        Map.of("input.cardinality.maximum", 3, "input.port.names", "0=in0\n1=out12\n2=if\n3=x");
    assertEquals(Map.of(2, "if"), PortLimits.of(declared, "input", true).names());
  }
}
