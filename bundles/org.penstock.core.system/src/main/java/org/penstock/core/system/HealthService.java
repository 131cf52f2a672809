package org.penstock.core.system;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.health.Health;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;
import org.penstock.api.health.HealthState.Level;
import org.penstock.api.strand.Schedule;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;

/** Gathers all health sources, and says once when the gateway is ready. */
@Component(immediate = true)
public final class HealthService implements Health {

  private static final String BUNDLES = "core/bundles";
  private static final Duration LOOK = Duration.ofMillis(20);

  private final BundleContext context;
  private final Instant started = Instant.now();
  private final Strand strand;
  private final Schedule looks;
  private final AtomicReference<HealthState> bundles = new AtomicReference<>();
  private volatile boolean ready;

  private final HealthSources sources;

  /** Called by the component runtime. */
  @Activate
  public HealthService(BundleContext context, @Reference Strands strands) {
    this.context = context;
    this.sources = new HealthSources(context);
    bundles.set(state(Level.STARTING, "", 0));
    strand = strands.open("core/health");
    looks = strand.every(LOOK, LOOK, this::look);
  }

  /** Called by the component runtime. */
  @Deactivate
  public void stop() {
    strand.close();
    sources.close();
  }

  private void look() {
    if (!atFinalLevel()
        || sources.all().stream().anyMatch(s -> s.health().level() == Level.STARTING)) {
      return;
    }
    looks.close();
    ready = true;
    ReadyLine.print(port());
  }

  private boolean atFinalLevel() {
    FrameworkStartLevel level = context.getBundle(0).adapt(FrameworkStartLevel.class);
    String wanted = context.getProperty(Constants.FRAMEWORK_BEGINNING_STARTLEVEL);
    return wanted == null || level.getStartLevel() >= Integer.parseInt(wanted);
  }

  private Object port() {
    for (HealthSource source : sources.all()) {
      Object port = source.health().figures().get("https.port");
      if (port != null) {
        return port;
      }
    }
    return context.getProperty("penstock.https.port");
  }

  @Override
  public boolean ready() {
    return ready;
  }

  @Override
  public Level level() {
    if (!ready) {
      return Level.STARTING;
    }
    return states().values().stream()
        .map(HealthState::level)
        .max(Level::compareTo)
        .orElse(Level.OK);
  }

  @Override
  public Map<String, HealthState> states() {
    Map<String, HealthState> states = new TreeMap<>();
    for (HealthSource source : sources.all()) {
      states.put(source.name(), source.health());
    }
    states.put(BUNDLES, bundleState());
    return states;
  }

  private HealthState bundleState() {
    StringBuilder wrong = new StringBuilder();
    Bundle[] all = context.getBundles();
    for (Bundle bundle : all) {
      boolean fragment = bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null;
      int state = bundle.getState();
      boolean well = state == Bundle.ACTIVE || fragment && state == Bundle.RESOLVED;
      if (!well && !(state == Bundle.STARTING && !ready)) {
        wrong.append(wrong.isEmpty() ? "" : "; ").append(bundle.getSymbolicName());
        wrong.append(state == Bundle.INSTALLED ? " is not resolved" : " is not active");
      }
    }
    HealthState before = bundles.get();
    Level level = wrong.isEmpty() ? Level.OK : Level.DEGRADED;
    if (before.level() != level
        || !before.reason().contentEquals(wrong)
        || !before.figures().get("bundles").equals(all.length)) {
      bundles.set(state(level, wrong.toString(), all.length));
    }
    return bundles.get();
  }

  private HealthState state(Level level, String reason, int count) {
    return new HealthState(
        level, reason, Instant.now(), Map.of("bundles", count, "started", started.toString()));
  }
}
