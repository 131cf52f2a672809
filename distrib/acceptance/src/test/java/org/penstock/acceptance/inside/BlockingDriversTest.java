package org.penstock.acceptance.inside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.channel.ChannelFlag;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.ChannelStatus;
import org.eclipse.kura.channel.listener.ChannelListener;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.driver.ChannelDescriptor;
import org.eclipse.kura.driver.Driver;
import org.eclipse.kura.driver.PreparedRead;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.penstock.api.health.HealthSource;

/**
 * Drivers that block, as all of Kura's do, over the product's own strands. If deleted: a few dead
 * devices could use up the threads of all others.
 */
class BlockingDriversTest {

  private static final int ASSETS = 50;
  private static final int TENTH = 10;
  private static final int POLLS = 10;
  private static final long INTERVAL_MS = 250;
  private static final int MOST_THREADS_MORE = 50;

  private final BundleContext context =
      FrameworkUtil.getBundle(BlockingDriversTest.class).getBundleContext();
  private final ConfigurationService configurations =
      context.getService(context.getServiceReference(ConfigurationService.class));
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<ServiceRegistration<Driver>> drivers = new ArrayList<>();

  /** Answers after some time; one that is dead answers when the test ends. */
  private final class Device implements Driver {

    private final long millis;

    Device(long millis) {
      this.millis = millis;
    }

    @Override
    public void read(List<ChannelRecord> records) throws ConnectionException {
      try {
        end.await(millis, TimeUnit.MILLISECONDS);
      } catch (InterruptedException stopped) {
        throw new ConnectionException("stopped", stopped);
      }
      for (ChannelRecord record : records) {
        record.setValue(TypedValues.newIntegerValue(1));
        record.setChannelStatus(new ChannelStatus(ChannelFlag.SUCCESS));
        record.setTimestamp(System.currentTimeMillis());
      }
    }

    @Override
    public void connect() {}

    @Override
    public void disconnect() {}

    @Override
    public ChannelDescriptor getChannelDescriptor() {
      return List::of;
    }

    @Override
    public void write(List<ChannelRecord> records) {}

    @Override
    public void registerChannelListener(Map<String, Object> config, ChannelListener listener) {}

    @Override
    public void unregisterChannelListener(ChannelListener listener) {}

    @Override
    public PreparedRead prepareRead(List<ChannelRecord> records) {
      return null;
    }
  }

  @AfterEach
  void remove() throws KuraException {
    end.countDown();
    for (int i = 0; i < ASSETS; i++) {
      configurations.deleteFactoryConfiguration("blocking-" + i, false);
    }
    drivers.forEach(ServiceRegistration::unregister);
  }

  @Test
  void deadAndSlowDevicesBehindBlockingDriversHoldNobodyUp() throws KuraException {
    int threads = Thread.activeCount();
    for (int i = 0; i < ASSETS; i++) {
      long answersAfter = i % TENTH == 0 ? TimeUnit.HOURS.toMillis(1) : i % TENTH == 1 ? 2_000 : 0;
      drivers.add(
          context.registerService(
              Driver.class,
              new Device(answersAfter),
              new Hashtable<>(Map.of("kura.service.pid", "blocking-driver-" + i))));
      configurations.createFactoryConfiguration(
          "org.eclipse.kura.wire.WireAsset", "blocking-" + i, properties(i), false);
    }
    for (int i = 0; i < ASSETS; i++) {
      int number = i;
      if (i % TENTH > 1) {
        await(
            "asset " + i + " does not get its polls",
            () -> figure(number, "polls.achieved") >= POLLS);
      }
    }
    for (int i = 0; i < ASSETS; i += TENTH) {
      assertEquals(0, figure(i, "polls.achieved"), "a dead device has answered");
    }
    assertTrue(
        Thread.activeCount() <= threads + MOST_THREADS_MORE,
        () -> Thread.activeCount() + " threads, " + threads + " before");
  }

  private static Map<String, Object> properties(int number) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("driver.pid", "blocking-driver-" + number);
    properties.put("poll.interval.ms", INTERVAL_MS);
    properties.put("level#+name", "level");
    properties.put("level#+type", "READ");
    properties.put("level#+value.type", "INTEGER");
    return properties;
  }

  private long figure(int number, String name) {
    String source = "field/asset/blocking-" + number;
    try {
      for (ServiceReference<HealthSource> reference :
          context.getServiceReferences(HealthSource.class, null)) {
        HealthSource health = context.getService(reference);
        if (health != null && health.name().equals(source)) {
          return (Long) health.health().figures().get(name);
        }
      }
    } catch (InvalidSyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
    return -1;
  }

  private static void await(String problem, BooleanSupplier condition) {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > limit) {
        throw new AssertionError(problem);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }
}
