package org.penstock.driver.modbus;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.listener.ChannelListener;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.driver.ChannelDescriptor;
import org.eclipse.kura.driver.Driver;
import org.eclipse.kura.driver.PreparedRead;
import org.eclipse.kura.ssl.SslManagerService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.metatype.annotations.Designate;
import org.penstock.api.driver.AsyncDriver;
import org.penstock.api.driver.ChannelCheck;
import org.penstock.api.driver.DriverException;
import org.penstock.api.driver.LinkState;
import org.penstock.api.driver.Linked;
import org.penstock.api.health.HealthSource;
import org.penstock.driver.kit.LinkHealth;
import org.penstock.driver.modbus.link.Exchange;
import org.penstock.driver.modbus.link.LinkOptions;

/**
 * The units behind one Modbus address. A changed configuration makes a new object, and the framework
 * stops this one. The methods of Kura's contract block their caller; {@link #readAsync} blocks nobody.
 */
@Component(
    name = ModbusDriverConfig.FACTORY_PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {Driver.class, ConfigurableComponent.class},
    property = {"kura.ui.service.hide=true", "kura.ui.factory.hide=true"})
@Designate(ocd = ModbusDriverConfig.class, factory = true)
public final class ModbusDriver
    implements AsyncDriver, ChannelCheck, Linked, ConfigurableComponent {

  private final String pid;
  private final ModbusLinks links;
  private final LinkAddress address;
  private final ModbusSession session;
  private final ChannelDescriptor channels;
  private final Runnable hideHealth;

  /** Made by the framework, once for each instance and configuration. */
  @Activate
  public ModbusDriver(
      BundleContext context,
      @Reference ModbusLinks links,
      @Reference(name = "SslManagerService", cardinality = ReferenceCardinality.OPTIONAL)
          SslManagerService keys,
      ModbusDriverConfig config,
      Map<String, Object> properties)
      throws DriverException {
    this(
        String.valueOf(properties.get("kura.service.pid")),
        links,
        keys,
        config,
        health -> context.registerService(HealthSource.class, health, null)::unregister);
  }

  /**
   * For tests: without a framework.
   *
   * @param keys for TLS, or null
   * @param shown shows the link's health and gives what ends that
   */
  ModbusDriver(
      String pid,
      ModbusLinks links,
      SslManagerService keys,
      ModbusDriverConfig config,
      Function<HealthSource, Runnable> shown)
      throws DriverException {
    ModbusSession.Settings settings = settings(config);
    this.pid = pid;
    this.links = links;
    this.address = LinkAddress.of(config);
    ModbusLinks.Recipe recipe =
        new ModbusLinks.Recipe(
            LinkAddress.serial(config),
            new TlsEngines(keys, address.host(), address.port(), config.tls_verify_hostname()),
            options(config));
    this.session = new ModbusSession(links.borrow(address, recipe), settings);
    this.channels = ModbusChannel.descriptor(config.address_notation());
    links.enter(pid, session);
    this.hideHealth =
        shown.apply(new LinkHealth("driver/modbus/" + pid, this::linkState, session::figures));
  }

  private static ModbusSession.Settings settings(ModbusDriverConfig config) throws DriverException {
    return new ModbusSession.Settings(
        new Exchange.Pace(
            Duration.ofMillis(config.timeout_ms()),
            Duration.ofMillis(config.pause_ms()),
            config.max_outstanding()),
        config.address_notation(),
        new ReadPlan.Limits(
            config.max_registers(),
            config.max_bits(),
            config.max_gap_registers(),
            Forbidden.parse(config.forbidden_ranges())),
        new WriteOptions(config.write_multiple_only(), config.bit_write(), config.write_readback()),
        config.frame_log());
  }

  private static LinkOptions options(ModbusDriverConfig config) {
    return new LinkOptions(
        Duration.ofMillis(config.connect_timeout_ms()),
        config.max_outstanding(),
        config.read_repeats(),
        config.broadcast_unit_0() || config.access_type().line(),
        config.frame_log());
  }

  /** Stops within 2 s: whoever waits gets an error. */
  @Deactivate
  void stop() {
    hideHealth.run();
    links.leave(pid, session);
    session.close();
    links.giveBack(address);
  }

  @Override
  public void checkChannel(ChannelRecord record) throws DriverException {
    ModbusChannel.of(record, session.settings().notation());
  }

  @Override
  public void connect() {
    // the link is made with the first request
  }

  @Override
  public void disconnect() {
    // the link goes with the component
  }

  @Override
  public LinkState linkState() {
    return session.linkState();
  }

  @Override
  public ChannelDescriptor getChannelDescriptor() {
    return channels;
  }

  @Override
  public void read(List<ChannelRecord> records) throws ConnectionException {
    ModbusSession.await(session.readOnce(records));
  }

  @Override
  public void write(List<ChannelRecord> records) throws ConnectionException {
    ModbusSession.await(session.write(records));
  }

  @Override
  public ModbusPreparedRead prepareRead(List<ChannelRecord> records) {
    return new ModbusPreparedRead(session, session.plan(records));
  }

  @Override
  public CompletionStage<List<ChannelRecord>> readAsync(PreparedRead prepared) {
    return ((ModbusPreparedRead) prepared).read();
  }

  @Override
  public void registerChannelListener(Map<String, Object> channelConfig, ChannelListener listener) {
    throw new UnsupportedOperationException("Modbus units do not speak first; poll the channel");
  }

  @Override
  public void unregisterChannelListener(ChannelListener listener) {
    // there is none
  }
}
