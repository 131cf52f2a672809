package org.penstock.acceptance.inside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.asset.Asset;
import org.eclipse.kura.asset.AssetService;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.driver.Driver;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;

/**
 * A driver of somebody else is installed, instantiated, updated and uninstalled again and again. If
 * deleted: each replacement of a driver in the field could cost some memory, threads or ports, until
 * the gateway has to be restarted.
 */
class CyclesTest {

  private static final int CYCLES = Boolean.getBoolean("penstock.all") ? 1000 : 200;
  private static final int SETTLED = 10;
  private static final String FACTORY = "com.acme.field.driver";
  private static final String DRIVER = "cycle-driver";
  private static final String ASSET = "cycle-asset";
  private static final String BARRIER = "cycle-barrier";

  private final BundleContext context =
      FrameworkUtil.getBundle(CyclesTest.class).getBundleContext();
  private final ConfigurationService configurations = service(ConfigurationService.class);
  private final AssetService assets = service(AssetService.class);
  private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();

  private <T> T service(Class<T> type) {
    return context.getService(context.getServiceReference(type));
  }

  @Test
  void nothingIsLeftOfADriverThatComesAndGoes() throws Exception {
    new CompletableFuture<>().orTimeout(1, TimeUnit.MILLISECONDS); // Java's timer thread is there
    Usage settled = null;
    for (int i = 1; i <= CYCLES; i++) {
      cycle();
      if (i == SETTLED) {
        settled = Usage.now();
      }
    }
    Usage before = settled;
    await("more threads, ports or descriptors than " + before, () -> Usage.now().within(before));
    await("class loaders are left over", () -> reachable() <= 1);
    assertEquals(2 * CYCLES, loaders.size());
  }

  private long reachable() {
    System.gc();
    return loaders.stream().filter(loader -> loader.get() != null).count();
  }

  private void cycle() throws Exception {
    Bundle bundle = install();
    create();
    awaitVersion("1.0.0");
    try (InputStream jar = jar("1.1.0")) {
      bundle.update(jar);
    }
    refresh(bundle);
    remember(bundle);
    awaitVersion("1.1.0");
    configurations.deleteFactoryConfiguration(ASSET, false);
    configurations.deleteFactoryConfiguration(DRIVER, false);
    await("the driver does not go", () -> drivers() == 0 && assets.getAsset(ASSET) == null);
    settle();
    bundle.uninstall();
    refresh(bundle);
  }

  /**
   * Waits until everybody has been told of the deletion. The framework fails with an exception of its
   * own when a bundle is uninstalled while its service is still being unregistered.
   */
  private void settle() throws IOException, InterruptedException {
    CountDownLatch told = new CountDownLatch(1);
    ServiceRegistration<ConfigurationListener> listener =
        context.registerService(
            ConfigurationListener.class,
            event -> {
              if (event.getPid().equals(BARRIER)
                  && event.getType() == ConfigurationEvent.CM_DELETED) {
                told.countDown();
              }
            },
            null);
    Configuration barrier = service(ConfigurationAdmin.class).getConfiguration(BARRIER, "?");
    barrier.update(new Hashtable<>(Map.of("x", 1)));
    barrier.delete();
    assertTrue(told.await(30, TimeUnit.SECONDS), "nobody was told of the deletion");
    listener.unregister();
  }

  private Bundle install() throws BundleException, IOException {
    try (InputStream jar = jar("1.0.0")) {
      Bundle bundle = context.installBundle("cycle:acme", jar);
      bundle.start();
      remember(bundle);
      await(
          "the factory does not come",
          () -> configurations.getFactoryComponentPids().contains(FACTORY));
      return bundle;
    }
  }

  private static InputStream jar(String version) throws IOException {
    return Files.newInputStream(Path.of(System.getProperty("penstock.acme-" + version)));
  }

