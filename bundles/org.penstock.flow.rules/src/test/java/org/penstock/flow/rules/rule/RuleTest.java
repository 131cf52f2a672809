package org.penstock.flow.rules.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.ComponentConstants;
import org.penstock.api.driver.ChannelState;
import org.penstock.api.driver.ChannelStates;
import org.penstock.api.driver.Quality;
import org.penstock.api.health.HealthState.Level;
import org.penstock.api.write.ChannelWriter;
import org.penstock.api.write.WriteOutcome;
import org.penstock.core.storage.FileStorage;
import org.penstock.core.system.StrandService;
import org.penstock.flow.rules.alarm.AlarmRig;

/** Rules as components on real strands. If deleted: a slow publisher could stop every rule. */
class RuleTest {

  private static final long PATIENCE = 30;

  @TempDir Path folder;
  private final StrandService strands = new StrandService();
  private final Map<String, ChannelState> states = new ConcurrentHashMap<>();
  private final BlockingQueue<String> writes = new LinkedBlockingQueue<>();
  private RuleEngine engine;
  private AlarmRig alarms;

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
    AssetService assets =
        (AssetService) fake(Map.of("getAsset", asset, "listAssets", List.of()), AssetService.class);
    engine = new RuleEngine(assets, new FileStorage(), folder.resolve("rules"));
    alarms = new AlarmRig(new FileStorage(), strands.open("flow/alarms"), folder.resolve("alarms"));
  }

  @AfterEach
  void stop() throws Exception {
    engine.rules().values().forEach(Rule::close);
    engine.close();
    alarms.close();
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

  private static Map<String, Object> properties(String pid, String... pairs) {
    Map<String, Object> properties = new HashMap<>(Map.of("kura.service.pid", pid));
    for (int i = 0; i < pairs.length; i += 2) {
      properties.put(pairs[i], pairs[i + 1]);
    }
    return properties;
  }

  private Rule rule(String pid, String... pairs) {
    Map<String, Object> properties = properties(pid, pairs);
    Rule rule = new Rule(engine, writer(), alarms.alarms(), strands, properties);
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

  private void until(String state, String alarm) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
    while (!alarms.state(alarm).equals(state)) {
      assertTrue(System.nanoTime() < end, () -> alarm + " is " + alarms.state(alarm));
      Thread.onSpinWait();
    }
  }

  /** Whatever becomes of a rule, its alarm does not stay for ever, and nobody's acknowledgement is lost. */
  @ParameterizedTest
  @CsvSource({
    "disabled, NORMAL, the rule was disabled",
    "other, NORMAL, the rule was changed",
    "no alarm, NORMAL, the rule was changed",
    "broken, NORMAL, 'the rule was changed, and does not work'",
    "deleted, NORMAL, the rule was deleted",
    "message, ACKNOWLEDGED, ''",
    "stopped, ACKNOWLEDGED, ''",
  })
  void anAlarmReturnsToNormalWhenItsRuleIsNoLongerThere(String what, String state, String why)
      throws Exception {
    comes("a", 9);
    Rule rule =
        rule(
            "hot",
            "when",
            "p/a > 5",
            "alarm",
            "FOLLOW",
            "tag.channel",
            "p/out",
            "tag.value",
            "active ? 1 : 0");
    until("UNACKNOWLEDGED", "hot");
    assertEquals("RULE hot: 1.0", next());
    alarms.acknowledge("hot");
    Map<String, Object> now = new HashMap<>(rule.properties());
    switch (what) {
      case "disabled" -> now.put("enabled", false);
      case "other" -> now.put("when", "p/a > 50");
      case "no alarm" -> now.put("alarm", "NONE");
      case "broken" -> now.put("when", "p/nix > 50");
      case "message" -> now.put("message", "look there");
      default -> now.clear();
    }
    if (now.isEmpty()) {
      boolean deleted = what.equals("deleted");
      rule.deactivate(
          deleted
              ? ComponentConstants.DEACTIVATION_REASON_CONFIGURATION_DELETED
              : ComponentConstants.DEACTIVATION_REASON_BUNDLE_STOPPED);
    } else {
      rule.modified(now);
    }
    if (state.equals("NORMAL")) {
      until(state, "hot");
      assertEquals("RULE hot: 0.0", next(), "its tag says that it is not active");
      assertEquals("CLEARED rule hot " + why, alarms.journal("hot").get(2));
      if (what.equals("no alarm")) {
        assertEquals("RULE hot: 1.0", next(), "it begins anew");
      }
    } else {
      rule.deactivate(ComponentConstants.DEACTIVATION_REASON_BUNDLE_STOPPED);
      assertEquals(state, alarms.state("hot"));
    }
    assertTrue(writes.isEmpty(), writes::toString);
    rule(
        "hot",
        "when",
        "p/a > 5",
        "alarm",
        "FOLLOW",
        "tag.channel",
        "p/out",
        "tag.value",
        "active ? 1 : 0");
    until(state.equals("NORMAL") ? "UNACKNOWLEDGED" : "ACKNOWLEDGED", "hot");
  }

  /** Nobody told its alarms, and what it remembered was kept for ever. */
  @Test
  void theAlarmOfARuleStayedThatWasDeletedWhileTheBundleStoodStill() throws Exception {
    comes("a", 9);
    for (String pid : List.of("gone", "kept")) {
      Rule rule = rule(pid, "when", "p/a > 5", "alarm", "FOLLOW");
      until("UNACKNOWLEDGED", pid);
      alarms.acknowledge(pid);
      rule.deactivate(ComponentConstants.DEACTIVATION_REASON_BUNDLE_STOPPED);
    }
    Object kept =
        fake(
            Map.of("getProperties", new Hashtable<>(Map.of("kura.service.pid", "kept"))),
            Configuration.class);
    Object admin =
        fake(
            Map.of("listConfigurations", new Configuration[] {(Configuration) kept}),
            ConfigurationAdmin.class);
    new GoneRules(
        (ConfigurationService) fake(Map.of(), ConfigurationService.class),
        (ConfigurationAdmin) admin,
        alarms.alarms(),
        engine);
    until("NORMAL", "gone");
    assertEquals("ACKNOWLEDGED", alarms.state("kept"));
    assertEquals(Set.of("kept"), engine.log().orElseThrow().names());
  }

  /** However they were saved: only REST told of it. */
  @Test
  void rulesThatActInACircleSayNothingUnlessTheyCameOverRest() {
    comes("a", 1);
    comes("b", 0);
    Rule one = rule("one", "when", "p/a > 5", "write.channel", "p/b", "write.value", "1");
    Rule two = rule("two", "when", "p/b > 0", "write.channel", "p/a", "write.value", "9");
    assertEquals("", one.view().reason());
    assertEquals(
        "rules act in a circle and may be cut off: two writes p/a, one writes p/b, which two reads",
        two.view().reason());
    assertEquals(Level.OK, two.view().level());
  }

  /** What a rule kept silent would never be heard again. */
  @Test
  void anAlarmIsHeardAgainWhenTheRuleThatSilencedItIsGone() throws Exception {
    comes("a", 9);
    Rule rule = rule("maintenance", "when", "p/a > 5", "alarm", "SUPPRESS", "alarm.name", "hot");
    until("SUPPRESSED", "hot");
    rule.deactivate(ComponentConstants.DEACTIVATION_REASON_CONFIGURATION_DELETED);
    until("NORMAL", "hot");
    assertEquals(
        List.of("SUPPRESSED", "RELEASED rule maintenance the rule was deleted"),
        alarms.journal("hot"));
  }

  @Test
  void aRuleThatNamesNoChannelGoesByTheClockOrIsRefused() throws Exception {
    for (String never : List.of("true", "1 > 2", "now() - now() > 1 s")) {
      RuleDefinition definition = new RuleDefinition(properties("r", "when", never), engine);
      assertEquals(1, definition.faults().size(), never);
      assertTrue(
          definition.faults().get(0).text().contains("it is always the same"),
          () -> definition.faults().toString());
    }
    Rule rule =
        new Rule(
            engine,
            writer(),
            alarms.alarms(),
            strands,
            properties(
                "clock", "when", "minute() >= 0", "write.channel", "p/out", "write.value", "3"));
    assertEquals("RULE clock: 3.0", next());
    assertTrue(rule.view().references().isEmpty());
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
