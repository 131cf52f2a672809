package org.penstock.driver.lorawan;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.listener.ChannelListener;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.driver.ChannelDescriptor;
import org.eclipse.kura.driver.Driver;
import org.eclipse.kura.driver.PreparedRead;
import org.eclipse.kura.security.keystore.KeystoreService;
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
import org.penstock.api.driver.DriverException;
import org.penstock.api.driver.LinkState;
import org.penstock.api.driver.Linked;
import org.penstock.api.health.HealthSource;
import org.penstock.api.script.Sandbox;
import org.penstock.api.storage.DurableStorage;
import org.penstock.driver.kit.ChannelSettings;
import org.penstock.driver.kit.LinkHealth;
import org.penstock.driver.kit.Records;
import org.penstock.driver.lorawan.codec.Eui;
import org.penstock.driver.lorawan.link.StationLink;
import org.penstock.driver.lorawan.payload.Codecs;
import org.penstock.driver.lorawan.payload.PayloadException;
import org.penstock.driver.lorawan.region.RegionFile;
import org.penstock.driver.lorawan.server.DeviceConfig;
import org.penstock.driver.lorawan.server.Journal;
import org.penstock.driver.lorawan.server.Settings;

/**
 * A network server and its devices as a driver. Devices speak first: channels are listened to; a read
 * gives what was said last. No method waits for a device.
 */
@Component(
    name = LorawanDriverConfig.FACTORY_PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {Driver.class, ConfigurableComponent.class},
    property = {"kura.ui.service.hide=true", "kura.ui.factory.hide=true"})
@Designate(ocd = LorawanDriverConfig.class, factory = true)
public final class LorawanDriver implements AsyncDriver, Linked, ConfigurableComponent {

  private static final ChannelDescriptor CHANNELS = LorawanChannel.descriptor();

  private final LorawanStation station;
  private final Duration expiry;
  private final String pid;
  private final Sandbox sandbox;
  private final String devicesText;
  private final String keysText;
  private final Runnable hideHealth;

  /** Made by the framework, once for each instance and configuration. */
  @Activate
  public LorawanDriver(
      BundleContext context,
      @Reference(
              name = "DurableStorage",
              cardinality = ReferenceCardinality.OPTIONAL,
              policyOption = ReferencePolicyOption.GREEDY)
          DurableStorage storage,
      @Reference(
              name = "Sandbox",
              cardinality = ReferenceCardinality.OPTIONAL,
              policyOption = ReferencePolicyOption.GREEDY)
          Sandbox sandbox,
      @Reference(
              name = "CryptoService",
              cardinality = ReferenceCardinality.OPTIONAL,
              policyOption = ReferencePolicyOption.GREEDY)
          CryptoService crypto,
      @Reference(
              name = "KeystoreService",
              cardinality = ReferenceCardinality.OPTIONAL,
              policyOption = ReferencePolicyOption.GREEDY)
          KeystoreService keystore,
      LorawanDriverConfig config,
      Map<String, Object> properties)
      throws IOException, KuraException {
    this(
        String.valueOf(properties.get("kura.service.pid")),
        home(context),
        new Services(storage, sandbox, crypto, keystore),
        config,
        health -> context.registerService(HealthSource.class, health, null)::unregister);
  }

  static Path home(BundleContext context) {
    String home = context.getProperty("penstock.home");
    return home == null ? context.getDataFile("lorawan").toPath() : Path.of(home);
  }

  /** What the gateway gives; each may be null. */
  record Services(
      DurableStorage storage, Sandbox sandbox, CryptoService crypto, KeystoreService keystore) {}

  /**
   * For tests: without a framework.
   *
   * @param shown shows the link's health and gives what ends that
   */
  LorawanDriver(
      String pid,
      Path home,
      Services services,
      LorawanDriverConfig config,
      Function<HealthSource, Runnable> shown)
      throws IOException, KuraException {
    String name = "driver/lorawan/" + pid;
    this.pid = pid;
    this.sandbox = services.sandbox();
    this.devicesText = config.devices();
    this.keysText = clear(config.keys(), services.crypto());
    this.expiry = Duration.ofMinutes(config.downlink_expiry_min());
    Settings settings = settings(config, home.resolve("regions"));
    LorawanStation.Parts parts =
        new LorawanStation.Parts(
            settings,
            DeviceList.parse(devicesText, keysText),
            gateways(config),
            new Codecs(config.codecs(), services.sandbox()),
            new Journal(services.storage(), home.resolve("lorawan").resolve(pid)),
            new InetSocketAddress(config.bind_address(), config.port()),
            config.rate_limit_per_s(),
            stations(name, config, services));
    this.station = new LorawanStation(name, parts);
    this.hideHealth = shown.apply(new LinkHealth(name, station::linkState, station::figures));
  }

