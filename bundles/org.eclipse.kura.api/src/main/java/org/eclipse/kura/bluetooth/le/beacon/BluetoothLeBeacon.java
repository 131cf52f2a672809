package org.eclipse.kura.bluetooth.le.beacon;

import org.osgi.annotation.versioning.ProviderType;

/** What all beacons have: the flags of the advertisement, the address and the strength heard. */
@ProviderType
public abstract class BluetoothLeBeacon {

  public static final byte AD_BYTES_NUMBER = 2;
  public static final byte AD_FLAG = 1;

  private boolean leBrHost;
  private boolean leBrController;
  private boolean brEdrSupported;
  private boolean leGeneral;
  private boolean leLimited;
  private String address;
  private int rssi;

  public BluetoothLeBeacon() {
    super();
  }

  public boolean isLeBrHost() {
    return leBrHost;
  }

  public void setLeBrHost(boolean leBrHost) {
    this.leBrHost = leBrHost;
  }

  public boolean isLeBrController() {
    return leBrController;
  }

  public void setLeBrController(boolean leBrController) {
    this.leBrController = leBrController;
  }

  public boolean isBrEdrSupported() {
    return brEdrSupported;
  }

  public void setBrEdrSupported(boolean brEdrSupported) {
    this.brEdrSupported = brEdrSupported;
  }

  public boolean isLeGeneral() {
    return leGeneral;
  }

  public void setLeGeneral(boolean leGeneral) {
    this.leGeneral = leGeneral;
  }

  public boolean isLeLimited() {
    return leLimited;
  }

  public void setLeLimited(boolean leLimited) {
    this.leLimited = leLimited;
  }

  public String getAddress() {
    return address;
  }

  public void setAddress(String address) {
    this.address = address;
  }

  public int getRssi() {
    return rssi;
  }

  public void setRssi(int rssi) {
    this.rssi = rssi;
  }
}
