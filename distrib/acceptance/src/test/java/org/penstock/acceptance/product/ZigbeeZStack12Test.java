package org.penstock.acceptance.product;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** With Z-Stack 1.2, which older sticks have. */
@EnabledIfSystemProperty(named = "penstock.all", matches = "true")
class ZigbeeZStack12Test extends ZigbeeWalk {

  ZigbeeZStack12Test() {
    super("znp-1.2");
  }
}
