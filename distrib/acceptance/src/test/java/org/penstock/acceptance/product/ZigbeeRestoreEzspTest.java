package org.penstock.acceptance.product;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** With EZSP 13. Without it a broken stick with EmberZNet could cost all devices their network. */
@EnabledIfSystemProperty(named = "penstock.all", matches = "true")
class ZigbeeRestoreEzspTest extends ZigbeeRestore {

  ZigbeeRestoreEzspTest() {
    super("ezsp-13");
  }
}
