package org.eclipse.kura.bluetooth.le.beacon;

/** Kinds of addresses in advertising reports, with the codes of the host controller interface. */
public enum AdvertisingReportAddressType {
  PUBLIC(0x00),
  RANDOM(0x01),
  PUBLIC_IDENTITY(0x02),
  RANDOM_IDENTITY(0x03),
  UNRESOLVED(0xFE);

  private final byte code;

  AdvertisingReportAddressType(int code) {
    this.code = (byte) code;
  }

  public byte getEventTypeCode() {
    return code;
  }

  public static AdvertisingReportAddressType valueOf(byte code) {
    for (AdvertisingReportAddressType candidate : values()) {
      if (candidate.code == code) {
        return candidate;
      }
    }
    throw new IllegalArgumentException("no AdvertisingReportAddressType has the code " + code);
  }
}
