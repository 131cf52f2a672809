package org.penstock.core.configuration;

import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.configuration.metatype.Icon;
import org.eclipse.kura.configuration.metatype.OCD;
import org.eclipse.kura.configuration.metatype.Option;
import org.eclipse.kura.core.configuration.metatype.Tad;
import org.eclipse.kura.core.configuration.metatype.Ticon;
import org.eclipse.kura.core.configuration.metatype.Tocd;
import org.eclipse.kura.core.configuration.metatype.Toption;
import org.eclipse.kura.core.configuration.metatype.Tscalar;

/** Copies of definitions that are of a component's own classes. */
final class Copies {

  private Copies() {}

  static Tocd of(OCD definition) {
    Tocd copy = new Tocd();
    copy.setId(definition.getId());
    copy.setName(definition.getName());
    copy.setDescription(definition.getDescription());
    for (Icon icon : definition.getIcon()) {
      Ticon one = new Ticon();
      one.setResource(icon.getResource());
      one.setSize(icon.getSize());
      copy.setIcon(one);
    }
    for (AD attribute : definition.getAD()) {
      copy.addAD(of(attribute));
    }
    return copy;
  }

  private static Tad of(AD attribute) {
    Tad copy = new Tad();
    copy.setId(attribute.getId());
    copy.setName(attribute.getName());
    copy.setDescription(attribute.getDescription());
    copy.setType(Tscalar.valueOf(attribute.getType().name()));
    copy.setCardinality(attribute.getCardinality());
    copy.setMin(attribute.getMin());
    copy.setMax(attribute.getMax());
    copy.setDefault(attribute.getDefault());
    copy.setRequired(attribute.isRequired());
    for (Option option : attribute.getOption()) {
      Toption one = new Toption();
      one.setLabel(option.getLabel());
      one.setValue(option.getValue());
      copy.setOption(one);
    }
    return copy;
  }
}
