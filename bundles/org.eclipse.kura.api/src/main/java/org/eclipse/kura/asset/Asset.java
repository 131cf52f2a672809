package org.eclipse.kura.asset;

import java.util.List;
import java.util.Set;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.listener.ChannelListener;
import org.osgi.annotation.versioning.ProviderType;

/** Channels of one device behind one driver, read and written by name. */
@ProviderType
public interface Asset {

  AssetConfiguration getAssetConfiguration();

  List<ChannelRecord> read(Set<String> set) throws KuraException;

  List<ChannelRecord> readAllChannels() throws KuraException;

  void registerChannelListener(String name, ChannelListener channelListener) throws KuraException;

  void unregisterChannelListener(ChannelListener channelListener) throws KuraException;

  void write(List<ChannelRecord> list) throws KuraException;
}
