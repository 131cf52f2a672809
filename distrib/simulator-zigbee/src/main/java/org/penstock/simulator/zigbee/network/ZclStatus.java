package org.penstock.simulator.zigbee.network;

/** ZCL statuses (ZCL 2.6.3). */
final class ZclStatus {

  static final int SUCCESS = 0x00;
  static final int MALFORMED = 0x80;
  static final int UNSUPPORTED_COMMAND = 0x81;
  static final int UNSUPPORTED_GENERAL = 0x82;
  static final int UNSUPPORTED_ATTRIBUTE = 0x86;
  static final int INVALID_VALUE = 0x87;
  static final int READ_ONLY = 0x88;
  static final int NOT_FOUND = 0x8B;
  static final int INVALID_TYPE = 0x8D;
  static final int UNSUPPORTED_CLUSTER = 0xC3;

  private ZclStatus() {}
}
