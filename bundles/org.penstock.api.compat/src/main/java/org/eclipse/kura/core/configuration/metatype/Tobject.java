package org.eclipse.kura.core.configuration.metatype;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.namespace.QName;
import org.eclipse.kura.configuration.metatype.Attribute;
import org.eclipse.kura.configuration.metatype.TObject;

/** The object of a designation. */
public class Tobject implements TObject {

  protected List<Tattribute> attribute = new ArrayList<>();
  protected List<Object> any = new ArrayList<>();
  protected String ocdref;
  private final Map<QName, String> otherAttributes = new HashMap<>();

  /** Makes an empty one. */
  public Tobject() {
    super();
  }

  @Override
  public List<Attribute> getAttribute() {
    return new ArrayList<>(attribute);
  }

  /** Elements of other name spaces. */
  public List<Object> getAny() {
    return any;
  }

  @Override
  public String getOcdref() {
    return ocdref;
  }

  /** Sets it; null for none. */
  public void setOcdref(String value) {
    ocdref = value;
  }

  /** Attributes of other name spaces. */
  public Map<QName, String> getOtherAttributes() {
    return otherAttributes;
  }
}
