package org.penstock.driver.lorawan;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.penstock.driver.lorawan.codec.Eui;
import org.penstock.driver.lorawan.link.RateLimit;
import org.penstock.driver.lorawan.link.StationLink;
import org.penstock.driver.lorawan.server.Counters;
import org.penstock.driver.lorawan.server.Stations;

/**
 * The port for gateways with Basics Station. What they say is handed to the server's thread, as much as
 * that has room for.
 */
final class StationPort implements StationLink.Receiver, AutoCloseable {

  private static final int MOST_WAITING = 5_000;
  private static final Pattern SERVED = Pattern.compile(Stations.SERVED + "([0-9a-fA-F]{16})");

  private final Options options;
  private final Stations stations;
  private final Executor loop;
  private final Counters counters;
  private final RateLimit rate; // guarded by itself
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicReference<StationLink> link = new AtomicReference<>();

  /** Makes the protection when the port is opened: keys may come later than the driver. */
  @FunctionalInterface
  interface Guards {
    /** As it is now; an error says, in words, why there is none. */
    StationLink.Guard guard() throws IOException;
  }

  /**
   * What is configured.
   *
   * @param perSecond most messages a second of one address
   */
  record Options(String name, InetSocketAddress local, int perSecond, Guards guards) {}

  /** Not yet open. */
  StationPort(Options options, Stations stations, Executor loop, Counters counters) {
    this.options = options;
    this.stations = stations;
    this.loop = loop;
    this.counters = counters;
    this.rate = new RateLimit(options.perSecond());
  }

  /** Opens it if that has not been possible yet; says why it can't be opened now, or nothing. */
  String open() {
    try {
      if (link.get() == null) {
        StationLink.Guard guard = options.guards().guard();
        link.set(new StationLink(options.name(), options.local(), guard, this));
      }
      return "";
    } catch (IOException taken) {
      return String.valueOf(taken.getMessage());
    }
  }

  /** The port that is bound, when one is. */
  Optional<Integer> port() {
    return Optional.ofNullable(link.get()).map(StationLink::port);
  }

  /** Connections that ended with an error. */
  long faults() {
    return link.get() == null ? 0 : link.get().faults();
  }

  @Override
  public boolean opened(StationLink.Peer peer, String path) {
    Matcher served = SERVED.matcher(path);
    if (!served.matches()) {
      return path.equals(Stations.INFO);
    }
    Eui eui = Eui.parse(served.group(1));
    peer.serve();
    hand(
        peer,
        () -> {
          if (!stations.opened(peer, eui, peer::send)) {
            peer.close("not served here");
          }
        });
    return true;
  }

  @Override
  public void text(StationLink.Peer peer, String text) {
    long nanos = System.nanoTime();
    if (text == null) {
      hand(peer, () -> stations.alive(peer, nanos));
    } else if (!allowed(peer, nanos)) {
      counters.count("stations.too.many");
    } else if (peer.served()) {
      hand(peer, () -> stations.message(peer, text, nanos));
    } else {
      peer.send(stations.info(text, peer.base()));
    }
  }

  private boolean allowed(StationLink.Peer peer, long nanos) {
    InetSocketAddress address = peer.address();
    synchronized (rate) {
      return address != null && rate.allows(address.getAddress(), nanos);
    }
  }

  private void hand(StationLink.Peer peer, Runnable task) {
    if (waiting.get() >= MOST_WAITING) {
      counters.count("stations.too.many");
      peer.close("too much");
      return;
    }
    waiting.incrementAndGet();
    try {
      loop.execute(
          () -> {
            waiting.decrementAndGet();
            task.run();
          });
    } catch (RejectedExecutionException stopped) {
      counters.count("stations.too.many");
    }
  }

  @Override
  public void closed(StationLink.Peer peer) {
    try {
      loop.execute(() -> stations.closed(peer));
    } catch (RejectedExecutionException stopped) {
      counters.count("stations.too.many");
    }
  }

  @Override
  public void close() {
    StationLink port = link.getAndSet(null);
    if (port != null) {
      port.close();
    }
  }
}
