package org.penstock.acceptance.product;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** With Z-Stack 3.0.x, which older sticks have. */
@EnabledIfSystemProperty(named = "penstock.all", matches = "true")
class ZigbeeZStack30Test extends ZigbeeWalk {

  ZigbeeZStack30Test() {
    super("znp-3.0.x");
  }
}
