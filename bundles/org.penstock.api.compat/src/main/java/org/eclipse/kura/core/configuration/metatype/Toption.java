package org.eclipse.kura.core.configuration.metatype;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.namespace.QName;
import org.eclipse.kura.configuration.metatype.Option;

/** One choice of an attribute. */
public class Toption implements Option {

  protected List<Object> any = new ArrayList<>();
  protected String label;
  protected String value;
  private final Map<QName, String> otherAttributes = new HashMap<>();

  /** Makes an empty one. */
  public Toption() {
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
  public String getLabel() {
    return label;
  }

  /** Sets it; null for none. */
  public void setLabel(String value) {
    label = value;
  }

  @Override
  public String getValue() {
    return value;
  }

  /** Sets it; null for none. */
  public void setValue(String value) {
    this.value = value;
  }

  /** Attributes of other name spaces. */
  public Map<QName, String> getOtherAttributes() {
    return otherAttributes;
  }
}
