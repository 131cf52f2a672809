package org.eclipse.kura.bluetooth.le.beacon;

import org.osgi.annotation.versioning.ProviderType;

/** Events of legacy and extended advertising reports, with the codes of the host controller interface. */
@ProviderType
public enum AdvertisingReportEventType {
  ADV_IND(0x00, 0x13, false),
  ADV_DIRECT_IND(0x01, 0x15, false),
  ADV_SCAN_IND(0x02, 0x12, false),
  ADV_NONCONN_IND(0x03, 0x10, false),
  SCAN_RSP(0x04, 0x18, false),
  ADV_IND_EXT(0x13, 0x13, true),
  ADV_DIRECT_IND_EXT(0x15, 0x15, true),
  ADV_SCAN_IND_EXT(0x12, 0x12, true),
  ADV_NONCONN_IND_EXT(0x10, 0x10, true),
  SCAN_RSP_ADV_IND_EXT(0x1B, 0x1B, true),
  SCAN_RSP_ADV_SCAN_IND_EXT(0x1A, 0x1A, true),
  DATA_STATUS_COMPLETED(0x00, 0x00, true),
  DATA_STATUS_INCOMPLETE_ONGOING(0x20, 0x20, true),
  DATA_STATUS_INCOMPLETE_FINISHED(0x40, 0x40, true);

  private static final int CONNECTABLE = 0x01;
  private static final int SCANNABLE = 0x02;
  private static final int DIRECTED = 0x04;
  private static final int SCAN_RESPONSE = 0x08;
  private static final int LEGACY = 0x10;
  private static final int DATA_STATUS = 0x60;

  private final byte code;
  private final int bits;
  private final boolean extended;

  AdvertisingReportEventType(int code, int bits, boolean extended) {
    this.code = (byte) code;
    this.bits = bits;
    this.extended = extended;
  }

  public DataStatus getDataStatus() {
    return switch (this) {
      case DATA_STATUS_COMPLETED -> DataStatus.COMPLETED;
      case DATA_STATUS_INCOMPLETE_ONGOING -> DataStatus.INCOMPLETE_ONGOING;
      case DATA_STATUS_INCOMPLETE_FINISHED -> DataStatus.INCOMPLETE_FINISHED;
      default -> extended ? DataStatus.COMPLETED : DataStatus.UNKNOWN;
    };
  }

  public boolean isConnectable() {
    return (bits & CONNECTABLE) != 0;
  }

  public boolean isDirected() {
    return (bits & DIRECTED) != 0;
  }

  public boolean isScannable() {
    return (bits & SCANNABLE) != 0;
  }

  public boolean isScanResponse() {
    return (bits & SCAN_RESPONSE) != 0;
  }

  public byte getEventTypeCode() {
    return code;
  }

  /** The event of that code; of an extended report that is no legacy event, the status of its data. */
  public static AdvertisingReportEventType valueOf(int event, boolean extendedReport) {
    int code = !extendedReport || (event & LEGACY) != 0 ? event : event & DATA_STATUS;
    for (AdvertisingReportEventType candidate : values()) {
      if (candidate.extended == extendedReport && candidate.code == (byte) code) {
        return candidate;
      }
    }
    throw new IllegalArgumentException("no advertising event has the code " + event);
  }

  @Deprecated
  public static AdvertisingReportEventType valueOf(byte event) {
    return valueOf(event, false);
  }

  /** Whether a report has all its data. */
  public enum DataStatus {
    UNKNOWN,
    COMPLETED,
    INCOMPLETE_ONGOING,
    INCOMPLETE_FINISHED
  }
}
