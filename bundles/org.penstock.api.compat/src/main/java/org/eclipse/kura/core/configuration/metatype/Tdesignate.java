package org.eclipse.kura.core.configuration.metatype;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.namespace.QName;
import org.eclipse.kura.configuration.metatype.Designate;

/** Binds a definition to a pid or a factory pid. */
public class Tdesignate implements Designate {

  protected List<Object> any = new ArrayList<>();
  protected Tobject object;
  protected String pid;
  protected String factoryPid;
  protected String bundle;
  protected Boolean optional;
  protected Boolean merge;
  private final Map<QName, String> otherAttributes = new HashMap<>();

  /** Makes an empty one. */
  public Tdesignate() {
    super();
  }

  /** Elements of other name spaces. */
  public List<Object> getAny() {
    return any;
  }

  @Override
  public Tobject getObject() {
    return object;
  }

  /** Sets it; null for none. */
  public void setObject(Tobject value) {
    object = value;
  }

  @Override
  public String getPid() {
    return pid;
  }

  /** Sets it; null for none. */
  public void setPid(String value) {
    pid = value;
  }

  @Override
  public String getFactoryPid() {
    return factoryPid;
  }

  /** Sets it; null for none. */
  public void setFactoryPid(String value) {
    factoryPid = value;
  }

  @Override
  public String getBundle() {
    return bundle;
  }

  /** Sets it; null for none. */
  public void setBundle(String value) {
    bundle = value;
  }

  /** Sets it; null for none. */
  public void setOptional(Boolean value) {
    optional = value;
  }

  /** Sets it; null for none. */
  public void setMerge(Boolean value) {
    merge = value;
  }

  /** False unless stated. */
  @Override
  public boolean isOptional() {
    return optional != null && optional;
  }

  /** False unless stated. */
  @Override
  public boolean isMerge() {
    return merge != null && merge;
  }

  /** Attributes of other name spaces. */
  public Map<QName, String> getOtherAttributes() {
    return otherAttributes;
  }
}
