package org.penstock.acceptance.product;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** With EZSP 13. Without it the library's threads could keep the old bundle. */
@EnabledIfSystemProperty(named = "penstock.all", matches = "true")
class ZigbeeHotUpdateEzspTest extends ZigbeeHotUpdate {

  ZigbeeHotUpdateEzspTest() {
    super("ezsp-13");
  }
}
