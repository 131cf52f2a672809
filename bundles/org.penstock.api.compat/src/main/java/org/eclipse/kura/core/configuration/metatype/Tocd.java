package org.eclipse.kura.core.configuration.metatype;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.namespace.QName;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.configuration.metatype.Icon;
import org.eclipse.kura.configuration.metatype.OCD;

/** The definition of a component: its attributes and icons. */
public class Tocd implements OCD {

  protected List<Tad> ad = new ArrayList<>();
  protected List<Ticon> icon = new ArrayList<>();
  protected List<Object> any = new ArrayList<>();
  protected String name;
  protected String description;
  protected String id;
  private final Map<QName, String> otherAttributes = new HashMap<>();

  /** Makes an empty one. */
  public Tocd() {
    super();
  }

  @Override
  public List<AD> getAD() {
    return new ArrayList<>(ad);
  }

  /** Adds one. */
  public void addAD(Tad value) {
    ad.add(value);
  }

  @Override
  public List<Icon> getIcon() {
    return new ArrayList<>(icon);
  }

  /** Adds one. */
  public void setIcon(Ticon value) {
    icon.add(value);
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
  public String getName() {
    return name;
  }

  /** Sets it; null for none. */
  public void setName(String value) {
    name = value;
  }

  @Override
  public String getDescription() {
    return description;
  }

  /** Sets it; null for none. */
  public void setDescription(String value) {
    description = value;
  }

  @Override
  public String getId() {
    return id;
  }

  /** Sets it; null for none. */
  public void setId(String value) {
    id = value;
  }

  /** Attributes of other name spaces. */
  public Map<QName, String> getOtherAttributes() {
    return otherAttributes;
  }
}
