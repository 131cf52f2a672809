package org.penstock.core.deployment;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;
import org.penstock.api.health.HealthState.Level;
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at {@code <home>/deploy} each second and brings the framework in line with it. */
@Component(immediate = true)
public final class DeployWatcher implements HealthSource {

  private static final Logger LOG = LoggerFactory.getLogger(DeployWatcher.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final DeployFolder folder;
  private final Path deploy;
  private final Journal journal;
  private final Deployments deployments;
  private final Strand strand;
  private final Map<String, String> refusals = new TreeMap<>();
  private final AtomicReference<HealthState> state;

  /** Called by the component runtime. */
  @Activate
  public DeployWatcher(
      BundleContext context, @Reference Strands strands, @Reference DurableStorage storage) {
    Path home = Path.of(context.getProperty("penstock.home"));
    deploy = home.resolve("deploy");
    folder = new DeployFolder(deploy);
    Path copies = home.resolve("packages").resolve("deployed");
    journal = new Journal(storage, copies.resolve("journal.tsv"));
    deployments = new Deployments(framework(context), storage, copies, journal);
    state = new AtomicReference<>(state(""));
    strand = strands.open("core/deployment/folder");
    strand.execute(this::load);
    strand.every(PERIOD, PERIOD, this::look);
  }

  /** Bundles are installed in the name of the framework: this bundle's own life must not matter. */
  private static BundleContext framework(BundleContext context) {
    return context.getBundle(0).getBundleContext();
  }

  /** Called by the component runtime. */
  @Deactivate
  public void stop() {
    strand.close();
  }

  @Override
  public String name() {
    return "core/deployment";
  }

  @Override
  public HealthState health() {
    return state.get();
  }

  private void load() {
    try {
      journal.load();
    } catch (IOException e) {
      LOG.error(
          "the journal of deployed bundles can't be read, all are deployed again: {}", reason(e));
    }
  }

  private void look() {
    try {
      DeployFolder.Look look = folder.look();
      for (Path file : look.settled()) {
        deploy(file, look);
      }
      for (Journal.Entry entry : journal.entries().values()) {
        if (!look.present().contains(entry.file())) {
          remove(entry);
        }
      }
      refusals.keySet().retainAll(look.present());
      report(String.join("; ", refusals.values()));
    } catch (IOException e) {
      report("folder " + deploy + " can't be read: " + reason(e));
    }
  }

  private void deploy(Path path, DeployFolder.Look look) {
    String file = path.getFileName().toString();
    try {
      Candidate candidate = Candidate.read(path);
      if (!deployments.runs(candidate)) {
        LOG.info("{}", deployments.deploy(candidate, look.present()));
      }
      refusals.remove(file);
    } catch (Refusal e) {
      refuse(file, e.getMessage());
    } catch (IOException e) {
      refuse(file, file + " can't be stored: " + reason(e));
    }
  }

  private void remove(Journal.Entry entry) {
    try {
      LOG.info("{}", deployments.remove(entry));
    } catch (Refusal e) {
      refuse(entry.file(), e.getMessage());
    } catch (IOException e) {
      refuse(entry.file(), entry.file() + " is gone, but that can't be noted: " + reason(e));
    }
  }

  private void refuse(String file, String message) {
    if (!message.equals(refusals.put(file, message))) {
      LOG.error("{}", message);
    }
  }

  private void report(String reason) {
    HealthState now = state(reason);
    HealthState before = state.get();
    if (!before.reason().equals(now.reason()) || !before.figures().equals(now.figures())) {
      state.set(now);
    }
  }

  private HealthState state(String reason) {
    return new HealthState(
        reason.isEmpty() ? Level.OK : Level.DEGRADED,
        reason,
        Instant.now(),
        Map.of("deployed", journal.entries().size(), "refused", refusals.size()));
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
