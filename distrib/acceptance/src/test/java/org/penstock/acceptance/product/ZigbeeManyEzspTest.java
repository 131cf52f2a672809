package org.penstock.acceptance.product;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** With EZSP 13. */
@EnabledIfSystemProperty(named = "penstock.all", matches = "true")
class ZigbeeManyEzspTest extends ZigbeeMany {

  ZigbeeManyEzspTest() {
    super("ezsp-13");
  }
}
