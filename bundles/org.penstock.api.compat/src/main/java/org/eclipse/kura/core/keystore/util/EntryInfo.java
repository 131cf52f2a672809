package org.eclipse.kura.core.keystore.util;

/** Where an entry stands: the key store and the name in it. */
public class EntryInfo {

  private final String keystoreServicePid;
  private final String alias;

  public EntryInfo(String keystoreServicePid, String alias) {
    this.keystoreServicePid = keystoreServicePid;
    this.alias = alias;
  }

  public String getKeystoreServicePid() {
    return keystoreServicePid;
  }

  public String getAlias() {
    return alias;
  }
}
