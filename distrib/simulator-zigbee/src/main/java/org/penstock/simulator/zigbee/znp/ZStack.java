package org.penstock.simulator.zigbee.znp;

/** Versions of TI's Z-Stack; the product number is what SYS_VERSION tells. */
public enum ZStack {
  /** Z-Stack Home 1.2 (CC2530, CC2531). */
  V1_2(0, 2, 6, 3, 20190608),
  /** Z-Stack 3.x.0 (CC2652, CC1352). */
  V3_X_0(1, 2, 7, 1, 20230507),
  /** Z-Stack 3.0.x (CC2530, CC2538). */
  V3_0_X(2, 2, 7, 2, 20210708);

  final int product;
  final int major;
  final int minor;
  final int maintenance;
  final int revision;

  ZStack(int product, int major, int minor, int maintenance, int revision) {
    this.product = product;
    this.major = major;
    this.minor = minor;
    this.maintenance = maintenance;
    this.revision = revision;
  }
}
