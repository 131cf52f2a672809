package org.penstock.flow.rules.rule;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.kura.asset.Asset;
import org.eclipse.kura.asset.AssetConfiguration;
import org.eclipse.kura.asset.AssetService;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.channel.ChannelType;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValues;
import org.penstock.api.driver.ChannelState;
import org.penstock.api.driver.ChannelStates;
import org.penstock.api.driver.Quality;
import org.penstock.api.expression.ChannelTypes;
import org.penstock.api.write.ChannelWriter;
import org.penstock.core.storage.FileStorage;
import org.penstock.core.system.StrandService;
import org.penstock.flow.rules.language.Language;
import org.penstock.flow.rules.language.Program;
import org.penstock.flow.rules.language.Slot;

/**
 * A process of the bench: events through rules, without the gateway around them. A device has the values a
 * and b, or only a, which go up one after the other and down again; an event each millisecond. Prints one line of JSON.
 */
public final class RuleLoad {

  private static final int DEVICES = 100;
  private static final int RULES = 8000;
  private static final int CHANNELS = 800;
  private static final int EACH_SECOND = 800;
  private static final long PAUSE = 15_000; // all windows are empty then, and nothing is due
  private static final int WARM_UP = 30; // seconds: both compilers are done then
  private static final double LOW = 20;
  private static final double HIGH = 90;
  private static final long BEGIN = 1_800_000_000_000L;

  private RuleLoad() {}

