package org.penstock.driver.lorawan;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.listener.ChannelListener;
import org.eclipse.kura.driver.ChannelDescriptor;
import org.eclipse.kura.driver.PreparedRead;
import org.penstock.api.driver.AsyncDriver;
import org.penstock.api.driver.DriverException;
import org.penstock.api.driver.LinkState;
import org.penstock.api.driver.Linked;
import org.penstock.api.health.HealthSource;
import org.penstock.api.mqtt.MqttLinkOptions;
import org.penstock.api.mqtt.MqttLinks;
import org.penstock.driver.kit.ChannelSettings;
import org.penstock.driver.kit.LinkHealth;
import org.penstock.driver.kit.Records;

/** What drivers for other network servers have in common: channels over a {@link RemoteNetwork}. */
abstract class RemoteDriver implements AsyncDriver, Linked {

  private static final ChannelDescriptor CHANNELS = LorawanChannel.descriptor();
  private static final int TIMEOUT_MS = 5_000;

  private final RemoteNetwork network;
  private final Duration expiry;
  private final Runnable hideHealth;

  /**
   * Where the server's broker is.
   *
   * @param name {@code driver/<protocol>/<pid>}
   * @param password in clear
   */
  record Broker(
      String name, String url, String clientId, String user, char[] password, int keepAlive) {

    MqttLinkOptions options() {
      byte[] random = new byte[4];
      ThreadLocalRandom.current().nextBytes(random);
      String pid = name.substring(name.lastIndexOf('/') + 1);
      String id =
          clientId.isEmpty()
              ? "penstock-" + pid + "-" + HexFormat.of().formatHex(random)
              : clientId;
      return new MqttLinkOptions(name, url, id, user, password, keepAlive);
    }
  }

  /** Begins; without links, as on Kura, or without an application it says so and stays offline. */
  RemoteDriver(
      RemoteNetwork network,
      String application,
      Broker broker,
      MqttLinks links,
      Duration expiry,
      Function<HealthSource, Runnable> shown) {
    this.network = network;
    this.expiry = expiry;
    this.hideHealth =
        shown.apply(new LinkHealth(broker.name(), network::linkState, network::figures));
    if (links == null) {
      offline("nobody offers MQTT links to drivers (org.penstock.api.mqtt) in this runtime");
    } else if (!application.matches("[^/+#\\s]+")) {
      offline("application '" + application + "' must be set, without /, +, # and blanks");
    } else {
      network.use(links.open(broker.options(), network));
    }
  }

  private void offline(String reason) {
    network.state(new LinkState(LinkState.Phase.OFFLINE, reason, Instant.now()));
  }

  /** Stops within 2 s. */
  void stop() {
    hideHealth.run();
    network.close();
  }

  @Override
  public void connect() {
    // the link connects by itself
  }

  @Override
  public void disconnect() {
    // the link goes with the component
  }

  @Override
  public LinkState linkState() {
    return network.linkState();
  }

  @Override
  public ChannelDescriptor getChannelDescriptor() {
    return CHANNELS;
  }

  @Override
  public void read(List<ChannelRecord> records) {
    for (ChannelRecord record : records) {
      try {
        network.fill(record, LorawanChannel.of(ChannelSettings.of(record)));
      } catch (DriverException wrong) {
        Records.failed(record, wrong, System.currentTimeMillis());
      }
    }
  }

  @Override
  public void write(List<ChannelRecord> records) {
    long expires = System.currentTimeMillis() + expiry.toMillis();
    for (ChannelRecord record : records) {
      try {
        LorawanChannel channel = LorawanChannel.of(ChannelSettings.of(record));
        network.write(record, channel, expires, TIMEOUT_MS);
      } catch (DriverException wrong) {
        Records.failed(record, wrong, System.currentTimeMillis());
      }
    }
  }

  @Override
  public PreparedRead prepareRead(List<ChannelRecord> records) {
    return new LorawanPreparedRead(this, List.copyOf(records));
  }

  @Override
  public CompletionStage<List<ChannelRecord>> readAsync(PreparedRead prepared) {
    return CompletableFuture.completedFuture(((LorawanPreparedRead) prepared).execute());
  }

  @Override
  public void registerChannelListener(Map<String, Object> channelConfig, ChannelListener listener) {
    try {
      network.add(LorawanChannel.of(ChannelSettings.of(channelConfig)), channelConfig, listener);
    } catch (DriverException wrong) {
      throw new IllegalArgumentException(wrong.getMessage(), wrong);
    }
  }

  @Override
  public void unregisterChannelListener(ChannelListener listener) {
    network.remove(listener);
  }
}
