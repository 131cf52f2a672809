package org.penstock.flow.rules.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.asset.AssetService;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.eclipse.kura.wire.WireEnvelope;
import org.eclipse.kura.wire.WireHelperService;
import org.eclipse.kura.wire.WireRecord;
import org.eclipse.kura.wire.graph.EmitterPort;
import org.eclipse.kura.wire.graph.MultiportWireSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.component.ComponentConstants;
import org.osgi.service.component.ComponentContext;
import org.penstock.api.health.HealthState.Level;
import org.penstock.api.write.ChannelWriter;
import org.penstock.core.storage.FileStorage;
import org.penstock.core.system.StrandService;
import org.penstock.flow.rules.alarm.AlarmRig;

/** A rule between wires. If deleted: a graph could lose what a rule decides, or send it by the wrong port. */
class WireRuleTest {

  private static final long PATIENCE = 30;

  @TempDir Path folder;
  private final StrandService strands = new StrandService();
  private final BlockingQueue<String> sent = new LinkedBlockingQueue<>();
  private RuleEngine engine;
  private AlarmRig alarms;
  private WireRule rule;

  @BeforeEach
  void start() {
    engine =
        new RuleEngine(
            fake(AssetService.class, Map.of("listAssets", List.of())),
            new FileStorage(),
            folder.resolve("rules"));
    alarms = new AlarmRig(new FileStorage(), strands.open("flow/alarms"), folder.resolve("alarms"));
  }

  @AfterEach
  void stop() throws Exception {
    rule.deactivate(ComponentConstants.DEACTIVATION_REASON_BUNDLE_STOPPED);
    engine.close();
    alarms.close();
  }

  private static <T> T fake(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answers.get(method.getName())));
  }

  private EmitterPort port(int number) {
    return (EmitterPort)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {EmitterPort.class},
            (proxy, method, arguments) -> {
              for (WireRecord one : ((WireEnvelope) arguments[0]).getRecords()) {
                StringBuilder text = new StringBuilder(number + ":");
                new TreeMap<>(one.getProperties())
                    .forEach((key, value) -> text.append(' ').append(shown(key, value)));
                sent.add(text.toString());
              }
              return null;
            });
  }

  private static String shown(String key, TypedValue<?> value) {
    return key.equals(WireRule.TIME) ? "at" : key + "=" + value.getValue();
  }

  private void rule(String when, String... more) {
    MultiportWireSupport wires =
        (MultiportWireSupport)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {MultiportWireSupport.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "getEmitterPorts" -> List.of(port(0), port(1), port(2));
                      case "createWireEnvelope" ->
                          new WireEnvelope("rule", castRecords(arguments[0]));
                      default -> null;
                    });
    Map<String, Object> properties = new HashMap<>();
    properties.put("kura.service.pid", "r");
    properties.put("when", when);
    properties.put("record.properties", "level: double; run: BOOLEAN");
    for (int i = 0; i < more.length; i += 2) {
      properties.put(more[i], more[i + 1]);
    }
    rule =
        new WireRule(
            engine,
            fake(ChannelWriter.class, Map.of()),
            alarms.alarms(),
            strands,
            fake(WireHelperService.class, Map.of("newWireSupport", wires)),
            fake(ComponentContext.class, Map.of()),
            properties);
  }

  @SuppressWarnings("unchecked")
  private static List<WireRecord> castRecords(Object records) {
    return (List<WireRecord>) records;
  }

  private void comes(Object... pairs) {
    Map<String, TypedValue<?>> record = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      record.put((String) pairs[i], TypedValues.newTypedValue(pairs[i + 1]));
    }
    rule.onWireReceive(new WireEnvelope("somebody", List.of(new WireRecord(record))));
  }

  private String next() throws InterruptedException {
    String next = sent.poll(PATIENCE, TimeUnit.SECONDS);
    assertNotNull(next, () -> "nothing is sent: " + rule.health());
    return next;
  }

  @Test
  void whatItDecidesGoesOutByItsPortsAndWhatComesMeanwhileByAnother() throws Exception {
    rule("level > 5 && run", "alarm", "FOLLOW");
    comes("level", 9.0, "run", false);
    comes("level", 9.0, "run", true, "assetName", "tank");
    assertEquals("0: assetName=tank level=9.0 ruleActive=true ruleName=r at run=true", next());
    assertEquals("2: assetName=tank level=9.0 run=true", next());
    assertEquals("UNACKNOWLEDGED", alarms.state("r"), "it does what every rule does");
    comes("other", 7);
    assertEquals("2: other=7", next(), "of the keys it says nothing, so the rule stays active");
    comes("level", 1.0);
    assertEquals("1: level=1.0 ruleActive=false ruleName=r at", next());
    assertTrue(sent.isEmpty(), sent::toString);
  }

  /** A record says when its values were, and which are bad. */
  @Test
  void timesAndErrorsOfRecordsCount() throws Exception {
    rule("count(level > 5, 10 s) >= 2");
    long now = System.currentTimeMillis();
    comes("level", 9.0, "level_timestamp", now - 60_000);
    comes("level", 8.0, "assetTimestamp", now - 55_000);
    assertTrue(next().startsWith("0: "));
    assertTrue(next().startsWith("2: "));
    comes("level", 7.0, "level_timestamp", now);
    assertTrue(next().startsWith("1: "), "the two are too old by then");
    comes("level_error", "no answer");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
    rule.modified(
        Map.of("kura.service.pid", "r", "when", "level > 5", "record.properties", "level: DOUBLE"));
    comes("level_error", "no answer");
    while (!rule.health().reason().contains("no answer")) {
      assertTrue(System.nanoTime() < end, () -> rule.health().toString());
      Thread.onSpinWait();
    }
    assertTrue(sent.isEmpty(), sent::toString);
  }

  @Test
  void aWordThatWasNotNamedIsRefusedWithTheNearest() {
    Map<String, Object> values =
        Map.of("when", "levl > 5", "record.properties", "level: DOUBLE; run; x: NUMBER; a/b: LONG");
    List<String> problems =
        new WireRuleCheck(engine).check("r", values).stream().map(one -> one.allowed()).toList();
    assertEquals(4, problems.size(), problems::toString);
    assertTrue(problems.get(0).contains("'run' has no type"), problems::toString);
    assertTrue(problems.get(1).contains("'NUMBER' is no type"), problems::toString);
    assertTrue(problems.get(2).contains("'a/b' means something else"), problems::toString);
    assertTrue(problems.get(3).contains("did you mean level?"), problems::toString);
    rule("levl > 5");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
    while (rule.health().level() != Level.FAILED) {
      assertTrue(System.nanoTime() < end, () -> rule.health().toString());
      Thread.onSpinWait();
    }
  }
}
