package org.eclipse.kura.core.configuration.metatype;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.namespace.QName;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.configuration.metatype.Option;
import org.eclipse.kura.configuration.metatype.Scalar;

/** One attribute of a definition, as a metatype document states it. */
public class Tad implements AD {

  protected List<Toption> option = new ArrayList<>();
  protected List<Object> any = new ArrayList<>();
  protected String name;
  protected String description;
  protected String id;
  protected Tscalar type;
  protected Integer cardinality;
  protected String min;
  protected String max;
  protected String _default;
  protected Boolean required;
  private final Map<QName, String> otherAttributes = new HashMap<>();

  /** Makes an empty one. */
  public Tad() {
    super();
  }

  @Override
  public List<Option> getOption() {
    return new ArrayList<>(option);
  }

  /** Adds one. */
  public void setOption(Toption value) {
    option.add(value);
  }

  /** Elements of other name spaces. */
  public List<Object> getAny() {
    return any;
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

  /** Sets it; null for none. */
  public void setType(Tscalar value) {
    type = value;
  }

  /** Sets it; null for none. */
  public void setCardinality(Integer value) {
    cardinality = value;
  }

  @Override
  public String getMin() {
    return min;
  }

  /** Sets it; null for none. */
  public void setMin(String value) {
    min = value;
  }

  @Override
  public String getMax() {
    return max;
  }

  /** Sets it; null for none. */
  public void setMax(String value) {
    max = value;
  }

  @Override
  public String getDefault() {
    return _default;
  }

  /** Sets it; null for none. */
  public void setDefault(String value) {
    _default = value;
  }

  /** Sets it; null for none. */
  public void setRequired(Boolean value) {
    required = value;
  }

  @Override
  public Scalar getType() {
    return type == null ? null : Scalar.valueOf(type.name());
  }

  /** 0 unless stated. */
  @Override
  public int getCardinality() {
    return cardinality == null ? 0 : cardinality;
  }

  /** True unless stated. */
  @Override
  public boolean isRequired() {
    return required == null || required;
  }

  /** Attributes of other name spaces. */
  public Map<QName, String> getOtherAttributes() {
    return otherAttributes;
  }
}
