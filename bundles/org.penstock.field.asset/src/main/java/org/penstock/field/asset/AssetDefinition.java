package org.penstock.field.asset;

import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.core.configuration.metatype.Tad;
import org.eclipse.kura.core.configuration.metatype.Tocd;

/**
 * The definition of an asset with all its channels. Their attributes are made when they are asked
 * for, and kept only as long as there is memory: those of a plant's snapshot would fill it.
 */
final class AssetDefinition extends Tocd {

  private final List<AD> own;
  private final List<Channel> channels;
  private final List<Tad> generic;
  private final List<Tad> driver;
  private final AtomicReference<SoftReference<List<AD>>> made =
      new AtomicReference<>(new SoftReference<>(null));

  /**
   * A definition.
   *
   * @param asset the asset itself
   * @param generic attributes of each channel, whatever the driver
   * @param driver attributes that the driver wants of each channel
   */
  AssetDefinition(Tocd asset, Collection<Channel> channels, List<Tad> generic, List<Tad> driver) {
    setId(asset.getId());
    setName(asset.getName());
    setDescription(asset.getDescription());
    this.own = List.copyOf(asset.getAD());
    this.channels = List.copyOf(channels);
    this.generic = generic;
    this.driver = driver;
  }

  /** A fresh list of the attributes, the asset's first. */
  @Override
  public List<AD> getAD() {
    List<AD> attributes = made.get().get();
    if (attributes == null) {
      attributes = make();
      made.set(new SoftReference<>(attributes));
    }
    return new ArrayList<>(attributes);
  }

  private List<AD> make() {
    List<AD> all = new ArrayList<>(own);
    for (Channel channel : channels) {
      for (Tad ad : generic) {
        if (ReadPlan.isWritable(channel) || !ad.getId().startsWith(WriteRules.PREFIX)) {
          all.add(Definitions.forChannel(channel.getName(), ad));
        }
      }
      driver.forEach(ad -> all.add(Definitions.forChannel(channel.getName(), ad)));
    }
    return all;
  }
}
