package org.penstock.core.system;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;

/** The gateway's strands. */
@Component(service = {Strands.class, HealthSource.class, StuckStrands.class})
public final class StrandService implements Strands, HealthSource, StuckStrands {

  private static final int LEAST = 4;

  /** Pollers and publishers. */
  private static final List<String> WATCHED = List.of("field/", "cloud/", "flow/publish/");

  /** A command may take an hour, and restarts no box. */
  private static final List<String> ON_REQUEST =
      List.of("cloud/requests/", "cloud/remote/", "cloud/test/");

  private final Instant since = Instant.now();
  private final StrandPool pool;

  /** Called by the component runtime. */
  @Activate
  public StrandService() {
    pool = new StrandPool(Math.max(LEAST, 2 * Runtime.getRuntime().availableProcessors()));
  }

  /** Called by the component runtime. */
  @Deactivate
  public void stop() {
    pool.close();
  }

  @Override
  public Strand open(String name) {
    return new SerialStrand(pool, name);
  }

  @Override
  public Optional<String> stuck(Duration limit) {
    return pool.stuck(limit.toNanos()).stream()
        .filter(name -> WATCHED.stream().anyMatch(name::startsWith))
        .filter(name -> ON_REQUEST.stream().noneMatch(name::startsWith))
        .findFirst()
        .map(name -> name + " hangs in one task for more than " + limit.toSeconds() + " s");
  }

  @Override
  public String name() {
    return "core/strands";
  }

  @Override
  public HealthState health() {
    return new HealthState(
        HealthState.Level.OK,
        "",
        since,
        Map.of("threads", pool.threads(), "strands.slow", pool.ownThreads()));
  }
}
