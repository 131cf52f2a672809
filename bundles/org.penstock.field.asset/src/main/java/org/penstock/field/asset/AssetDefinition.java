package org.penstock.field.asset;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.RandomAccess;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.configuration.metatype.Option;
import org.eclipse.kura.configuration.metatype.Scalar;
import org.eclipse.kura.core.configuration.metatype.Tad;
import org.eclipse.kura.core.configuration.metatype.Tocd;

/**
 * The definition of an asset with all its channels. What channels share is held once, and an attribute
 * of a channel is made when it is looked at: those of a large plant would fill the memory.
 */
final class AssetDefinition extends Tocd {

  private final Attributes all;

  /**
   * A definition.
   *
   * @param asset the asset itself
   * @param generic attributes of each channel, whatever the driver
   * @param driver attributes that the driver wants of each channel
   */
  AssetDefinition(
      Tocd asset,
      Collection<Channel> channels,
      List<? extends AD> generic,
      List<? extends AD> driver) {
    setId(asset.getId());
    setName(asset.getName());
    setDescription(asset.getDescription());
    List<AD> writable = new ArrayList<>(generic);
    writable.addAll(driver);
    this.all = new Attributes(asset.getAD(), List.copyOf(channels), writable);
  }

  /** The attributes, the asset's first; cannot be changed. */
  @Override
  public List<AD> getAD() {
    return all;
  }

  /** The attribute with this id; empty when there is none. The id of a channel's is the plain one. */
  Optional<AD> attribute(String id) {
    return Optional.ofNullable(
        ChannelKey.parse(id)
            .map(key -> all.ofChannel(key.channel()).get(key.property()))
            .orElseGet(() -> all.own.get(id)));
  }

  /** All attributes by position: the asset's own, then those of each channel. */
  private static final class Attributes extends AbstractList<AD> implements RandomAccess {

    private final List<AD> first;
    private final List<Channel> channels;
    private final List<AD> writable;
    private final List<AD> readable;
    private final int[] ends;
    private final Map<String, AD> own;
    private final Map<String, AD> ofWritable;
    private final Map<String, AD> ofReadable;
    private final Map<String, Channel> byName = new HashMap<>();

    Attributes(List<AD> first, List<Channel> channels, List<AD> writable) {
      this.first = first;
      this.channels = channels;
      this.writable = writable;
      this.readable =
          writable.stream().filter(ad -> !ad.getId().startsWith(WriteRules.PREFIX)).toList();
      this.own = byId(first);
      this.ofWritable = byId(writable);
      this.ofReadable = byId(readable);
      this.ends = new int[channels.size()];
      int end = first.size();
      for (int i = 0; i < ends.length; i++) {
        byName.put(channels.get(i).getName(), channels.get(i));
        end += attributes(channels.get(i)).size();
        ends[i] = end;
      }
    }

    private static Map<String, AD> byId(List<AD> attributes) {
      Map<String, AD> byId = new HashMap<>();
      attributes.forEach(ad -> byId.put(ad.getId(), ad));
      return byId;
    }

    private List<AD> attributes(Channel channel) {
      return ReadPlan.isWritable(channel) ? writable : readable;
    }

    Map<String, AD> ofChannel(String name) {
      Channel channel = byName.get(name);
      if (channel == null) {
        return Map.of();
      }
      return ReadPlan.isWritable(channel) ? ofWritable : ofReadable;
    }

    @Override
    public AD get(int index) {
      if (index < first.size()) {
        return first.get(index);
      }
      int found = Arrays.binarySearch(ends, index + 1);
      int at = found < 0 ? -found - 1 : found;
      Channel channel = channels.get(at);
      List<AD> attributes = attributes(channel);
      return new OfChannel(channel.getName(), attributes.get(attributes.size() - ends[at] + index));
    }

    @Override
    public int size() {
      return ends.length == 0 ? first.size() : ends[ends.length - 1];
    }
  }

  /** An attribute that channels share, as one of them shows it. */
  private static final class OfChannel extends Tad {

    private final String channel;
    private final AD shared;

    OfChannel(String channel, AD shared) {
      this.channel = channel;
      this.shared = shared;
    }

    @Override
    public String getId() {
      return ChannelKey.of(channel, shared.getId());
    }

    @Override
    public String getName() {
      return ChannelKey.of(channel, shared.getName());
    }

    @Override
    public String getDescription() {
      return shared.getDescription();
    }

    @Override
    public Scalar getType() {
      return shared.getType();
    }

    @Override
    public int getCardinality() {
      return shared.getCardinality();
    }

    @Override
    public boolean isRequired() {
      return shared.isRequired();
    }

    @Override
    public String getDefault() {
      return shared.getDefault();
    }

    @Override
    public String getMin() {
      return shared.getMin();
    }

    @Override
    public String getMax() {
      return shared.getMax();
    }

    @Override
    public List<Option> getOption() {
      return shared.getOption();
    }
  }
}
