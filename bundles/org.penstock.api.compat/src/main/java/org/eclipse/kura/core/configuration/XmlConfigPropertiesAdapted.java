package org.eclipse.kura.core.configuration;

/** The properties of one component, as they stand in a document. */
public class XmlConfigPropertiesAdapted {

  private XmlConfigPropertyAdapted[] properties;

  public XmlConfigPropertiesAdapted() {
    super();
  }

  public XmlConfigPropertyAdapted[] getProperties() {
    return properties;
  }

  public void setProperties(XmlConfigPropertyAdapted[] properties) {
    this.properties = properties;
  }
}