  private void remember(Bundle bundle) {
    loaders.add(new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader()));
  }

  private void create() throws KuraException {
    configurations.createFactoryConfiguration(FACTORY, DRIVER, Map.of(), false);
    Map<String, Object> asset = new HashMap<>();
    asset.put("driver.pid", DRIVER);
    asset.put("poll.interval.ms", 20L);
    asset.put("version#+name", "version");
    asset.put("version#+type", "READ");
    asset.put("version#+value.type", "STRING");
    asset.put("version#what", "version");
    configurations.createFactoryConfiguration(
        "org.eclipse.kura.wire.WireAsset", ASSET, asset, false);
  }

  private long drivers() {
    try {
      return context.getServiceReferences(Driver.class, "(kura.service.pid=" + DRIVER + ")").size();
    } catch (InvalidSyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void awaitVersion(String version) {
    await("version " + version + " is not read", () -> version.equals(read()));
  }

  private String read() {
    Asset asset = assets.getAsset(ASSET);
    if (asset == null) {
      return "no asset";
    }
    try {
      List<ChannelRecord> records = asset.readAllChannels();
      return records.isEmpty() || records.get(0).getValue() == null
          ? "no value"
          : records.get(0).getValue().getValue().toString();
    } catch (KuraException notNow) {
      return notNow.getMessage();
    }
  }

  private void refresh(Bundle bundle) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    context
        .getBundle(0)
        .adapt(FrameworkWiring.class)
        .refreshBundles(Set.of(bundle), event -> done.countDown());
    assertTrue(done.await(30, TimeUnit.SECONDS), "the framework does not refresh");
  }

  private static void await(String problem, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(problem + ": " + Usage.now());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  /**
   * What the process holds.
   *
   * @param threads by name without numbers
   * @param descriptors open files and sockets
   * @param ports listening
   */
  private record Usage(Map<String, Long> threads, long descriptors, long ports) {

    /** So many more the pool of strands may have: far less than one for each cycle. */
    private static final int POOL = 8;

    private static final Path SELF = Path.of("/proc/self/fd");

    static Usage now() {
      try {
        return new Usage(
            Thread.getAllStackTraces().keySet().stream()
                .collect(
                    Collectors.groupingBy(
                        thread -> thread.getName().replaceAll("[0-9]+", "#"),
                        TreeMap::new,
                        Collectors.counting())),
            links().size(),
            listening());
      } catch (IOException problem) {
        throw new java.io.UncheckedIOException(problem);
      }
    }

    private static List<String> links() throws IOException {
      List<String> links = new ArrayList<>();
      try (Stream<Path> files = Files.list(SELF)) {
        for (Path file : files.toList()) {
          try {
            links.add(Files.readSymbolicLink(file).toString());
          } catch (IOException closedMeanwhile) {
            continue;
          }
        }
      }
      return links;
    }

    private static long listening() throws IOException {
      Set<String> own = new HashSet<>(links());
      long count = 0;
      for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
        for (String line : Files.readAllLines(Path.of(table))) {
          String[] words = line.strip().split("\\s+");
          count += words[3].equals("0A") && own.contains("socket:[" + words[9] + "]") ? 1 : 0;
        }
      }
      return count;
    }

    private long allThreads() {
      return threads.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Not more of anything. Threads of the shared pool bear the name of the strand that they last ran,
     * any of the gateway's: by name only those of drivers and of this test's own components tell of a
     * leak, all others by their number.
     */
    boolean within(Usage before) {
      return ports <= before.ports
          && descriptors <= before.descriptors
          && allThreads() <= before.allThreads() + POOL
          && threads.entrySet().stream()
              .filter(
                  entry ->
                      !entry.getKey().contains("/")
                          || entry.getKey().startsWith("driver/")
                          || entry.getKey().contains("cycle"))
              .allMatch(
                  entry -> entry.getValue() <= before.threads.getOrDefault(entry.getKey(), 0L));
    }
  }
}
