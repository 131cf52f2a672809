package org.eclipse.kura.core.configuration.metatype;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.namespace.QName;
import org.eclipse.kura.configuration.metatype.Attribute;

/** One attribute value inside a designated object. */
public class Tattribute implements Attribute {

  protected List<String> value = new ArrayList<>();
  protected List<Object> any = new ArrayList<>();
  protected String adref;
  protected String content;
  private final Map<QName, String> otherAttributes = new HashMap<>();

  /** Makes an empty one. */
  public Tattribute() {
    super();
  }

  @Override
  public List<String> getValue() {
    return new ArrayList<>(value);
  }

  /** Elements of other name spaces. */
  public List<Object> getAny() {
    return any;
  }

  @Override
  public String getAdref() {
    return adref;
  }

  /** Sets it; null for none. */
  public void setAdref(String value) {
    adref = value;
  }

  @Override
  public String getContent() {
    return content;
  }

  /** Sets it; null for none. */
  public void setContent(String value) {
    content = value;
  }

  /** Attributes of other name spaces. */
  public Map<QName, String> getOtherAttributes() {
    return otherAttributes;
  }
}
