package org.eclipse.kura.core.configuration.metatype;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.namespace.QName;
import org.eclipse.kura.configuration.metatype.Designate;
import org.eclipse.kura.configuration.metatype.MetaData;
import org.eclipse.kura.configuration.metatype.OCD;

/** One metatype document. */
public class Tmetadata implements MetaData {

  protected List<Tocd> ocd = new ArrayList<>();
  protected List<Tdesignate> designate = new ArrayList<>();
  protected List<Object> any = new ArrayList<>();
  protected String localization;
  private final Map<QName, String> otherAttributes = new HashMap<>();

  /** Makes an empty one. */
  public Tmetadata() {
    super();
  }

  @Override
  public List<OCD> getOCD() {
    return new ArrayList<>(ocd);
  }

  /** Adds one. */
  public void setOCD(Tocd value) {
    ocd.add(value);
  }

  @Override
  public List<Designate> getDesignate() {
    return new ArrayList<>(designate);
  }

  /** Adds one. */
  public void setDesignate(Tdesignate value) {
    designate.add(value);
  }

  /** Elements of other name spaces. */
  public List<Object> getAny() {
    return any;
  }

  /** Adds an element of another name space. */
  public void getAny(Object value) {
    any.add(value);
  }

  @Override
  public String getLocalization() {
    return localization;
  }

  /** Sets it; null for none. */
  public void setLocalization(String value) {
    localization = value;
  }

  /** Attributes of other name spaces. */
  public Map<QName, String> getOtherAttributes() {
    return otherAttributes;
  }
}
