package org.eclipse.kura.bluetooth.le.beacon;

/** Physical layers in advertising reports, with the codes of the host controller interface. */
public enum AdvertisingReportPhy {
  NONE(0x00),
  LE_1M(0x01),
  LE_2M(0x02),
  LE_CODED(0x03);

  private final byte code;

  AdvertisingReportPhy(int code) {
    this.code = (byte) code;
  }

  public byte getPhyCode() {
    return code;
  }

  public static AdvertisingReportPhy valueOf(byte code) {
    for (AdvertisingReportPhy candidate : values()) {
      if (candidate.code == code) {
        return candidate;
      }
    }
    throw new IllegalArgumentException("no AdvertisingReportPhy has the code " + code);
  }
}
