package org.penstock.simulator.zigbee;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.penstock.simulator.zigbee.network.DeviceKind;

/** zigbee-herdsman believes the EZSP front end. */
class HerdsmanOnEzspTest extends HerdsmanRun {

  HerdsmanOnEzspTest() {
    super(Protocol.EZSP_13, "ember");
  }

  @Test
  @Order(14)
  @DisplayName("faults: frames that are spoilt or cut are repeated")
  void repeatsWhatIsSpoilt() {
    String read = "read " + the(DeviceKind.THERMOSTAT) + " 1 hvacThermostat localTemp";
    simulator.faults().corruptNext(1);
    assertEquals("ok read {\"localTemp\":2050}", herdsman.ask(read));
    simulator.faults().truncateNext(1);
    assertEquals("ok read {\"localTemp\":2050}", herdsman.ask(read));
  }
}
