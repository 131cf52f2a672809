package org.penstock.flow.rules.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.eclipse.kura.asset.Asset;
import org.eclipse.kura.asset.AssetConfiguration;
import org.eclipse.kura.asset.AssetService;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.channel.ChannelType;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.penstock.api.driver.ChannelState;
import org.penstock.api.driver.ChannelStates;
import org.penstock.api.driver.Quality;
import org.penstock.api.strand.Schedule;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;
import org.penstock.api.write.ChannelWriter;
import org.penstock.core.storage.CrashPoints;
import org.penstock.flow.rules.alarm.AlarmRig;

/**
 * Rules while somebody sets the clock. If deleted: one look at a wrong clock could hold an alarm up for
 * years, or raise it at once.
 */
class RuleClockTest {

  private static final long BEGIN = 1_700_000_000_000L;

  @TempDir Path folder;
  private final Hands time = new Hands();
  private final Turns turns = new Turns();
  private final Map<String, ChannelState> states = new HashMap<>();
  private final List<String> written = new ArrayList<>();
  private RuleEngine engine;
  private Rule rule;
  private AlarmRig alarms;

  /** A wall clock that can be set, and what really elapses. */
  private static final class Hands implements RuleClock.Source {
    private long set = BEGIN;
    private long elapsed;

    @Override
    public long wall() {
      return set + elapsed;
    }

    @Override
    public long nanos() {
      return TimeUnit.MILLISECONDS.toNanos(elapsed) - 77;
    }
  }

  /** A strand whose time is the test's. */
  private final class Turns {
    private record Later(long due, int order, Runnable task) implements Comparable<Later> {
      @Override
      public int compareTo(Later other) {
        return due != other.due ? Long.compare(due, other.due) : order - other.order;
      }
    }

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Later> later = new PriorityQueue<>();
    private int order;

    void run() {
      while (!tasks.isEmpty()) {
        tasks.poll().run();
      }
    }

    void pass(long millis) {
      long end = time.elapsed + millis;
      while (!later.isEmpty() && later.peek().due() <= end) {
        Later next = later.poll();
        time.elapsed = Math.max(time.elapsed, next.due());
        tasks.add(next.task());
        run();
      }
      time.elapsed = end;
    }

    Strand strand() {
      return fake(
          Strand.class,
          (method, arguments) -> {
            switch (method) {
              case "execute" -> tasks.add((Runnable) arguments[0]);
              case "after" -> {
                long wait = Math.max(0, ((Duration) arguments[0]).toMillis());
                Later one = new Later(time.elapsed + wait, order++, (Runnable) arguments[1]);
                later.add(one);
                return fake(Schedule.class, (of, none) -> later.remove(one) ? null : null);
              }
              default -> {
                return method.equals("waiting") ? 0 : null;
              }
            }
            return null;
          });
    }
  }

  private static <T> T fake(
      Class<T> type, BiFunction<String, Object[], Object> answers, Class<?>... more) {
    List<Class<?>> types = new ArrayList<>(List.of(more));
    types.add(type);
    return type.cast(
        Proxy.newProxyInstance(
            RuleClockTest.class.getClassLoader(),
            types.toArray(Class<?>[]::new),
            (proxy, method, arguments) -> answers.apply(method.getName(), arguments)));
  }

  private void start(String properties) {
    Map<String, Channel> channels = new HashMap<>();
    for (String name : List.of("a", "out")) {
      channels.put(
          name, new Channel(name, ChannelType.READ_WRITE, DataType.DOUBLE, new HashMap<>()));
    }
    AssetConfiguration configuration = new AssetConfiguration("", "driver", channels);
    Map<String, Object> answers =
        Map.of("getAssetConfiguration", configuration, "channelStates", states);
    Asset asset = fake(Asset.class, (method, none) -> answers.get(method), ChannelStates.class);
    AssetService assets = fake(AssetService.class, (method, none) -> asset);
    engine = new RuleEngine(assets, CrashPoints.quick(), folder, time);
    Map<String, Object> all = new HashMap<>();
    all.put("kura.service.pid", "clocked");
    all.put("write.channel", "p/out");
    all.put("write.value", "1");
    all.put("write.revert", "0");
    for (String pair : properties.split(";")) {
      int equals = pair.indexOf('=');
      all.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
    }
    Strands strands = name -> turns.strand();
    alarms = new AlarmRig(CrashPoints.quick(), turns.strand(), folder.resolve("alarms"));
    ChannelWriter writer = fake(ChannelWriter.class, this::write);
    rule = new Rule(engine, writer, alarms.alarms(), strands, all);
    turns.run();
  }

  private Object write(String method, Object[] arguments) {
    if (!method.equals("write")) {
      return null;
    }
    Object value =
        ((TypedValue<?>) ((Map<?, ?>) arguments[1]).values().iterator().next()).getValue();
    written.add((((Number) value).doubleValue() > 0 ? "+" : "-") + time.elapsed);
    return CompletableFuture.completedFuture(List.of());
  }

  @AfterEach
  void stop() throws Exception {
    if (rule != null) {
      rule.close();
      engine.close();
      alarms.close();
    }
  }

  private void comes(double value) {
    Instant now = Instant.ofEpochMilli(time.wall());
    ChannelState state =
        new ChannelState(
            Quality.GOOD, now, Optional.of(TypedValues.newDoubleValue(value)), Optional.of(now));
    states.put("a", state);
    engine.changed("p", Map.of("a", state));
    turns.run();
  }

