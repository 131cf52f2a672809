package org.penstock.acceptance.product;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** With Z-Stack 3.x.0. */
@EnabledIfSystemProperty(named = "penstock.all", matches = "true")
class ZigbeeManyTest extends ZigbeeMany {

  ZigbeeManyTest() {
    super("znp-3.x.0");
  }
}
