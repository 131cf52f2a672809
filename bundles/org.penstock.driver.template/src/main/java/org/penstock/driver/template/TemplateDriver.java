package org.penstock.driver.template;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.listener.ChannelListener;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.driver.ChannelDescriptor;
import org.eclipse.kura.driver.Driver;
import org.eclipse.kura.driver.PreparedRead;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import org.penstock.api.driver.AsyncDriver;
import org.penstock.api.driver.ChannelCheck;
import org.penstock.api.driver.DriverException;
import org.penstock.api.driver.LinkState;
import org.penstock.api.driver.Linked;
import org.penstock.api.health.HealthSource;
import org.penstock.driver.kit.BackOff;
import org.penstock.driver.kit.ChannelAttribute;
import org.penstock.driver.kit.ChannelAttributes;
import org.penstock.driver.kit.ChannelSettings;
import org.penstock.driver.kit.DriverStatistics;
import org.penstock.driver.kit.LinkHealth;
import org.penstock.driver.kit.LinkSupervisor;
import org.penstock.driver.template.device.ToyDevice;
import org.penstock.driver.template.link.ToyLink;

/**
 * The only class that knows OSGi; everything else can be tested with {@code new}. There is no
 * modified method: a changed configuration makes a new object, and the framework stops this one.
 *
 * <p>The threading rule: the methods of Kura's contract block their caller, which is a worker of the
 * asset; {@link #readAsync} blocks nobody. The link's own thread never leaves this bundle but to
 * complete a stage or to call a listener, and neither may wait.
 */
@Component(
    name = TemplateDriverConfig.FACTORY_PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {Driver.class, ConfigurableComponent.class},
    property = {"kura.ui.service.hide=true", "kura.ui.factory.hide=true"})
@Designate(ocd = TemplateDriverConfig.class, factory = true)
public final class TemplateDriver
    implements AsyncDriver, ChannelCheck, Linked, ConfigurableComponent {

  private static final ChannelDescriptor CHANNELS =
      ChannelAttributes.descriptor(
          ChannelAttribute.text(
                  TemplateChannel.ADDRESS,
                  "Address",
                  "sine/<ms>[/<amplitude>], counter/<name>, walk/<name>, setpoint/<name>, version")
              .withDefault("counter/a"));

  private final ToyLink link;
  private final LinkSupervisor supervisor;
  private final TemplateSession session;
  private final TemplateReports reports = new TemplateReports();
  private final Runnable hideHealth;

  /** Made by the framework, once for each instance and configuration. */
  @Activate
  public TemplateDriver(
      BundleContext context, TemplateDriverConfig config, Map<String, Object> properties) {
    this(
        String.valueOf(properties.get("kura.service.pid")),
        new ToyDevice(context.getBundle().getVersion().toString(), System::currentTimeMillis),
        Duration.ofMillis(config.timeout_ms()),
        Duration.ofMillis(config.report_interval_ms()),
        health -> context.registerService(HealthSource.class, health, null)::unregister);
  }

  /**
   * For tests: the same driver with another device at the other end.
   *
   * @param shown shows the link's health and gives what ends that
   */
  TemplateDriver(
      String pid,
      ToyLink.Peer device,
      Duration timeout,
      Duration reportInterval,
      Function<HealthSource, Runnable> shown) {
    String name = "driver/template/" + pid;
    DriverStatistics statistics = new DriverStatistics();
    this.link = new ToyLink(name, device, timeout);
    this.supervisor = new LinkSupervisor(name, BackOff.LOCAL);
    this.session = new TemplateSession(link, supervisor, statistics);
    this.hideHealth = shown.apply(new LinkHealth(name, supervisor::state, statistics::figures));
    link.every(reportInterval, () -> reports.report(session));
  }

  /** Stops within 2 s: whoever waits gets an error, the thread is gone. */
  @Deactivate
  void stop() {
    hideHealth.run();
    link.close();
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
    return supervisor.state();
  }

  @Override
  public ChannelDescriptor getChannelDescriptor() {
    return CHANNELS;
  }

  @Override
  public void read(List<ChannelRecord> records) throws ConnectionException {
    TemplateSession.await(session.read(requests(records)));
  }

  @Override
  public void write(List<ChannelRecord> records) throws ConnectionException {
    TemplateSession.await(session.write(requests(records)));
  }

  @Override
  public void checkChannel(ChannelRecord record) throws DriverException {
    TemplateChannel.of(ChannelSettings.of(record));
  }

  @Override
  public PreparedRead prepareRead(List<ChannelRecord> records) {
    return new TemplatePreparedRead(session, records);
  }

  @Override
  public CompletionStage<List<ChannelRecord>> readAsync(PreparedRead prepared) {
    TemplatePreparedRead mine = (TemplatePreparedRead) prepared;
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

  private static List<TemplateRequest> requests(List<ChannelRecord> records) {
    return records.stream().map(TemplateRequest::of).toList();
  }
}
