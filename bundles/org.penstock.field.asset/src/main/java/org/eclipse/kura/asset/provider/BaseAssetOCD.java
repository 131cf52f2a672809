package org.eclipse.kura.asset.provider;

import org.eclipse.kura.core.configuration.metatype.Tad;
import org.eclipse.kura.core.configuration.metatype.Tocd;
import org.eclipse.kura.core.configuration.metatype.Tscalar;

/** The definition that every asset begins with: its description and its driver. */
public class BaseAssetOCD extends Tocd {

  /** The definition with its two attributes. */
  public BaseAssetOCD() {
    setId(BaseAsset.CONF_PID);
    setName("Asset");
    setDescription("Channels of one device, read and written through a driver");
    addAD(
        text(
            AssetConstants.ASSET_DESC_PROP.value(),
            "Description",
            "What this asset stands for",
            false));
    addAD(
        text(
            AssetConstants.ASSET_DRIVER_PROP.value(),
            "Driver",
            "kura.service.pid of the driver instance",
            true));
  }

  private static Tad text(String id, String name, String description, boolean required) {
    Tad ad = new Tad();
    ad.setId(id);
    ad.setName(name);
    ad.setDescription(description);
    ad.setType(Tscalar.STRING);
    ad.setCardinality(0);
    ad.setRequired(required);
    return ad;
  }
}
