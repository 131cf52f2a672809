package org.penstock.acceptance.product;

/** With Z-Stack 3.x.0, which today's sticks have. */
class ZigbeeTest extends ZigbeeWalk {

  ZigbeeTest() {
    super("znp-3.x.0");
  }
}
