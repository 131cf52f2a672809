package org.penstock.flow.rules.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.asset.Asset;
import org.eclipse.kura.asset.AssetConfiguration;
import org.eclipse.kura.asset.AssetService;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.channel.ChannelType;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.driver.ChannelState;
import org.penstock.api.driver.ChannelStates;
import org.penstock.api.driver.Quality;
import org.penstock.api.write.ChannelWriter;
import org.penstock.api.write.WriteOutcome;
import org.penstock.core.storage.FileStorage;
import org.penstock.core.system.StrandService;

/** Rules as components on real strands. If deleted: a slow publisher could stop every rule. */
class RuleTest {

  private static final long PATIENCE = 30;

  @TempDir Path folder;
  private final StrandService strands = new StrandService();
  private final Map<String, ChannelState> states = new ConcurrentHashMap<>();
  private final BlockingQueue<String> writes = new LinkedBlockingQueue<>();
  private RuleEngine engine;

  @BeforeEach
  void start() {
    Map<String, Channel> channels = new HashMap<>();
    for (String name : List.of("a", "b", "out")) {
      channels.put(
          name, new Channel(name, ChannelType.READ_WRITE, DataType.DOUBLE, new HashMap<>()));
    }
    AssetConfiguration configuration = new AssetConfiguration("", "driver", channels);
    Object asset =
        fake(
            Map.of("getAssetConfiguration", configuration, "channelStates", states),
            Asset.class,
            ChannelStates.class);
    AssetService assets = (AssetService) fake(Map.of("getAsset", asset), AssetService.class);
    engine = new RuleEngine(assets, new FileStorage(), folder);
  }

  @AfterEach
  void stop() throws Exception {
    engine.rules().values().forEach(Rule::close);
    engine.close();
  }

  /** Answers by the method's name; what is not foreseen gives null. */
  private static Object fake(Map<String, Object> answers, Class<?>... types) {
    return Proxy.newProxyInstance(
        RuleTest.class.getClassLoader(),
        types,
        (proxy, method, arguments) -> answers.get(method.getName()));
  }

  private ChannelWriter writer() {
    return (ChannelWriter)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ChannelWriter.class},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("write")) {
                return null;
              }
              writes.add(arguments[2] + ": " + written(arguments[1]));
              WriteOutcome done =
                  new WriteOutcome(
                      "out", WriteOutcome.Result.WRITTEN, "", Optional.empty(), Optional.empty());
              return CompletableFuture.completedFuture(List.of(done));
            });
  }

  private static Object written(Object values) {
    return ((TypedValue<?>) ((Map<?, ?>) values).values().iterator().next()).getValue();
  }

  private Rule rule(String pid, String... pairs) {
    Map<String, Object> properties = new HashMap<>(Map.of("kura.service.pid", pid));
    for (int i = 0; i < pairs.length; i += 2) {
      properties.put(pairs[i], pairs[i + 1]);
    }
    Rule rule = new Rule(engine, writer(), null, strands, properties);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
    while (rule.view().references().isEmpty()) {
      assertTrue(System.nanoTime() < end, () -> "does not begin: " + rule.view());
      Thread.onSpinWait();
    }
    return rule;
  }

  private void comes(String channel, double value) {
    Instant now = Instant.now();
    comes(
        channel,
        new ChannelState(
            Quality.GOOD, now, Optional.of(TypedValues.newDoubleValue(value)), Optional.of(now)));
  }

  private void comes(String channel, ChannelState state) {
    states.put(channel, state);
    engine.changed("p", Map.of(channel, state));
  }

  private String next() throws InterruptedException {
    return String.valueOf(writes.poll(PATIENCE, TimeUnit.SECONDS));
  }

  @Test
  void aRuleThatHangsInItsPublisherDelaysNoOther() throws Exception {
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    CloudPublisher slow =
        (CloudPublisher)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {CloudPublisher.class},
                (proxy, method, arguments) -> {
                  hangs.countDown();
                  free.await(PATIENCE, TimeUnit.SECONDS);
                  return "id";
                });
    comes("a", 1);
    comes("b", 1);
    Rule hanging = rule("hanging", "when", "p/a > 5", "publish", "WORK_ORDER");
    hanging.setCloudPublisher(slow);
    rule("quick", "when", "p/a > 5", "write.channel", "p/out", "write.value", "p/a + 1");
    comes("a", 9);
    assertTrue(hangs.await(PATIENCE, TimeUnit.SECONDS));
    assertEquals("RULE quick: 10.0", next());
    for (int i = 0; i < 100; i++) {
      comes("a", 1);
      comes("a", 20 + i);
      assertEquals("RULE quick: " + (21.0 + i), next());
    }
    free.countDown();
  }

  @Test
  void guardRevertAndBadInputDecideWhatIsWritten() throws Exception {
    comes("a", 1);
    comes("b", 0);
    rule(
        "pump",
        "when",
        "p/a > 5",
        "write.channel",
        "p/out",
        "write.value",
        "7",
        "write.revert",
        "2",
        "write.guard",
        "p/b > 0");
    comes("a", 9);
    comes("a", 1);
    assertEquals("RULE pump: 2.0", next(), "the guard keeps the first write back");
    comes("b", 1);
    comes("a", 9);
    assertEquals("RULE pump: 7.0", next());
    comes(
        "a",
        new ChannelState(
            Quality.bad("no answer"), Instant.now(), Optional.empty(), Optional.empty()));
    comes("a", 1);
    assertEquals("RULE pump: 2.0", next(), "what is bad writes nothing");
    assertTrue(writes.isEmpty(), writes::toString);
  }
}
