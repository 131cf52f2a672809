package org.eclipse.kura.asset.provider;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.kura.channel.ChannelType;
import org.eclipse.kura.channel.ScaleOffsetType;
import org.eclipse.kura.core.configuration.metatype.Tad;
import org.eclipse.kura.core.configuration.metatype.Toption;
import org.eclipse.kura.core.configuration.metatype.Tscalar;
import org.eclipse.kura.driver.ChannelDescriptor;
import org.eclipse.kura.type.DataType;

/** The properties that every channel has, whatever the driver. */
public class BaseChannelDescriptor implements ChannelDescriptor {

  /** The attributes, in the order shown. */
  protected final List<Tad> defaultElements = new ArrayList<>();

  /** The common attributes with their defaults. */
  protected BaseChannelDescriptor() {
    add(AssetConstants.ENABLED, Tscalar.BOOLEAN, true, "true", "Whether the channel takes part");
    add(AssetConstants.NAME, Tscalar.STRING, true, "Channel-1", "Name of the channel");
    addOptions(
        add(AssetConstants.TYPE, Tscalar.STRING, true, ChannelType.READ.name(), "Direction"),
        ChannelType.values());
    addOptions(
        add(
            AssetConstants.VALUE_TYPE,
            Tscalar.STRING,
            true,
            DataType.INTEGER.name(),
            "Data type of the value"),
        DataType.values());
    addOptions(
        add(
            AssetConstants.SCALE_OFFSET_TYPE,
            Tscalar.STRING,
            true,
            ScaleOffsetType.DEFINED_BY_VALUE_TYPE.name(),
            "Type in which scale and offset are applied"),
        ScaleOffsetType.values());
    add(AssetConstants.VALUE_SCALE, Tscalar.STRING, false, null, "Factor; empty is 1");
    add(AssetConstants.VALUE_OFFSET, Tscalar.STRING, false, null, "Summand; empty is 0");
    add(AssetConstants.VALUE_UNIT, Tscalar.STRING, false, "", "Unit of measure");
  }

  /** Offers the constants as options, label and value alike. */
  protected static void addOptions(Tad target, Enum<?>[] values) {
    for (Enum<?> value : values) {
      Toption option = new Toption();
      option.setLabel(value.name());
      option.setValue(value.name());
      target.setOption(option);
    }
  }

  /** The list of attributes. */
  @Override
  public Object getDescriptor() {
    return defaultElements;
  }

  /** A fresh descriptor. */
  public static BaseChannelDescriptor get() {
    return new BaseChannelDescriptor();
  }

  private Tad add(
      AssetConstants key, Tscalar type, boolean required, String defaultValue, String meaning) {
    Tad ad = new Tad();
    ad.setId(key.value());
    ad.setName(key.value().substring(1));
    ad.setDescription(meaning);
    ad.setType(type);
    ad.setCardinality(0);
    ad.setRequired(required);
    ad.setDefault(defaultValue);
    defaultElements.add(ad);
    return ad;
  }
}
