package org.penstock.acceptance.product;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** With EmberZNet, EZSP 13, which many of today's sticks have. */
@EnabledIfSystemProperty(named = "penstock.all", matches = "true")
class ZigbeeEzspTest extends ZigbeeWalk {

  ZigbeeEzspTest() {
    super("ezsp-13");
  }
}
