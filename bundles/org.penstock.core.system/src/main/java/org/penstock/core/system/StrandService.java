package org.penstock.core.system;

import java.time.Instant;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;

/** The gateway's strands. */
@Component(service = {Strands.class, HealthSource.class})
public final class StrandService implements Strands, HealthSource {

  private static final int LEAST = 4;

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
