package org.penstock.core.system;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Component;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;

/** The Java runtime's figures on the health page; there from the first look on, costs nothing before. */
@Component
public final class JvmHealth implements HealthSource {

  private static final double NANOS = 1e9;

  private final Instant since = Instant.now();

  @Override
  public String name() {
    return "core/jvm";
  }

  @Override
  public HealthState health() {
    Runtime runtime = Runtime.getRuntime();
    Map<String, Object> figures = new TreeMap<>();
    figures.put("heap.used.bytes", runtime.totalMemory() - runtime.freeMemory());
    figures.put("heap.max.bytes", runtime.maxMemory());
    MemoryUsage outside = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
    figures.put("nonheap.used.bytes", outside.getUsed());
    figures.put("threads", ManagementFactory.getThreadMXBean().getThreadCount());
    figures.put("uptime.ms", ManagementFactory.getRuntimeMXBean().getUptime());
    figures.put("processors", runtime.availableProcessors());
    long collected = 0;
    for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
      collected += bean.getCollectionTime();
    }
    figures.put("gc.time.ms", collected);
    ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .ifPresent(cpu -> figures.put("cpu.seconds", cpu.toNanos() / NANOS));
    return new HealthState(HealthState.Level.OK, "", since, figures);
  }
}
