package org.penstock.core.system.clock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.clock.ClockEvent;
import org.eclipse.kura.clock.ClockService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.EventAdmin;
import org.penstock.api.clock.TimeTrust;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;
import org.penstock.api.health.HealthState.Level;
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches the clock; setting it is the operating system's job (NTP, chrony). */
@Component(
    service = {ClockService.class, TimeTrust.class, HealthSource.class},
    immediate = true)
public final class KuraClock implements ClockService, TimeTrust, HealthSource {

  private static final Logger LOG = LoggerFactory.getLogger(KuraClock.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Instant NOT_BEFORE = Instant.parse("2025-01-01T00:00:00Z");

  /** systemd touches this file when it has set the clock. */
  private static final Path SYNCHRONIZED = Path.of("/run/systemd/timesync/synchronized");

  private final ClockWatch watch;
  private final EventAdmin events;
  private final Strand strand;
  private final AtomicReference<HealthState> shown =
      new AtomicReference<>(new HealthState(Level.OK, "", Instant.now(), Map.of()));

  /** Called by the component runtime. */
  @Activate
  public KuraClock(
      BundleContext context,
      @Reference DurableStorage storage,
      @Reference EventAdmin events,
      @Reference Strands strands) {
    this(
        new ClockWatch(
            Path.of(context.getProperty("penstock.home")).resolve("data").resolve("clock"),
            built(context.getBundle().getVersion().getQualifier()),
            storage,
            System::currentTimeMillis,
            System::nanoTime),
        events,
        strands);
  }

  KuraClock(ClockWatch watch, EventAdmin events, Strands strands) {
    this.watch = watch;
    this.events = events;
    this.strand = strands.open("core/clock");
    strand.every(LOOK, LOOK, this::look);
  }

  /** The bundle's version carries the minute in which it was built. */
  static Instant built(String qualifier) {
    try {
      Instant built =
          LocalDateTime.parse(qualifier, DateTimeFormatter.ofPattern("yyyyMMddHHmm"))
              .toInstant(ZoneOffset.UTC);
      return built.isAfter(NOT_BEFORE) ? built.minus(Duration.ofDays(1)) : NOT_BEFORE;
    } catch (DateTimeParseException e) {
      return NOT_BEFORE; // a release has no such qualifier
    }
  }

  /** Called by the component runtime. */
  @Deactivate
  public void stop() {
    strand.close();
  }

  private void look() {
    try {
      boolean before = shown.get().level() == Level.OK;
      Duration jump = watch.look();
      if (!jump.isZero() || !before && watch.trusted()) {
        events.postEvent(new ClockEvent(Map.of("jump.ms", jump.toMillis())));
        LOG.info("the clock jumped by {} s; stored data keeps its order", jump.toSeconds());
      }
    } catch (IOException e) {
      LOG.warn("the time can't be noted: {}", e.getMessage());
    }
    health();
  }

  @Override
  public Date getLastSync() throws KuraException {
    try {
      if (Files.exists(SYNCHRONIZED)) {
        return Date.from(Files.getLastModifiedTime(SYNCHRONIZED).toInstant());
      }
    } catch (IOException e) {
      throw new KuraException(KuraErrorCode.INTERNAL_ERROR, e, SYNCHRONIZED.toString());
    }
    return watch
        .lastSet()
        .map(Date::from)
        .orElseThrow(
            () ->
                new KuraException(
                    KuraErrorCode.SERVICE_UNAVAILABLE, "nobody has set the clock since the start"));
  }

  @Override
  public boolean trusted() {
    return watch.trusted();
  }

  @Override
  public long jumps() {
    return watch.jumps();
  }

  @Override
  public String name() {
    return "core/clock";
  }

  @Override
  public HealthState health() {
    boolean trusted = watch.trusted();
    String reason =
        trusted
            ? ""
            : "time is not trusted: the clock is before "
                + watch.past()
                + ", which is past; data is stored in order and stamped with this wrong time until"
                + " NTP or somebody sets the clock";
    return shown.updateAndGet(
        before ->
            before.reason().equals(reason)
                    && Long.valueOf(watch.jumps()).equals(before.figures().get("jumps"))
                ? before
                : new HealthState(
                    trusted ? Level.OK : Level.DEGRADED,
                    reason,
                    Instant.now(),
                    Map.of("jumps", watch.jumps(), "trusted", Boolean.toString(trusted))));
  }
}