  private static Settings settings(LorawanDriverConfig config, Path regions) {
    if (!config.net_id().matches("[0-9a-fA-F]{6}")) {
      throw new IllegalArgumentException("net.id must have 6 hexadecimal digits");
    }
    return new Settings(
        RegionFile.load(config.region().strip(), regions),
        HexFormat.fromHexDigits(config.net_id()),
        config.channel_group(),
        Duration.ofMillis(config.deduplication_window_ms()),
        config.rx1_delay_s(),
        config.rx1_offset(),
        Duration.ofHours(config.status_interval_h()));
  }

  /** A secret of the configuration, in clear. */
  static String clear(String secret, CryptoService crypto) throws KuraException {
    return secret.isEmpty() || crypto == null
        ? secret
        : new String(crypto.decryptAes(secret.toCharArray()));
  }

  private static Optional<StationPort.Options> stations(
      String name, LorawanDriverConfig config, Services services) throws KuraException {
    if (config.station_port() == 0) {
      return Optional.empty();
    }
    String token = clear(config.station_token(), services.crypto());
    boolean clients = config.station_client_certificate();
    StationPort.Guards guards =
        () ->
            new StationLink.Guard(
                config.station_tls() ? StationTls.of(services.keystore()) : null, clients, token);
    return Optional.of(
        new StationPort.Options(
            name + "/station",
            new InetSocketAddress(config.bind_address(), Math.max(0, config.station_port())),
            config.rate_limit_per_s(),
            guards));
  }

  private static Set<Eui> gateways(LorawanDriverConfig config) {
    return Arrays.stream(config.gateways_allowed().split("[,\\s]+"))
        .filter(text -> !text.isEmpty())
        .map(Eui::parse)
        .collect(Collectors.toSet());
  }

  /** Stops within 2 s. */
  @Deactivate
  void stop() {
    hideHealth.run();
    station.close();
  }

  LorawanStation station() {
    return station;
  }

  String pid() {
    return pid;
  }

  /** The configuration's devices as it has them. */
  String devicesText() {
    return devicesText;
  }

  /** The configuration's keys, in clear; never to be shown. */
  String keysText() {
    return keysText;
  }

  /** Codecs to be tried. */
  Codecs codecs(String text) {
    return new Codecs(text, sandbox);
  }

  /** Queues data with the configured expiry; see {@link LorawanStation#queue}. */
  CompletionStage<Void> send(
      DeviceConfig device, String field, Object value, int port, boolean confirmed)
      throws PayloadException {
    long expires = System.currentTimeMillis() + expiry.toMillis();
    return station.queue(device, field, value, port, confirmed, expires);
  }

  @Override
  public void connect() {
    // gateways connect
  }

  @Override
  public void disconnect() {
    // the port goes with the component
  }

  @Override
  public LinkState linkState() {
    return station.linkState();
  }

  @Override
  public ChannelDescriptor getChannelDescriptor() {
    return CHANNELS;
  }

  @Override
  public void read(List<ChannelRecord> records) {
    for (ChannelRecord record : records) {
      try {
        station.fill(record, LorawanChannel.of(ChannelSettings.of(record)));
      } catch (DriverException wrong) {
        Records.failed(record, wrong, System.currentTimeMillis());
      }
    }
  }

  @Override
  public void write(List<ChannelRecord> records) {
    for (ChannelRecord record : records) {
      try {
        LorawanChannel channel = LorawanChannel.of(ChannelSettings.of(record));
        station.write(record, channel, System.currentTimeMillis() + expiry.toMillis());
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
      station.add(LorawanChannel.of(ChannelSettings.of(channelConfig)), channelConfig, listener);
    } catch (DriverException wrong) {
      throw new IllegalArgumentException(wrong.getMessage(), wrong);
    }
  }

  @Override
  public void unregisterChannelListener(ChannelListener listener) {
    station.remove(listener);
  }
}
