package org.eclipse.kura.core.configuration;

/** A property as it stands in a document: its values as texts, and their type. */
public class XmlConfigPropertyAdapted {

  private String name;
  private boolean array;
  private ConfigPropertyType type;
  private boolean encrypted;
  private String[] values;

  public XmlConfigPropertyAdapted() {
    super();
  }

  public XmlConfigPropertyAdapted(String name, ConfigPropertyType type, String[] values) {
    this.name = name;
    this.type = type;
    this.values = values;
    this.encrypted = false;
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public boolean getArray() {
    return array;
  }

  public void setArray(boolean array) {
    this.array = array;
  }

  public ConfigPropertyType getType() {
    return type;
  }

  public void setType(ConfigPropertyType type) {
    this.type = type;
  }

  public boolean isEncrypted() {
    return encrypted;
  }

  public void setEncrypted(boolean encrypted) {
    this.encrypted = encrypted;
  }

  public String[] getValues() {
    return values;
  }

  public void setValues(String[] values) {
    this.values = values;
  }

  /** The types of properties. */
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
    PASSWORD_TYPE
  }
}
