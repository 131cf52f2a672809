package org.penstock.acceptance.product;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** With Z-Stack 3.x.0. */
@EnabledIfSystemProperty(named = "penstock.all", matches = "true")
class ZigbeeRestoreTest extends ZigbeeRestore {

  ZigbeeRestoreTest() {
    super("znp-3.x.0");
  }
}
