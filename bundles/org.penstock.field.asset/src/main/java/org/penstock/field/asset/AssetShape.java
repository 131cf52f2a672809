package org.penstock.field.asset;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.core.configuration.metatype.Tad;
import org.eclipse.kura.core.configuration.metatype.Tocd;
import org.eclipse.kura.driver.PreparedRead;
import org.eclipse.kura.type.TypedValue;

/** What differs between kinds of assets. */
public interface AssetShape {

  /** A fresh definition of the asset itself, without channels. */
  Tocd definition();

  /** The attributes that each channel has, whatever the driver. */
  List<Tad> channelAttributes();

  /** What readers get for the driver's records. */
  List<ChannelRecord> finish(List<ChannelRecord> records, Map<String, Channel> channels);

  /** The last good value of a channel, as readers got it. */
  default Optional<TypedValue<?>> known(String channel) {
    return Optional.empty();
  }

  /** A prepared read was made; in the configuration executor. */
  void prepared(PreparedRead prepared);

  /** A prepared read was closed; any thread. */
  void released(PreparedRead prepared);

  /** Driver or channels are other ones now; in the configuration executor. */
  void changed();

  /** Channels cannot be used as configured; in the configuration executor. */
  void problem(Throwable cause);
}
