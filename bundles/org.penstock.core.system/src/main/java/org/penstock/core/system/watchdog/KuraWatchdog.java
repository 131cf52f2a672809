package org.penstock.core.system.watchdog;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.watchdog.CriticalComponent;
import org.eclipse.kura.watchdog.WatchdogService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;
import org.penstock.api.health.HealthState.Level;
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;
import org.penstock.core.system.StuckStrands;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds systemd and the hardware's watchdog as long as every critical component checks in and no
 * poller or publisher hangs in one task; once one does, nobody is fed any more. Any thread may call.
 */
@Component(
    name = KuraWatchdog.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {WatchdogService.class, ConfigurableComponent.class, HealthSource.class},
    property = "service.pid=" + KuraWatchdog.PID)
@Designate(ocd = WatchdogConfig.class)
public final class KuraWatchdog implements WatchdogService, ConfigurableComponent, HealthSource {

  /** Kura's pid. */
  public static final String PID = "org.eclipse.kura.watchdog.WatchdogService";

  private static final Logger LOG = LoggerFactory.getLogger(KuraWatchdog.class);

  private final CheckIns checkIns;
  private final int interval;
  private final Path cause;
  private final DurableStorage storage;
  private final Supplier<Optional<String>> stuck;
  private final List<Feeder> feeders = new ArrayList<>();
  private final AtomicReference<String> hungry = new AtomicReference<>("");
  private final AtomicReference<HealthState> shown;
  private final AtomicLong fed = new AtomicLong();
  private final Strand strand;

  /** Called by the component runtime. */
  @Activate
  public KuraWatchdog(
      BundleContext context,
      WatchdogConfig config,
      @Reference StuckStrands stuck,
      @Reference DurableStorage storage,
      @Reference Strands strands) {
    this(
        config,
        Path.of(context.getProperty("penstock.home")),
        Feeder.Systemd.when(System.getenv("NOTIFY_SOCKET"), System.getenv("WATCHDOG_USEC")),
        () -> stuck.stuck(Duration.ofSeconds(config.stuck_limit_s())),
        storage,
        strands,
        System::nanoTime);
  }

  KuraWatchdog(
      WatchdogConfig config,
      Path home,
      Optional<Feeder> systemd,
      Supplier<Optional<String>> stuck,
      DurableStorage storage,
      Strands strands,
      LongSupplier nanos) {
    this.checkIns = new CheckIns(nanos);
    this.interval = config.pingInterval();
    this.cause = home.resolve(config.rebootCauseFilePath());
    this.storage = storage;
    this.stuck = stuck;
    this.shown = new AtomicReference<>(new HealthState(Level.OK, "", Instant.now(), Map.of()));
    systemd.ifPresent(feeders::add);
    if (config.enabled()) {
      openDevice(Path.of(config.watchdogDevice()));
    }
    strand = strands.open("core/watchdog");
    Duration period = Duration.ofMillis(Math.max(100, interval));
    strand.every(Duration.ZERO, period, this::look);
  }

  private void openDevice(Path device) {
    try {
      feeders.add(new Feeder.Device(device));
    } catch (IOException e) {
      hungry.set("the watchdog " + device + " can't be opened: " + e);
      LOG.warn("{}", hungry.get());
    }
  }

  private void look() {
    Optional<String> overdue = checkIns.overdue().or(stuck);
    if (overdue.isPresent()) {
      stopFeeding(overdue.get());
      return;
    }
    for (Feeder feeder : feeders) {
      try {
        feeder.feed();
        fed.incrementAndGet();
      } catch (IOException e) {
        shown.set(state(Level.DEGRADED, feeder.name() + " could not be fed: " + e.getMessage()));
        return;
      }
    }
    String trouble = hungry.get();
    shown.set(state(trouble.isEmpty() ? Level.OK : Level.DEGRADED, trouble));
  }

  private void stopFeeding(String why) {
    HealthState before = shown.get();
    String words = "the watchdog is no longer fed: " + why;
    shown.set(state(Level.FAILED, words));
    if (!before.reason().startsWith("the watchdog is no longer fed")) {
      LOG.error("{}", words);
      try {
        storage.replace(cause, (Instant.now() + " " + why + "\n").getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        LOG.error("the reason could not be kept: {}", e.getMessage());
      }
    }
  }

  private HealthState state(Level level, String reason) {
    HealthState before = shown.get();
    boolean same = before.level() == level && before.reason().equals(reason);
    return new HealthState(
        level,
        reason,
        same ? before.since() : Instant.now(),
        Map.of("fed", fed.get(), "critical.components", checkIns.all().size()));
  }

  /** Called by the component runtime. */
  @Deactivate
  public void stop() {
    strand.close();
    for (Feeder feeder : feeders) {
      try {
        feeder.close();
      } catch (IOException e) {
        LOG.warn("{} could not be disarmed: {}", feeder.name(), e.getMessage());
      }
    }
  }

  @Override
  @Deprecated
  public void startWatchdog() {
    // it runs as configured
  }

  @Override
  @Deprecated
  public void stopWatchdog() {
    // it runs as configured
  }

  @Override
  public int getHardwareTimeout() {
    return interval;
  }

  @Override
  @Deprecated
  public void registerCriticalService(CriticalComponent criticalComponent) {
    registerCriticalComponent(criticalComponent);
  }

  @Override
  @Deprecated
  public void unregisterCriticalService(CriticalComponent criticalComponent) {
    unregisterCriticalComponent(criticalComponent);
  }

  @Override
  public void registerCriticalComponent(CriticalComponent criticalComponent) {
    checkIns.register(criticalComponent);
  }

  @Override
  public void unregisterCriticalComponent(CriticalComponent criticalComponent) {
    checkIns.unregister(criticalComponent);
  }

  @Override
  public List<CriticalComponent> getCriticalComponents() {
    return checkIns.all();
  }

  @Override
  public void checkin(CriticalComponent criticalComponent) {
    checkIns.checkin(criticalComponent);
  }

  @Override
  public String name() {
    return "core/watchdog";
  }

  @Override
  public HealthState health() {
    return shown.get();
  }
}
