package org.eclipse.kura.security.keystore;

/** A key store's pid, type and size. */
public class KeystoreInfo {

  private final String keystoreServicePid;
  private String type;
  private int size;

  public KeystoreInfo(String keystoreServicePid) {
    this.keystoreServicePid = keystoreServicePid;
  }

  public String getKeystoreServicePid() {
    return keystoreServicePid;
  }

  public String getType() {
    return type;
  }

  public void setType(String type) {
    this.type = type;
  }

  public int getSize() {
    return size;
  }

  public void setSize(int size) {
    this.size = size;
  }
}
