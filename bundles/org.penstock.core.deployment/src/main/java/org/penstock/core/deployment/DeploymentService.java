package org.penstock.core.deployment;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.marshalling.Unmarshaller;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.metatype.annotations.Designate;
import org.penstock.api.configuration.ConfigurationCheck;
import org.penstock.api.deployment.Deployments;
import org.penstock.api.deployment.Download;
import org.penstock.api.deployment.Installed;
import org.penstock.api.deployment.Job;
import org.penstock.api.deployment.Origin;
import org.penstock.api.deployment.Outcome;
import org.penstock.api.deployment.Outcome.Result;
import org.penstock.api.health.Health;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;
import org.penstock.api.health.HealthState.Level;
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one that changes what is installed; a changed configuration makes a new one. */
@Component(
    name = DeploymentConfig.PID,
    immediate = true,
    service = {
      Deployments.class,
      HealthSource.class,
      ConfigurableComponent.class,
      PackageBook.class
    })
@Designate(ocd = DeploymentConfig.class)
public final class DeploymentService
    implements Deployments, HealthSource, ConfigurableComponent, PackageBook {

  private static final Logger LOG = LoggerFactory.getLogger(DeploymentService.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final Duration LONGEST_DOWNLOAD = Duration.ofHours(1);

  private final StateFile files;
  private final Store store;
  private final Journal journal;
  private final FrameworkBundles bundles;
  private final Transactions transactions;
  private final Recovery recovery;
  private final ArtifactReader reader;
  private final Downloads downloads;
  private final Restart restart;
  private final LoadWatch load;
  private final Probation probation;
  private final FolderWatch folder;
  private final Strand strand;
  private final Jobs jobs = new Jobs("core/deployment/transactions");
  private final Jobs fetches = new Jobs("core/deployment/downloads");
  private final List<Consumer<Outcome>> listeners = new CopyOnWriteArrayList<>();
  private final AtomicReference<HealthState> state;
  private final AtomicReference<String> broken = new AtomicReference<>("");

  /** Called by the component runtime. */
  @Activate
  public DeploymentService(
      BundleContext context,
      DeploymentConfig config,
      @Reference Strands strands,
      @Reference DurableStorage storage,
      @Reference ServiceComponentRuntime runtime,
      @Reference Health health,
      @Reference ConfigurationService configurations,
      @Reference ConfigurationCheck check,
      @Reference(
              target = "(kura.service.pid=org.eclipse.kura.xml.marshaller.unmarshaller.provider)")
          Unmarshaller xml)
      throws IOException {
    // In the name of the framework: this bundle's own life must not matter to what is installed.
    BundleContext framework = context.getBundle(0).getBundleContext();
    Path home = Path.of(context.getProperty("penstock.home"));
    Path packages = home.resolve("packages");
    long maxBytes = (long) config.max_size_mb() << 20;
    files = new StateFile(storage, packages);
    store = new Store(storage, packages.resolve("store"));
    journal = new Journal(storage, packages.resolve("journal"));
    bundles = new FrameworkBundles(framework, Duration.ofSeconds(config.start_limit_s()));
    reader = new ArtifactReader(home.resolve("tmp"), maxBytes);
    downloads = new Downloads(config.download_private(), maxBytes, LONGEST_DOWNLOAD);
    load =
        new LoadWatch(
            framework,
            new LoadWatch.Limits(
                config.load_cpu_percent(),
                (long) config.load_allocation_mb_per_s() << 20,
                config.load_s()),
            this::stopLoaded);
    restart = new Restart(framework, home);
    probation =
        new Probation(framework, runtime, health, load, Duration.ofSeconds(config.probation_s()));
    Transactions.Means means =
        new Transactions.Means(
            files,
            store,
            journal,
            bundles,
            new ResolveCheck(framework),
            new Rules(config.downgrade(), context.getBundle().getVersion()),
            signatures(config, home),
            probation,
            new Fragments(configurations, check, xml),
            load,
            new Leftovers(
                storage,
                packages,
                Duration.ofHours(config.uninstall_grace_h()),
                System::currentTimeMillis),
            restart::ask);
    transactions = new Transactions(means);
    recovery = new Recovery(means, transactions);
    state = new AtomicReference<>(state(Level.STARTING, ""));
    strand = strands.open("core/deployment/folder");
    folder = new FolderWatch(home.resolve("deploy"), files, maxBytes, door(), strand);
    String lastEnd = context.getProperty("penstock.last.end");
    boolean undo = Boolean.parseBoolean(context.getProperty("penstock.undo.last"));
    jobs.add("recover", "", new Origin("", "launcher"), work -> recover(lastEnd, undo));
  }

  private static Signatures signatures(DeploymentConfig config, Path home) {
    return new Signatures(
        config.signature_policy(),
        home.resolve(config.signature_trust()),
        config.signature_trust_password().toCharArray(),
        home.resolve(config.signature_revoked()));
  }

  /** Called by the component runtime. */
  @Deactivate
  public void stop() throws IOException {
    strand.close();
    fetches.close();
    jobs.close();
    journal.close();
  }

  private Outcome recover(String lastEnd, boolean undo) {
    if (lastEnd != null) {
      LOG.error("{}", lastEnd);
    }
    bundles.awaitStartLevel();
    try {
      reader.clean();
      recovery.run();
      if (undo) {
        recovery.undoNewest(lastEnd);
      }
    } catch (IOException | Refusal e) {
      broken.set("what is installed can't be restored: " + e.getMessage());
      LOG.error("{}", broken.get());
    } catch (RuntimeException | Error e) { // foreign code: bundles, and who applies configurations
      broken.set("what is installed can't be restored: unexpected error " + e + "; report it");
      LOG.error("{}", broken.get(), e);
    }
    strand.every(Duration.ZERO, PERIOD, this::look);
    return null;
  }

  private void look() {
    if (broken.get().isEmpty()) {
      folder.look();
    }
    for (String unit : transactions.due()) {
      Origin origin = new Origin("", "grace");
      jobs.add("forget", unit, origin, work -> transactions.forget(unit, origin));
    }
    load.look();
    probation.look();
    List<String> wrong = new ArrayList<>(folder.refusals().values());
    wrong.addAll(load.offenders().values());
    if (!broken.get().isEmpty()) {
      wrong.add(broken.get());
    }
    String reason = String.join("; ", wrong);
    HealthState now = state(reason.isEmpty() ? Level.OK : Level.DEGRADED, reason);
    HealthState before = state.get();
    boolean same =
        before.level() == now.level()
            && before.reason().equals(now.reason())
            && before.figures().equals(now.figures());
    if (!same) {
      state.set(now);
    }
  }

  private HealthState state(Level level, String reason) {
    int refused = folder == null ? 0 : folder.refusals().size();
    int deployed = files.now().units().size();
    return new HealthState(
        level, reason, Instant.now(), Map.of("deployed", deployed, "refused", refused));
  }

  /** A committed bundle that loads the machine is stopped; one on probation is rolled back by that. */
  private void stopLoaded(Bundle bundle, String reason) {
    LOG.error("{}: stopped; replace or remove it", reason);
    Thread thread = new Thread(() -> end(bundle), "core/deployment/load");
    thread.setDaemon(true);
    thread.start();
  }

  private void end(Bundle bundle) {
    try {
      bundles.end(bundle.getLocation());
    } catch (Stuck e) {
      restart.ask(e.getMessage());
    } catch (Refusal e) {
      LOG.error("{}", e.getMessage());
    }
  }

  @Override
  public String name() {
    return "core/deployment";
  }

  @Override
  public HealthState health() {
    return state.get();
  }

  private FolderWatch.Door door() {
    return new FolderWatch.Door() {
      @Override
      public void install(Path file, Consumer<Outcome> then) {
        String name = file.getFileName().toString();
        submit(name, () -> reader.stage(name, file), new Origin("", "folder"), name)
            .outcome()
            .thenAccept(then);
      }

      @Override
      public void uninstall(String name, Consumer<Outcome> then) {
        DeploymentService.this.uninstall(name, new Origin("", "folder")).outcome().thenAccept(then);
      }
    };
  }

  /** How a file comes to where nobody changes it. */
  @FunctionalInterface
  private interface Stage {
    Staged get() throws Refusal;
  }

  /** The content is on the disk from here on: a job that waits, or is shown, holds no more of it. */
  private Job submit(String file, Stage stage, Origin origin, String folderFile) {
    try {
      Staged staged = stage.get();
      return jobs.add(
          "install", file, origin, work -> told(installed(file, () -> staged, origin, folderFile)));
    } catch (Refusal e) {
      return jobs.add(
          "install", file, origin, w -> told(refused("install", file, origin, e.getMessage())));
    }
  }

  private Outcome installed(String file, Stage stage, Origin origin, String folderFile) {
    try (Staged staged = stage.get()) {
      if (!broken.get().isEmpty()) {
        throw new Refusal(broken.get());
      }
      return transactions.install(reader.read(staged), origin, folderFile);
    } catch (Refusal e) {
      return refused("install", file, origin, e.getMessage());
    } catch (RuntimeException | Error e) { // foreign code: what stands in the file
      LOG.error("{} met an unexpected error", file, e);
      return refused("install", file, origin, file + " can't be read: unexpected error " + e);
    }
  }

  private Outcome refused(String action, String subject, Origin origin, String reason) {
    long now = System.currentTimeMillis();
    return transactions.end(
        new Outcome(action, subject, "", "", origin, now, now, Result.REFUSED, reason));
  }

  private Outcome told(Outcome outcome) {
    for (Consumer<Outcome> listener : listeners) {
      try {
        listener.accept(outcome);
      } catch (RuntimeException e) { // foreign code: it changes nothing in what is done
        LOG.error("a listener can't be told of {}", outcome.name(), e);
      }
    }
    return outcome;
  }

  @Override
  public Job install(String file, byte[] content, Origin origin) {
    return install(file, new ByteArrayInputStream(content), origin);
  }

  @Override
  public Job install(String file, InputStream content, Origin origin) {
    return submit(file, () -> reader.stage(file, content), origin, "");
  }

  @Override
  public Job install(Path file, Origin origin) {
    String name = file.getFileName().toString();
    return jobs.add(
        "install",
        name,
        origin,
        work -> told(installed(name, () -> reader.stage(name, file), origin, "")));
  }

  @Override
  public Job uninstall(String name, Origin origin) {
    return jobs.add("uninstall", name, origin, work -> told(transactions.uninstall(name, origin)));
  }

  @Override
  public Job download(Download what, Origin origin, Consumer<Job> progress) {
    long begun = System.currentTimeMillis();
    String subject = what.target().getFileName().toString();
    return fetches.add(
        "download",
        subject,
        origin,
        work -> {
          Result result = Result.DONE;
          String reason = "";
          try {
            downloads.fetch(
                what,
                (done, total) -> {
                  work.progress(done, total);
                  progress.accept(work);
                },
                work::isCancelled);
          } catch (Refusal e) {
            result = Result.REFUSED;
            reason = e.getMessage();
            LOG.warn("{}", reason);
          }
          return new Outcome(
              "download",
              subject,
              "",
              "",
              origin,
              begun,
              System.currentTimeMillis(),
              result,
              reason);
        });
  }

  @Override
  public List<Installed> installed() {
    return files.now().units().values().stream()
        .map(Unit::shown)
        .sorted(java.util.Comparator.comparing(Installed::name))
        .toList();
  }

  @Override
  public List<Outcome> journal(int limit) {
    return journal.last(limit);
  }

  @Override
  public Optional<Job> job(long id) {
    return jobs.job(id).or(() -> fetches.job(id));
  }

  @Override
  public Map<String, Unit> units() {
    return files.now().units();
  }

  @Override
  public Optional<Bundle> bundle(String location) {
    return bundles.bundle(location);
  }

  @Override
  public Path content(String sha256) throws IOException {
    return store.get(sha256);
  }

  @Override
  public Runnable listen(Consumer<Outcome> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