  /** {@code condition|average|sequence <events>}, or {@code many|windows <seconds>}. */
  public static void main(String... args) throws Exception {
    int count = Integer.parseInt(args[1]);
    if (args[0].equals("many") || args[0].equals("windows")) {
      many(args[0].equals("many") ? "p/c%d > 80" : "p/c%d > 80 && avg(p/c%1$d, 10 s) > 50", count);
      System.exit(0);
    }
    String when =
        switch (args[0]) {
          case "condition" -> "[d%1$d/a] > 80";
          case "average" -> "avg([d%1$d/a], 1 s) > 1000";
          default -> "sequence([d%1$d/a] > 80, [d%1$d/b] > 80, 1 s)";
        };
    Keyed rules = new Keyed(when, args[0].equals("sequence") ? 2 : 1);
    rules.run(0, count / 4);
    long before = cpu();
    int fired = rules.fired;
    rules.run(count / 4, count);
    double seconds = (cpu() - before) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "{\"perCpu\": %.1f, \"fired\": %d}%n",
        (count - count / 4) / seconds,
        rules.fired - fired);
  }

  private static long cpu() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static ChannelState state(double value, Instant at) {
    return new ChannelState(
        Quality.GOOD, at, Optional.of(TypedValues.newDoubleValue(value)), Optional.of(at));
  }

  /** The same rule for each device, on the path that a rule's strand takes. */
  private static final class Keyed implements RuleCore.Told {

    private final RuleCore[] cores = new RuleCore[DEVICES];
    private final Slot[][] slots = new Slot[DEVICES][];
    private final ChannelState low = state(LOW, Instant.ofEpochMilli(BEGIN));
    private final ChannelState high = state(HIGH, Instant.ofEpochMilli(BEGIN));
    private final int kinds;
    private int fired;

    Keyed(String when, int kinds) throws Exception {
      this.kinds = kinds;
      ChannelTypes types =
          new ChannelTypes() {
            @Override
            public Optional<DataType> type(String channel) {
              return Optional.of(DataType.DOUBLE);
            }

            @Override
            public Set<String> known() {
              return Set.of();
            }
          };
      RuleDefinition.Timing timing =
          new RuleDefinition.Timing(0, 0, 0, RuleDefinition.BadInput.HOLD);
      for (int device = 0; device < DEVICES; device++) {
        Program program = new Language().compile(when.formatted(device), DataType.BOOLEAN, types);
        cores[device] = new RuleCore(program, timing, this);
        slots[device] =
            new Slot[] {program.slot("d" + device + "/a"), program.slot("d" + device + "/b")};
      }
    }

    /** Event i is of device i modulo their number, in the phases a up, b up, a down, b down, or a up, a down. */
    void run(int from, int to) {
      for (int i = from; i < to; i++) {
        int device = i % DEVICES;
        int phase = i / DEVICES % (2 * kinds);
        long at = BEGIN + i;
        Slot slot = slots[device][phase % kinds];
        ChannelState state = phase < kinds ? high : low;
        cores[device].take(List.of(new RuleCore.Arrival(slot, state, at)), at);
      }
    }

    @Override
    public void began(long at) {
      fired++;
    }

    @Override
    public void goesOn(long at) {
      throw new IllegalStateException("nothing repeats");
    }

    @Override
    public void ended(long at) {
      // only beginnings are counted
    }
  }

  private static Object fake(Map<String, Object> answers, Class<?>... types) {
    return Proxy.newProxyInstance(
        RuleLoad.class.getClassLoader(),
        types,
        (proxy, method, arguments) -> answers.get(method.getName()));
  }

  private static long used() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(100);
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** Whole rules with engine, strands and state on disk; an event is for ten of them. */
  private static void many(String form, int seconds) throws Exception {
    Map<String, Channel> channels = new HashMap<>();
    for (int i = 0; i < CHANNELS; i++) {
      String name = "c" + i;
      channels.put(
          name, new Channel(name, ChannelType.READ_WRITE, DataType.DOUBLE, new HashMap<>()));
    }
    Object asset =
        fake(
            Map.of(
                "getAssetConfiguration",
                new AssetConfiguration("", "driver", channels),
                "channelStates",
                Map.of()),
            Asset.class,
            ChannelStates.class);
    AssetService assets = (AssetService) fake(Map.of("getAsset", asset), AssetService.class);
    StrandService strands = new StrandService();
    Path folder = Files.createTempDirectory("rule-load");
    RuleEngine engine = new RuleEngine(assets, new FileStorage(), folder);
    ChannelWriter writer = (ChannelWriter) fake(Map.of(), ChannelWriter.class);
    long empty = used();
    List<Rule> rules = new ArrayList<>();
    for (int i = 0; i < RULES; i++) {
      String when = form.formatted(i % CHANNELS);
      rules.add(
          new Rule(
              engine, writer, null, strands, Map.of("kura.service.pid", "r" + i, "when", when)));
    }
    rules.forEach(RuleLoad::awaitStart);
    double each = (used() - empty) / (double) RULES;
    pace(engine, EACH_SECOND * WARM_UP, 0);
    long before = cpu();
    long begin = System.nanoTime();
    pace(engine, EACH_SECOND * seconds, EACH_SECOND * WARM_UP);
    double elapsed = System.nanoTime() - begin;
    double all = (cpu() - before) / elapsed;
    double core = all - pacing(seconds);
    long dropped =
        rules.stream().mapToLong(r -> (Long) r.view().figures().get("inputs.dropped")).sum();
    double full = (used() - empty) / (double) RULES;
    System.out.printf(
        Locale.ROOT,
        "{\"core\": %.4f, \"withPacing\": %.4f, \"bytes\": %.0f, \"bytesAtWork\": %.0f, \"rate\": %.1f, \"dropped\": %d}%n",
        core,
        all,
        each,
        full,
        EACH_SECOND * seconds / (elapsed / 1e9),
        dropped);
  }

  private static void awaitStart(Rule rule) {
    while (rule.view().references().isEmpty()) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** What it costs to wait for the time of each event, without one: that is the load's, not the rules'. */
  private static double pacing(int seconds) throws Exception {
    RuleEngine nobody = new RuleEngine(null, new FileStorage(), Files.createTempDirectory("pace"));
    Thread.sleep(PAUSE);
    long before = cpu();
    long begin = System.nanoTime();
    pace(nobody, EACH_SECOND * seconds, 0);
    return (cpu() - before) / (double) (System.nanoTime() - begin);
  }

  private static void pace(RuleEngine engine, int events, int from) {
    long begin = System.nanoTime();
    for (int i = 0; i < events; i++) {
      long wait = begin + i * 1_000_000_000L / EACH_SECOND - System.nanoTime();
      if (wait > 0) {
        LockSupport.parkNanos(wait);
      }
      int event = from + i;
      double value = event / CHANNELS % 2 == 0 ? HIGH : LOW;
      engine.changed("p", Map.of("c" + event % CHANNELS, state(value, Instant.now())));
    }
  }
}