  /**
   * {@code 6} is a value; {@code @900} lets time pass until then; {@code ^+1h} or {@code ^-1h} sets the
   * wall clock; {@code !} is a restart.
   */
  private void play(String properties, String events) throws Exception {
    start(properties);
    for (String event : events.strip().split("\\s+")) {
      switch (event.charAt(0)) {
        case '@' -> turns.pass(Long.parseLong(event.substring(1)) - time.elapsed);
        case '^' -> {
          String duration = event.substring(1).replaceFirst("([+-])(.*)", "$1PT$2");
          time.set += Duration.parse(duration.replaceFirst("^\\+", "")).toMillis();
        }
        case '!' -> {
          rule.close();
          engine.close();
          alarms.close();
          turns.later.clear();
          states.clear();
          start(properties);
        }
        default -> comes(Double.parseDouble(event));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "when=p/a > 5; on.delay.ms=500 | 6 @300 6 @2000 | +500",
        // forwards, and seen: neither early nor, once corrected, late
        "when=p/a > 5; on.delay.ms=500 | 6 @100 ^+80000h 6 @2000 | +500",
        "when=p/a > 5; on.delay.ms=500 | 6 @100 ^+80000h 6 @200 ^-80000h 6 @2000 | +500",
        "when=p/a > 5; on.delay.ms=500 | 1 ^+80000h 1 @100 ^-80000h @200 6 @2000 | +700",
        "when=p/a > 5; off.delay.ms=500 | 6 @100 1 ^+80000h 1 @200 ^-80000h 1 @2000 | +0 -600",
        // and unseen
        "when=p/a > 5; on.delay.ms=500 | 6 @100 ^+1h @200 ^-1h @2000 | +500",
        // back
        "when=p/a > 5; on.delay.ms=500 | 6 @100 ^-1h @2000 | +500",
        "when=p/a > 5; on.delay.ms=500 | 6 @100 ^-1h 6 @2000 | +500",
        "when=p/a > 5 | 1 @100 ^-1h @200 6 @300 1 @400 | +200 -300",
        // what the language remembers
        "when=held(p/a > 5, 500 ms) | 6 @100 ^+1h 6 @200 ^-2h 6 @2000 | +500",
        "when=lingers(p/a > 5, 500 ms) | 6 @100 1 ^-1h 1 @200 ^+9h 1 @2000 | +0 -500",
        "when=absent(p/a, 500 ms) | 1 @100 ^+1h 1 @200 ^-2h @2000 | +600",
        "when=count(p/a > 5, 500 ms) >= 2 | 6 @100 ^-1h 6 @200 ^+9h @2000 | +100 -500",
        "when=missing(p/a > 5, p/a > 9, 500 ms); off.delay.ms=1 | 1 @10 6 @100 ^+1h @110 6 @2000 | +510 -511",
        "when=p/a > 5; repeat.ms=500 | 6 @100 ^+80000h 6 @200 ^-80000h 6 @1200 | +0 +500 +1000",
        // windows that end with the wall clock's minutes: at seconds, for the test
        "when=count(p/a > 5, every 1 s) >= 2 | 6 @100 ^+1h 6 @2500 | +1000 -2000",
        "when=count(p/a > 5, every 1 s) >= 2 | 6 @100 ^+0.2s 6 @2500 | +800 -1800",
        "when=count(p/a > 5, every 1 s) >= 2 | 1 @300 6 @900 6 @950 ^-0.1s @2500 | +1100 -2100",
        // the least time between two writes
        "when=p/a > 5; write.interval.ms=500 | 6 @100 1 ^-1h @200 6 @2000 | +0 -100 +600",
        // over a restart: by the wall clock when it went on, else by what is known
        "when=p/a > 5; on.delay.ms=500 | 6 @100 ! @200 6 @2000 | +500",
        "when=p/a > 5; on.delay.ms=500 | 6 @100 ^-1h ! @200 6 @2000 | +600",
        "when=p/a > 5; on.delay.ms=500 | 6 @100 ^+80000h 6 @200 ^-80000h ! @300 6 @2000 | +600",
      })
  void aClockThatIsSetNeitherHurriesNorHoldsUpADelay(
      String properties, String events, String expected) throws Exception {
    play(properties, events);
    assertEquals(expected.strip(), String.join(" ", written));
  }

  /** Calendars follow the wall clock. */
  @Test
  void anHourThatIsSetCounts() throws Exception {
    // 2023-11-14T22:13:20Z
    play("when=hour('UTC') == 23 && p/a > 5", "6 @1000 ^+1h @2000 6 @3000 ^-1h @100000");
    assertEquals("+2000 -40000", String.join(" ", written));
  }

  /** It names no channel that it could wait for. */
  @Test
  void aRuleByTheClockGoesOnAtOnceAfterARestart() throws Exception {
    // 2023-11-14T22:13:20Z
    play("when=minute('UTC') == 14", "@30000 ! @50000");
    assertEquals("+40000", String.join(" ", written));
  }

  @Test
  void whatWasOnItsWayWhileTheClockWasSetBearsTheTimeOfBefore() {
    RuleClock clock = new RuleClock(time);
    time.elapsed = 1000;
    Instant before = Instant.ofEpochMilli(time.wall() - 30);
    time.set += 3_600_000;
    assertEquals(3_600_000, clock.follow());
    assertEquals(time.wall() - 30, clock.of(before));
    assertEquals(time.wall() - 5, clock.of(Instant.ofEpochMilli(time.wall() - 5)));
    Instant wrong = Instant.ofEpochMilli(time.wall() - 30);
    time.set -= 3_600_000;
    assertEquals(-3_600_000, clock.follow());
    assertEquals(time.wall() - 30, clock.of(wrong));
    time.elapsed += 100_000;
    assertEquals(0, clock.follow());
    assertEquals(time.wall(), clock.of(wrong), "nothing is of the future");
  }
}
