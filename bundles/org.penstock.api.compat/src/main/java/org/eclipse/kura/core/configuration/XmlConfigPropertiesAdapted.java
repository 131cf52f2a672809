package org.eclipse.kura.core.configuration;

/** The properties of one configuration, as snapshots hold them. */
public class XmlConfigPropertiesAdapted {
  private org.eclipse.kura.core.configuration.XmlConfigPropertyAdapted[] properties;

  public XmlConfigPropertiesAdapted() {}

  public org.eclipse.kura.core.configuration.XmlConfigPropertyAdapted[] getProperties() {
    return this.properties;
  }

  public void setProperties(org.eclipse.kura.core.configuration.XmlConfigPropertyAdapted[] a0) {
    this.properties = a0;
  }
}
