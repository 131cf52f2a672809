package org.penstock.field.asset;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.channel.listener.ChannelEvent;
import org.eclipse.kura.channel.listener.ChannelListener;
import org.eclipse.kura.driver.Driver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between a driver and somebody who listens to a channel: applies scale and offset, and can
 * be moved from one driver to the next. Any thread may call; events pass in the driver's thread.
 */
public class ListenerHolder implements ChannelListener {

  private static final Logger LOG = LoggerFactory.getLogger(ListenerHolder.class);

  private final String channelName;
  private final ChannelListener listener;
  private final AtomicReference<Registration> registration = new AtomicReference<>();

  private record Registration(Driver driver, ReadPlan plan) {}

  /** A holder that is registered nowhere yet. */
  public ListenerHolder(String channelName, ChannelListener listener) {
    this.channelName = channelName;
    this.listener = listener;
  }

  /** The channel that is listened to. */
  public String channelName() {
    return channelName;
  }

  /** Who listens. */
  public ChannelListener listener() {
    return listener;
  }

  /** Listens to this channel of this driver from now on, and nowhere else. */
  public void register(Driver driver, Channel channel) {
    unregister();
    registration.set(new Registration(driver, ReadPlan.of(Map.of(channel.getName(), channel))));
    Guarded.call(
            () -> {
              driver.registerChannelListener(ReadPlan.driverConfig(channel), this);
              return null;
            })
        .exceptionally(failure -> fail(failure));
  }

  /** Listens nowhere. */
  public void unregister() {
    Registration before = registration.getAndSet(null);
    if (before != null) {
      Guarded.call(
          () -> {
            before.driver().unregisterChannelListener(this);
            return null;
          });
    }
  }

  @Override
  public void onChannelEvent(ChannelEvent event) {
    Registration now = registration.get();
    if (now != null) {
      now.plan()
          .finish(List.of(event.getChannelRecord()))
          .forEach(record -> listener.onChannelEvent(new ChannelEvent(record)));
    }
  }

  private Object fail(Throwable failure) {
    registration.set(null);
    LOG.warn("channel {} reports no values by itself: {}", channelName, failure.toString());
    return null;
  }
}
