package org.penstock.core.system;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;
import org.penstock.api.health.HealthState.Level;

/** How much room is left where the gateway keeps its state; asked whenever somebody looks. */
@Component
public final class DiskHealth implements HealthSource {

  /** A snapshot, a log and a package fit in. */
  private static final long LEAST = 64L << 20;

  private final Path home;
  private final AtomicReference<HealthState> last =
      new AtomicReference<>(new HealthState(Level.OK, "", Instant.now(), Map.of()));

  /** Called by the component runtime. */
  @Activate
  public DiskHealth(BundleContext context) {
    this(Path.of(context.getProperty("penstock.home")));
  }

  DiskHealth(Path home) {
    this.home = home;
  }

  @Override
  public String name() {
    return "core/disk";
  }

  @Override
  public HealthState health() {
    try {
      FileStore store = Files.getFileStore(home);
      return state(store.getUsableSpace(), store.getTotalSpace());
    } catch (IOException e) {
      return follow(Level.DEGRADED, "the disk does not tell its room: " + e.getMessage(), Map.of());
    }
  }

  HealthState state(long free, long all) {
    Map<String, Object> figures = Map.of("disk.free.bytes", free, "disk.size.bytes", all);
    return free < LEAST
        ? follow(
            Level.DEGRADED,
            "less than %d MiB are free on the disk of %s; remove what is not needed"
                .formatted(LEAST >> 20, home),
            figures)
        : follow(Level.OK, "", figures);
  }

  /** The time is that of the last change of the level. */
  private HealthState follow(Level level, String reason, Map<String, Object> figures) {
    return last.updateAndGet(
        before ->
            new HealthState(
                level, reason, before.level() == level ? before.since() : Instant.now(), figures));
  }
}
