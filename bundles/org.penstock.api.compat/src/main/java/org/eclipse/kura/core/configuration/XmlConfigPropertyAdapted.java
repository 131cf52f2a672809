package org.eclipse.kura.core.configuration;

/** One property, as snapshots hold it. */
public class XmlConfigPropertyAdapted {
  private java.lang.String name;
  private boolean array;
  private org.eclipse.kura.core.configuration.XmlConfigPropertyAdapted.ConfigPropertyType type;
  private boolean encrypted;
  private java.lang.String[] values;

  public XmlConfigPropertyAdapted() {}

  public XmlConfigPropertyAdapted(
      java.lang.String a0,
      org.eclipse.kura.core.configuration.XmlConfigPropertyAdapted.ConfigPropertyType a1,
      java.lang.String[] a2) {
    this.name = a0;
    this.type = a1;
    this.values = a2;
  }

  public java.lang.String getName() {
    return this.name;
  }

  public void setName(java.lang.String a0) {
    this.name = a0;
  }

  public boolean getArray() {
    return this.array;
  }

  public void setArray(boolean a0) {
    this.array = a0;
  }

  public org.eclipse.kura.core.configuration.XmlConfigPropertyAdapted.ConfigPropertyType getType() {
    return this.type;
  }

  public void setType(
      org.eclipse.kura.core.configuration.XmlConfigPropertyAdapted.ConfigPropertyType a0) {
    this.type = a0;
  }

  public boolean isEncrypted() {
    return this.encrypted;
  }

  public void setEncrypted(boolean a0) {
    this.encrypted = a0;
  }

  public java.lang.String[] getValues() {
    return this.values;
  }

  public void setValues(java.lang.String[] a0) {
    this.values = a0;
  }

  public enum ConfigPropertyType {
    STRING_TYPE,
    LONG_TYPE,
    DOUBLE_TYPE,
    FLOAT_TYPE,
    INTEGER_TYPE,
    BYTE_TYPE,
    CHAR_TYPE,
    BOOLEAN_TYPE,
    SHORT_TYPE,
    PASSWORD_TYPE;
  }
}
