package org.eclipse.kura.core.configuration.metatype;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.namespace.QName;
import org.eclipse.kura.configuration.metatype.Icon;

/** An icon of a definition, by bundle resource or address. */
public class Ticon implements Icon {

  protected List<Object> any = new ArrayList<>();
  protected String resource;
  protected java.math.BigInteger size;
  private final Map<QName, String> otherAttributes = new HashMap<>();

  /** Makes an empty one. */
  public Ticon() {
    super();
  }

  /** Elements of other name spaces. */
  public List<Object> getAny() {
    return any;
  }

  /** Adds an element of another name space. */
  public void setAny(Object value) {
    any.add(value);
  }

  @Override
  public String getResource() {
    return resource;
  }

  /** Sets it; null for none. */
  public void setResource(String value) {
    resource = value;
  }

  @Override
  public java.math.BigInteger getSize() {
    return size;
  }

  /** Sets it; null for none. */
  public void setSize(java.math.BigInteger value) {
    size = value;
  }

  /** Attributes of other name spaces. */
  public Map<QName, String> getOtherAttributes() {
    return otherAttributes;
  }
}
