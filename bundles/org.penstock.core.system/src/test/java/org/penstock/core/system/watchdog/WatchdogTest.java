package org.penstock.core.system.watchdog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.status.CloudConnectionStatusComponent;
import org.eclipse.kura.status.CloudConnectionStatusEnum;
import org.eclipse.kura.watchdog.CriticalComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.health.HealthState.Level;
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.storage.LogOptions;
import org.penstock.api.storage.SegmentedLog;
import org.penstock.api.strand.Schedule;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;

/** Without it a gateway that hangs would hang for ever, or a healthy one be started again. */
class WatchdogTest {

  @TempDir Path home;
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicReference<Optional<String>> stuck = new AtomicReference<>(Optional.empty());
  private final List<Runnable> ticks = new ArrayList<>();

  private record Critical(String name, int timeout) implements CriticalComponent {
    @Override
    public String getCriticalComponentName() {
      return name;
    }

    @Override
    public int getCriticalComponentTimeout() {
      return timeout;
    }
  }

  private static WatchdogConfig config(Object... pairs) {
    Map<String, Object> given = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      given.put((String) pairs[i], pairs[i + 1]);
    }
    return (WatchdogConfig)
        Proxy.newProxyInstance(
            WatchdogConfig.class.getClassLoader(),
            new Class<?>[] {WatchdogConfig.class},
            (proxy, method, arguments) ->
                given.getOrDefault(method.getName(), method.getDefaultValue()));
  }

  private KuraWatchdog watchdog(Optional<Feeder> systemd, Object... pairs) {
    DurableStorage storage =
        new DurableStorage() {
          @Override
          public void replace(Path file, Content content) throws IOException {
            Files.createDirectories(file.getParent());
            try (OutputStream out = Files.newOutputStream(file)) {
              content.writeTo(out);
            }
          }

          @Override
          public void delete(Path file) {
            throw new IllegalStateException("not used here");
          }

          @Override
          public SegmentedLog openLog(Path folder, LogOptions options) {
            throw new IllegalStateException("not used here");
          }
        };
    Strands strands = name -> new TickStrand();
    return new KuraWatchdog(config(pairs), home, systemd, stuck::get, storage, strands, nanos::get);
  }

  private final class TickStrand implements Strand {
    @Override
    public void execute(Runnable task) {
      task.run();
    }

    @Override
    public Schedule after(Duration delay, Runnable task) {
      throw new IllegalStateException("not used here");
    }

    @Override
    public Schedule every(Duration first, Duration period, Runnable task) {
      ticks.add(task);
      return null;
    }

    @Override
    public int waiting() {
      return 0;
    }

    @Override
    public boolean isCurrent() {
      return false;
    }

    @Override
    public void close() {
      ticks.clear();
    }
  }

  private void tick(long seconds) {
    nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    ticks.forEach(Runnable::run);
  }

  private long food(Path device) throws IOException {
    return Files.readString(device).chars().filter(c -> c == 'w').count();
  }

  @Test
  void theDeviceIsFedWhileAllCheckInAndDisarmedAtTheEnd() throws IOException {
    Path device = Files.createFile(home.resolve("watchdog"));
    KuraWatchdog watchdog =
        watchdog(Optional.empty(), "enabled", true, "watchdogDevice", device.toString());
    Critical poller = new Critical("poller", 5000);
    watchdog.registerCriticalComponent(poller);
    for (int i = 0; i < 3; i++) {
      tick(4);
      watchdog.checkin(poller);
    }
    assertEquals(3, food(device));
    watchdog.stop();
    assertTrue(Files.readString(device).endsWith("V"), "the magic close");
  }

  @Test
  void aSilentComponentStopsTheFeedingAndTheReasonIsKept() throws IOException {
    Path device = Files.createFile(home.resolve("watchdog"));
    KuraWatchdog watchdog =
        watchdog(Optional.empty(), "enabled", true, "watchdogDevice", device.toString());
    Critical poller = new Critical("poller", 5000);
    watchdog.registerCriticalComponent(poller);
    tick(1);
    tick(10);
    tick(10);
    assertEquals(1, food(device));
    assertEquals(Level.FAILED, watchdog.health().level());
    String reason = Files.readString(home.resolve("data/reboot-cause"));
    assertTrue(reason.contains("poller has not checked in"), reason);
    watchdog.unregisterCriticalComponent(poller);
    tick(1);
    assertEquals(2, food(device), "one that left is not waited for");
  }

  @Test
  void aStrandThatHangsStopsTheFeedingOfSystemd() {
    List<String> fed = new ArrayList<>();
    Feeder systemd =
        new Feeder() {
          @Override
          public String name() {
            return "systemd";
          }

          @Override
          public void feed() {
            fed.add("fed");
          }

          @Override
          public void close() {
            fed.add("closed");
          }
        };
    KuraWatchdog watchdog = watchdog(Optional.of(systemd));
    tick(1);
    stuck.set(Optional.of("field/poller/tank hangs"));
    tick(1);
    assertEquals(List.of("fed"), fed);
    assertTrue(watchdog.health().reason().contains("field/poller/tank"));
  }

  @Test
  void systemdIsFedOnlyWhereTheUnitAsksForIt() {
    assertTrue(Feeder.Systemd.when(null, "1000").isEmpty());
    assertTrue(Feeder.Systemd.when("/run/x", null).isEmpty());
    assertTrue(Feeder.Systemd.when("/run/x", "1000").isPresent());
  }

  @Test
  void aMissingDeviceIsNamedAndTheGatewayRuns() {
    KuraWatchdog watchdog =
        watchdog(Optional.empty(), "enabled", true, "watchdogDevice", "/no/such");
    tick(1);
    assertEquals(Level.DEGRADED, watchdog.health().level());
    assertTrue(watchdog.health().reason().contains("/no/such"));
  }

  @Test
  void theLightShowsTheComponentWithTheHighestPriority() {
    StatusLight light = new StatusLight();
    CloudConnectionStatusComponent low = component(100);
    CloudConnectionStatusComponent high = component(300);
    light.register(low);
    light.updateStatus(low, CloudConnectionStatusEnum.ON);
    assertEquals(CloudConnectionStatusEnum.ON, light.shown());
    light.register(high);
    light.updateStatus(high, CloudConnectionStatusEnum.FAST_BLINKING);
    assertEquals(CloudConnectionStatusEnum.FAST_BLINKING, light.shown());
    light.unregister(high);
    assertEquals("ON", light.health().figures().get("light"));
  }

  private static CloudConnectionStatusComponent component(int priority) {
    AtomicReference<CloudConnectionStatusEnum> status =
        new AtomicReference<>(CloudConnectionStatusEnum.OFF);
    return new CloudConnectionStatusComponent() {
      @Override
      public int getNotificationPriority() {
        return priority;
      }

      @Override
      public CloudConnectionStatusEnum getNotificationStatus() {
        return status.get();
      }

      @Override
      public void setNotificationStatus(CloudConnectionStatusEnum now) {
        status.set(now);
      }
    };
  }
}
