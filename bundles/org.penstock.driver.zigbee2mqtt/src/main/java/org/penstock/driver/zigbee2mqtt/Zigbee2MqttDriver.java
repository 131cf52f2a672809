package org.penstock.driver.zigbee2mqtt;

import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.listener.ChannelListener;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.driver.ChannelDescriptor;
import org.eclipse.kura.driver.Driver;
import org.eclipse.kura.driver.PreparedRead;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.penstock.api.driver.AsyncDriver;
import org.penstock.api.driver.LinkState;
import org.penstock.api.driver.Linked;
import org.penstock.api.health.HealthSource;
import org.penstock.api.mqtt.MqttLinkOptions;
import org.penstock.api.mqtt.MqttLinks;
import org.penstock.driver.kit.ChannelAttribute;
import org.penstock.driver.kit.ChannelAttributes;
import org.penstock.driver.kit.DriverStatistics;
import org.penstock.driver.kit.LinkHealth;

/** The only class that knows OSGi. A changed configuration makes a new object. */
@Component(
    name = Zigbee2MqttDriverConfig.FACTORY_PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {Driver.class, ConfigurableComponent.class},
    property = {"kura.ui.service.hide=true", "kura.ui.factory.hide=true"})
@Designate(ocd = Zigbee2MqttDriverConfig.class, factory = true)
public final class Zigbee2MqttDriver implements AsyncDriver, Linked, ConfigurableComponent {

  private static final ChannelDescriptor CHANNELS =
      ChannelAttributes.descriptor(
          ChannelAttribute.text(
              ZigbeeChannel.DEVICE,
              "Device",
              "IEEE address (0x and 16 digits; survives a renaming) or friendly name"),
          ChannelAttribute.text(
              ZigbeeChannel.PROPERTY,
              "Property",
              "As Zigbee2MQTT exposes it: temperature, state, color.x"));

  private final Bridge bridge;
  private final ZigbeeSession session;
  private final ZigbeeReports reports;
  private final Runnable hideHealth;

  /** Made by the framework, once for each instance and configuration. */
  @Activate
  public Zigbee2MqttDriver(
      BundleContext context,
      Zigbee2MqttDriverConfig config,
      Map<String, Object> properties,
      @Reference(
              cardinality = ReferenceCardinality.OPTIONAL,
              policyOption = ReferencePolicyOption.GREEDY)
          MqttLinks links,
      @Reference(
              cardinality = ReferenceCardinality.OPTIONAL,
              policyOption = ReferencePolicyOption.GREEDY)
          CryptoService crypto)
      throws KuraException {
    this(
        String.valueOf(properties.get("kura.service.pid")),
        config,
        opened(config.password(), crypto),
        links,
        health -> context.registerService(HealthSource.class, health, null)::unregister);
  }

  /**
   * For tests: the same driver with other links.
   *
   * @param password in clear; empty for none
   * @param links null where nobody offers any, as on Kura
   * @param shown shows the link's health and gives what ends that
   */
  Zigbee2MqttDriver(
      String pid,
      Zigbee2MqttDriverConfig config,
      char[] password,
      MqttLinks links,
      Function<HealthSource, Runnable> shown) {
    String name = "driver/zigbee2mqtt/" + pid;
    DriverStatistics statistics = new DriverStatistics();
    bridge = new Bridge(name, config.base_topic().replaceAll("/+$", ""), System::currentTimeMillis);
    session =
        new ZigbeeSession(
            bridge,
            statistics,
            Duration.ofMillis(config.timeout_ms()),
            Duration.ofSeconds(config.age_max_s()),
            System::currentTimeMillis);
    reports = new ZigbeeReports(session);
    bridge.add(reports);
    hideHealth =
        shown.apply(new LinkHealth(name, bridge::linkState, () -> figures(bridge, statistics)));
    if (links == null) {
      bridge.state(
          new LinkState(
              LinkState.Phase.OFFLINE,
              "nobody offers MQTT links to drivers (org.penstock.api.mqtt) in this runtime",
              java.time.Instant.now()));
    } else {
      bridge.use(links.open(options(name, pid, config, password), bridge));
    }
  }

  private static char[] opened(String password, CryptoService crypto) throws KuraException {
    if (password.isEmpty()) {
      return new char[0];
    }
    if (crypto == null) {
      throw new KuraException(
          KuraErrorCode.CONFIGURATION_ERROR, "the password can't be decrypted: no CryptoService");
    }
    return crypto.decryptAes(password.toCharArray());
  }

  private static MqttLinkOptions options(
      String name, String pid, Zigbee2MqttDriverConfig config, char[] password) {
    byte[] random = new byte[4];
    ThreadLocalRandom.current().nextBytes(random);
    String id = config.client_id();
    return new MqttLinkOptions(
        name,
        config.broker_url(),
        id.isEmpty() ? "penstock-" + pid + "-" + HexFormat.of().formatHex(random) : id,
        config.username(),
        password,
        config.keep_alive_s());
  }

  private static Map<String, Object> figures(Bridge bridge, DriverStatistics statistics) {
    Map<String, Object> figures = new HashMap<>(statistics.figures());
    figures.put("devices", bridge.network().size());
    figures.put("devices.away", bridge.network().away());
    figures.put("messages.garbled", bridge.garbled());
    return figures;
  }

  /** Stops within 2 s: whoever waits gets an error. */
  @Deactivate
  void stop() {
    hideHealth.run();
    bridge.close();
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
    return bridge.linkState();
  }

  @Override
  public ChannelDescriptor getChannelDescriptor() {
    return CHANNELS;
  }

  @Override
  public void read(List<ChannelRecord> records) throws ConnectionException {
    ZigbeeSession.await(session.read(requests(records)));
  }

  @Override
  public void write(List<ChannelRecord> records) throws ConnectionException {
    ZigbeeSession.await(session.write(requests(records)));
  }

  @Override
  public PreparedRead prepareRead(List<ChannelRecord> records) {
    return new ZigbeePreparedRead(session, records);
  }

  @Override
  public CompletionStage<List<ChannelRecord>> readAsync(PreparedRead prepared) {
    ZigbeePreparedRead mine = (ZigbeePreparedRead) prepared;
    if (mine.isClosed()) {
      return CompletableFuture.failedFuture(new ConnectionException("the prepared read is closed"));
    }
    return session.read(mine.requests()).thenApply(done -> mine.getChannelRecords());
  }

  @Override
  public void registerChannelListener(Map<String, Object> channelConfig, ChannelListener listener) {
    reports.add(channelConfig, listener);
  }

  @Override
  public void unregisterChannelListener(ChannelListener listener) {
    reports.remove(listener);
  }

  private static List<ZigbeeRequest> requests(List<ChannelRecord> records) {
    return records.stream().map(ZigbeeRequest::of).toList();
  }
}
