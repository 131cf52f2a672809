package org.penstock.simulator.zigbee;

import java.util.Locale;
import java.util.function.Consumer;
import org.penstock.simulator.zigbee.ezsp.EzspFrontEnd;
import org.penstock.simulator.zigbee.network.Coordinator;
import org.penstock.simulator.zigbee.network.FrontEnd;
import org.penstock.simulator.zigbee.znp.ZStack;
import org.penstock.simulator.zigbee.znp.ZnpFrontEnd;

/** What the simulated stick speaks towards its host. */
public enum Protocol {
  /** ZNP of Z-Stack 3.x.0 (CC2652, CC1352). */
  ZNP_3_X_0,
  /** ZNP of Z-Stack 3.0.x (CC2530, CC2538). */
  ZNP_3_0_X,
  /** ZNP of Z-Stack Home 1.2 (CC2531). */
  ZNP_1_2,
  /** EZSP version 13 over ASH (EmberZNet 7.4). */
  EZSP_13;

  /** By its name in any case, with any of - _ . between. */
  public static Protocol of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_'));
  }

  FrontEnd frontEnd(Coordinator coordinator, Consumer<byte[]> line) {
    return switch (this) {
      case ZNP_3_X_0 -> new ZnpFrontEnd(coordinator, ZStack.V3_X_0, line);
      case ZNP_3_0_X -> new ZnpFrontEnd(coordinator, ZStack.V3_0_X, line);
      case EZSP_13 -> new EzspFrontEnd(coordinator, line);
      case ZNP_1_2 -> new ZnpFrontEnd(coordinator, ZStack.V1_2, line);
    };
  }
}
