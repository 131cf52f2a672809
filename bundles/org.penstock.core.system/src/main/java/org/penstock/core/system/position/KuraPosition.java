package org.penstock.core.system.position;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.position.GNSSType;
import org.eclipse.kura.position.NmeaPosition;
import org.eclipse.kura.position.PositionListener;
import org.eclipse.kura.position.PositionLockedEvent;
import org.eclipse.kura.position.PositionLostEvent;
import org.eclipse.kura.position.PositionService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.util.measurement.Measurement;
import org.osgi.util.measurement.Unit;
import org.osgi.util.position.Position;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;
import org.penstock.api.health.HealthState.Level;

/** Kura's PositionService. Any thread may call. Where nothing is known all figures are 0. */
@Component(
    name = KuraPosition.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {PositionService.class, ConfigurableComponent.class, HealthSource.class},
    property = "service.pid=" + KuraPosition.PID)
@Designate(ocd = PositionConfig.class)
public final class KuraPosition implements PositionService, ConfigurableComponent, HealthSource {

  /** Kura's pid. */
  public static final String PID = "org.eclipse.kura.position.PositionService";

  private static final Duration RETRY = Duration.ofSeconds(5);

  private final EventAdmin events;
  private final AtomicReference<Fix> fix = new AtomicReference<>(Fix.NONE);
  private final AtomicReference<String> sentence = new AtomicReference<>("");
  private final AtomicReference<HealthState> state = new AtomicReference<>(state(Level.OK, ""));
  private final Map<String, PositionListener> listeners = new ConcurrentHashMap<>();
  private final Optional<GpsdLink> link;

  /** Called by the component runtime. */
  @Activate
  public KuraPosition(PositionConfig config, @Reference EventAdmin events) {
    this(config, events, RETRY);
  }

  KuraPosition(PositionConfig config, EventAdmin events, Duration retry) {
    this.events = events;
    boolean gpsd = config.enabled() && !config.static$();
    if (config.enabled() && config.static$()) {
      take(Fix.fixed(config.latitude(), config.longitude(), config.altitude()));
    }
    link =
        gpsd
            ? Optional.of(
                new GpsdLink(config.gpsd_host(), config.gpsd_port(), retry, new Reports()))
            : Optional.empty();
  }

  /** Called by the component runtime. */
  @Deactivate
  public void stop() {
    link.ifPresent(GpsdLink::close);
  }

  private final class Reports implements GpsdLink.Listener {
    @Override
    public void fix(Fix now) {
      take(now);
    }

    @Override
    public void sentence(String nmea) {
      sentence.set(nmea);
      listeners.values().forEach(one -> one.newNmeaSentence(nmea));
    }

    @Override
    public void link(String trouble) {
      state.set(state(trouble.isEmpty() ? Level.OK : Level.DEGRADED, trouble));
    }
  }

  private void take(Fix now) {
    boolean before = fix.getAndSet(now).locked();
    if (now.locked() && !before) {
      events.postEvent(new PositionLockedEvent(Map.of()));
    } else if (before && !now.locked()) {
      events.postEvent(new PositionLostEvent(Map.of()));
    }
  }

  private static HealthState state(Level level, String reason) {
    return new HealthState(level, reason, Instant.now(), Map.of());
  }

  /** Angles in radians, lengths in metres, as OSGi's Position wants them. */
  @Override
  public Position getPosition() {
    Fix now = fix.get();
    return new Position(
        new Measurement(Math.toRadians(now.latitude()), Unit.rad),
        new Measurement(Math.toRadians(now.longitude()), Unit.rad),
        new Measurement(now.altitude(), Unit.m),
        new Measurement(now.speed(), Unit.m_s),
        new Measurement(Math.toRadians(now.track()), Unit.rad));
  }

  /** Angles in degrees. */
  @Override
  @Deprecated
  public NmeaPosition getNmeaPosition() {
    Fix now = fix.get();
    return new NmeaPosition(
        now.latitude(),
        now.longitude(),
        now.altitude(),
        now.speed(),
        now.track(),
        now.locked() ? 1 : 0,
        now.satellites(),
        now.dilution().position(),
        now.dilution().position(),
        now.dilution().horizontal(),
        now.dilution().vertical(),
        now.mode());
  }

  private String formatted(String pattern) {
    return fix.get()
        .time()
        .map(t -> LocalDateTime.ofInstant(t, ZoneOffset.UTC))
        .map(DateTimeFormatter.ofPattern(pattern)::format)
        .orElse("");
  }

  @Override
  @Deprecated
  public String getNmeaTime() {
    return formatted("HHmmss");
  }

  @Override
  @Deprecated
  public String getNmeaDate() {
    return formatted("ddMMyy");
  }

  @Override
  public LocalDateTime getDateTime() {
    return fix.get().time().map(t -> LocalDateTime.ofInstant(t, ZoneOffset.UTC)).orElse(null);
  }

  @Override
  public boolean isLocked() {
    return fix.get().locked();
  }

  @Override
  @Deprecated
  public String getLastSentence() {
    return sentence.get();
  }

  @Override
  public Set<GNSSType> getGnssTypes() {
    return fix.get().systems();
  }

  @Override
  public void registerListener(String listenerId, PositionListener positionListener) {
    listeners.put(listenerId, positionListener);
  }

  @Override
  public void unregisterListener(String listenerId) {
    listeners.remove(listenerId);
  }

  @Override
  public String name() {
    return "core/position";
  }

  @Override
  public HealthState health() {
    return state.get();
  }
}
