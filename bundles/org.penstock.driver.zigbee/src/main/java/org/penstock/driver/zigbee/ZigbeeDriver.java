package org.penstock.driver.zigbee;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
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
import org.penstock.api.job.JobKind;
import org.penstock.api.storage.DurableStorage;
import org.penstock.driver.kit.DriverStatistics;
import org.penstock.driver.kit.LinkHealth;
import org.penstock.driver.zigbee.device.Definitions;
import org.penstock.driver.zigbee.device.Devices;
import org.penstock.driver.zigbee.device.Ieee;
import org.penstock.driver.zigbee.link.StickAddress;
import org.penstock.driver.zigbee.stick.NetworkSettings;
import org.penstock.driver.zigbee.stick.StickKind;
import org.penstock.link.serial.SerialLines;

/** The only class that knows OSGi. A changed configuration makes a new object. */
@Component(
    name = ZigbeeDriverConfig.FACTORY_PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {Driver.class, ConfigurableComponent.class},
    property = {"kura.ui.service.hide=true", "kura.ui.factory.hide=true"})
@Designate(ocd = ZigbeeDriverConfig.class, factory = true)
public final class ZigbeeDriver implements AsyncDriver, Linked, ConfigurableComponent {

  private static final ChannelDescriptor CHANNELS = ZigbeeChannel.descriptor();

  private final Coordinator coordinator;
  private final ReportingSetup setup;
  private final ZigbeeSession session;
  private final ZigbeeReports reports;
  private final String pid;
  private final Joining joining;
  private final Definitions definitions;
  private final Batteries batteries = new Batteries();
  private final AtomicReference<NetworkMap.Tables> lastMap =
      new AtomicReference<>(new NetworkMap.Tables(List.of(), List.of()));
  private final List<Runnable> hide = new ArrayList<>();

  /** Made by the framework, once for each instance and configuration. */
  @Activate
  public ZigbeeDriver(
      BundleContext context,
      @Reference(
              name = "DurableStorage",
              cardinality = ReferenceCardinality.OPTIONAL,
              policyOption = ReferencePolicyOption.GREEDY)
          DurableStorage storage,
      @Reference(
              name = "CryptoService",
              cardinality = ReferenceCardinality.OPTIONAL,
              policyOption = ReferencePolicyOption.GREEDY)
          CryptoService crypto,
      ZigbeeDriverConfig config,
      Map<String, Object> properties)
      throws IOException, KuraException {
    this(
        String.valueOf(properties.get("kura.service.pid")),
        home(context),
        storage,
        config,
        key(config.network_key(), crypto),
        health -> context.registerService(HealthSource.class, health, null)::unregister);
    List<JobKind> kinds =
        new ArrayList<>(ZigbeeJobs.kinds(pid, coordinator, setup, joining, definitions));
    kinds.addAll(NetworkJobs.kinds(pid, coordinator, joining, lastMap));
    for (JobKind kind : kinds) {
      hide.add(context.registerService(JobKind.class, kind, null)::unregister);
    }
  }

  /**
   * For tests: without a framework.
   *
   * @param storage null to keep nothing
   * @param key 16 bytes, or none
   * @param shown shows the link's health and gives what ends that
   */
  ZigbeeDriver(
      String pid,
      Path home,
      DurableStorage storage,
      ZigbeeDriverConfig config,
      byte[] key,
      Function<HealthSource, Runnable> shown)
      throws IOException {
    this.pid = pid;
    String name = "driver/zigbee/" + pid;
    StickAddress address = StickAddress.parse(config.port().strip(), config.baud_rate());
    String extended = config.extended_pan_id().strip();
    NetworkSettings settings =
        new NetworkSettings(
            config.pan_id(), extended.isEmpty() ? 0 : Ieee.parse(extended), config.channel(), key);
    Duration timeout = Duration.ofMillis(config.timeout_ms());
    Path folder = home.resolve("zigbee");
    definitions = Definitions.load(folder.resolve("definitions")); // before anything is started
    coordinator =
        new Coordinator(
            name,
            address.toString(),
            new Coordinator.Wanted(
                new StickChoice(StickKind.parse(config.stick())),
                () -> address.open(SerialLines::open),
                settings,
                new BackupFile(storage, folder.resolve(pid + ".backup.json"))),
            new Devices(storage, folder.resolve(pid + ".json")),
            new Coordinator.Limits(timeout, Duration.ofSeconds(config.ping_interval_s())));
    DriverStatistics statistics = new DriverStatistics();
    Told told = new Told();
    joining = new Joining(coordinator);
    setup = new ReportingSetup(name, coordinator);
    reports = new ZigbeeReports(told, setup);
    session =
        new ZigbeeSession(
            coordinator, told, statistics, timeout, Duration.ofSeconds(config.age_max_s()));
    coordinator.follow(reports);
    coordinator.follow(setup);
    coordinator.follow(batteries);
    HealthSource link = new LinkHealth(name, coordinator::linkState, () -> figures(statistics));
    hide.add(shown.apply(new ZigbeeHealth(link, coordinator::ignored)));
    coordinator.start();
  }

  private static Path home(BundleContext context) {
    String home = context.getProperty("penstock.home");
    return home == null ? context.getDataFile("").toPath() : Path.of(home);
  }

  private static byte[] key(String text, CryptoService crypto) throws KuraException {
    if (text.isBlank()) {
      return new byte[0];
    }
    String clear = crypto == null ? text : new String(crypto.decryptAes(text.toCharArray()));
    if (!clear.strip().matches("[0-9a-fA-F]{32}")) {
      throw new KuraException(
          KuraErrorCode.CONFIGURATION_ERROR, "network.key must have 32 hexadecimal digits");
    }
    return HexFormat.of().parseHex(clear.strip());
  }

  private Map<String, Object> figures(DriverStatistics statistics) {
    Map<String, Object> figures = new HashMap<>(statistics.figures());
    figures.putAll(coordinator.figures());
    figures.put("setup.failures", setup.failures());
    return figures;
  }

  Coordinator coordinator() {
    return coordinator;
  }

  String pid() {
    return pid;
  }

  Joining joining() {
    return joining;
  }

  Batteries batteries() {
    return batteries;
  }

  /** Which channels devices can have. */
  Definitions definitions() {
    return definitions;
  }

  /** What the last map was. */
  NetworkMap.Tables lastMap() {
    return lastMap.get();
  }

  ReportingSetup setup() {
    return setup;
  }

  /** Stops within 2 s: whoever waits gets an error. */
  @Deactivate
  void stop() {
    hide.forEach(Runnable::run);
    hide.clear();
    setup.close();
    coordinator.close();
  }

  @Override
  public void connect() {
    // the coordinator connects by itself
  }

  @Override
  public void disconnect() {
    // the line goes with the component
  }

  @Override
  public LinkState linkState() {
    return coordinator.linkState();
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
