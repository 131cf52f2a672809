package org.penstock.acceptance.product;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** With Z-Stack 3.x.0. */
@EnabledIfSystemProperty(named = "penstock.all", matches = "true")
class ZigbeeHotUpdateTest extends ZigbeeHotUpdate {

  ZigbeeHotUpdateTest() {
    super("znp-3.x.0");
  }
}
