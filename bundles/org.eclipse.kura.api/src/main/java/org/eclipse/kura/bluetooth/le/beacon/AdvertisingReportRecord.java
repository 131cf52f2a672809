package org.eclipse.kura.bluetooth.le.beacon;

import org.osgi.annotation.versioning.ProviderType;

/** One advertisement that a radio has heard. */
@ProviderType
public class AdvertisingReportRecord {

  private Integer eventType;
  private AdvertisingReportAddressType addressType;
  private String address;
  private AdvertisingReportAddressType directAddressType;
  private String directAddress;
  private AdvertisingReportPhy primaryPhy;
  private AdvertisingReportPhy secondaryPhy;
  private int periodicAdvertisingInterval;
  private byte[] reportData;
  private int length;
  private int sid;
  private int txPower;
  private int rssi;
  private boolean extendedReport;

  public AdvertisingReportRecord() {
    super();
  }

  /** The event, whose code means one thing in legacy and another in extended reports. */
  public AdvertisingReportEventType getEventType() {
    return eventType == null ? null : AdvertisingReportEventType.valueOf(eventType, extendedReport);
  }

  public void setEventType(int eventType) {
    this.eventType = eventType;
  }

  public AdvertisingReportAddressType getAddressType() {
    return addressType;
  }

  public void setAddressType(int addressType) {
    this.addressType = AdvertisingReportAddressType.valueOf((byte) addressType);
  }

  public String getAddress() {
    return address;
  }

  public void setAddress(String address) {
    this.address = address;
  }

  public AdvertisingReportAddressType getDirectAddressType() {
    return directAddressType;
  }

  public void setDirectAddressType(int directAddressType) {
    this.directAddressType = AdvertisingReportAddressType.valueOf((byte) directAddressType);
  }

  public String getDirectAddress() {
    return directAddress;
  }

  public void setDirectAddress(String directAddress) {
    this.directAddress = directAddress;
  }

  public AdvertisingReportPhy getPrimaryPhy() {
    return primaryPhy;
  }

  public void setPrimaryPhy(int primaryPhy) {
    this.primaryPhy = AdvertisingReportPhy.valueOf((byte) primaryPhy);
  }

  public AdvertisingReportPhy getSecondaryPhy() {
    return secondaryPhy;
  }

  public void setSecondaryPhy(int secondaryPhy) {
    this.secondaryPhy = AdvertisingReportPhy.valueOf((byte) secondaryPhy);
  }

  public int getPeriodicAdvertisingInterval() {
    return periodicAdvertisingInterval;
  }

  public void setPeriodicAdvertisingInterval(int periodicAdvertisingInterval) {
    this.periodicAdvertisingInterval = periodicAdvertisingInterval;
  }

  public byte[] getReportData() {
    return reportData;
  }

  public void setReportData(byte[] reportData) {
    this.reportData = reportData;
  }

  public int getLength() {
    return length;
  }

  public void setLength(int length) {
    this.length = length;
  }

  public int getSid() {
    return sid;
  }

  public void setSid(int sid) {
    this.sid = sid;
  }

  public int getTxPower() {
    return txPower;
  }

  public void setTxPower(int txPower) {
    this.txPower = txPower;
  }

  public int getRssi() {
    return rssi;
  }

  public void setRssi(int rssi) {
    this.rssi = rssi;
  }

  public boolean isExtendedReport() {
    return extendedReport;
  }

  public void setExtendedReport(boolean extendedReport) {
    this.extendedReport = extendedReport;
  }
}
