package org.eclipse.kura.driver.descriptor;

import org.osgi.annotation.versioning.ProviderType;

/** A driver's pid, factory and channel descriptor. */
@ProviderType
public class DriverDescriptor {

  private String pid;
  private String factoryPid;
  private Object channelDescriptor;

  public DriverDescriptor(String name, String name2, Object value) {
    this.pid = name;
    this.factoryPid = name2;
    this.channelDescriptor = value;
  }

  public String getPid() {
    return pid;
  }

  public String getFactoryPid() {
    return factoryPid;
  }

  public Object getChannelDescriptor() {
    return channelDescriptor;
  }
}
