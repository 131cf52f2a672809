package org.eclipse.kura.core.configuration;

/** A list of configurations, as snapshots hold it. */
public class XmlComponentConfigurations {
  private java.util.List<org.eclipse.kura.configuration.ComponentConfiguration> configurations;

  public XmlComponentConfigurations() {}

  public java.util.List<org.eclipse.kura.configuration.ComponentConfiguration> getConfigurations() {
    return this.configurations;
  }

  public void setConfigurations(
      java.util.List<org.eclipse.kura.configuration.ComponentConfiguration> a0) {
    this.configurations = a0;
  }
}
