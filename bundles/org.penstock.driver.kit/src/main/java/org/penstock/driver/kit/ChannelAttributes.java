package org.penstock.driver.kit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.kura.core.configuration.metatype.Tad;
import org.eclipse.kura.core.configuration.metatype.Toption;
import org.eclipse.kura.core.configuration.metatype.Tscalar;
import org.eclipse.kura.driver.ChannelDescriptor;

/** Builds what {@code Driver.getChannelDescriptor} returns. Any thread may call. */
public final class ChannelAttributes {

  private ChannelAttributes() {}

  /**
   * A descriptor of these attributes, in this order. Each {@code getDescriptor()} gives a fresh
   * list, since its readers may change what they get.
   *
   * @throws IllegalArgumentException when two attributes have the same id
   */
  public static ChannelDescriptor descriptor(ChannelAttribute... attributes) {
    Set<String> ids = new HashSet<>();
    for (ChannelAttribute attribute : attributes) {
      if (!ids.add(attribute.id())) {
        throw new IllegalArgumentException("two channel attributes '" + attribute.id() + "'");
      }
    }
    List<ChannelAttribute> all = List.of(attributes);
    return () -> {
      List<Tad> ads = new ArrayList<>(all.size());
      all.forEach(attribute -> ads.add(toAd(attribute)));
      return ads;
    };
  }

  private static Tad toAd(ChannelAttribute attribute) {
    Tad ad = new Tad();
    ad.setId(attribute.id());
    ad.setName(attribute.name());
    ad.setDescription(attribute.description());
    ad.setType(Tscalar.fromValue(attribute.type().value()));
    ad.setCardinality(0);
    ad.setRequired(attribute.required());
    if (!attribute.defaultValue().isEmpty()) {
      ad.setDefault(attribute.defaultValue());
    }
    if (attribute.min() != null) {
      ad.setMin(attribute.min());
    }
    if (attribute.max() != null) {
      ad.setMax(attribute.max());
    }
    for (String value : attribute.options()) {
      Toption option = new Toption();
      option.setLabel(value);
      option.setValue(value);
      ad.setOption(option);
    }
    return ad;
  }
}
