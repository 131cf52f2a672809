package org.penstock.flow.rules.rule;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.type.TypedValue;
import org.osgi.service.component.ComponentConstants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.penstock.api.driver.ChannelState;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;
import org.penstock.api.health.HealthState.Level;
import org.penstock.api.strand.Schedule;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;
import org.penstock.api.write.ChannelWriter;
import org.penstock.flow.rules.alarm.Alarms;
import org.penstock.flow.rules.language.Program;
import org.penstock.flow.rules.rule.RuleDefinition.AlarmAction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One rule as a component, on a strand of its own: values come in any thread, all else happens there.
 * A configuration that cannot be used stops the rule and shows on the health page.
 */
@Component(
    name = RuleConfig.FACTORY_PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {Rule.class, ConfigurableComponent.class, HealthSource.class})
@Designate(ocd = RuleConfig.class, factory = true)
public final class Rule implements ConfigurableComponent, HealthSource {

  private static final Logger LOG = LoggerFactory.getLogger(Rule.class);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final int MOST_WAITING = 1024;

  private final Ports ports;
  private final Map<String, ChannelState> record = new HashMap<>(); // what came over wires last
  private final String pid;
  private final RuleEngine engine;
  private final Strand strand;
  private final Outgoing outgoing;
  private final Actions.Means means;
  private final AtomicReference<Map<String, Object>> properties = new AtomicReference<>();
  private final AtomicReference<View> view;
  private final AtomicLong dropped = new AtomicLong();
  private final RuleClock clock;
  private final RuleMemory memory;
  private Running running;
  private long firings;
  private Instant lastFired;
  private String cut = "";
  private String circle = "";
  private Schedule schedule;
  private long scheduledFor = RuleCore.NEVER;

  /** What is shown of it. */
  record View(
      Level level,
      String reason,
      Instant since,
      boolean active,
      Optional<Instant> activeSince,
      Set<String> references,
      RuleCounts counts) {

    Map<String, Object> figures() {
      return counts.figures();
    }
  }

  /** A usable configuration at work. */
  private record Running(
      RuleDefinition definition, Program when, RuleCore core, Actions actions, Evidence evidence) {}

  /** Called by the component runtime. */
  @Activate
  public Rule(
      @Reference RuleEngine engine,
      @Reference ChannelWriter writer,
      @Reference Alarms alarms,
      @Reference Strands strands,
      Map<String, Object> properties) {
    this(engine, writer, alarms, strands, properties, Ports.NONE);
  }

  /**
   * A rule in a wire graph.
   *
   * @param ports are told what comes and what it decides
   */
  Rule(
      RuleEngine engine,
      ChannelWriter writer,
      Alarms alarms,
      Strands strands,
      Map<String, Object> properties,
      Ports ports) {
    this.ports = ports;
    this.pid = String.valueOf(properties.get("kura.service.pid"));
    this.engine = engine;
    this.strand = strands.open("flow/rule/" + pid);
    this.clock = new RuleClock(engine.time());
    this.memory = new RuleMemory(pid, engine, strand);
    this.outgoing = new Outgoing(strand);
    this.means = new Actions.Means(engine, this::state, writer, alarms, strand);
    this.view =
        new AtomicReference<>(
            new View(
                Level.OK, "", Instant.now(), false, Optional.empty(), Set.of(), RuleCounts.NONE));
    engine.enter(pid, this);
    modified(properties);
  }

  @Modified
  void modified(Map<String, Object> now) {
    properties.set(Map.copyOf(now));
    strand.execute(
        () -> {
          cut = "";
          begin();
        });
  }

  @Reference(
      name = SharedRuleConfig.REFERENCE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY,
      cardinality = ReferenceCardinality.OPTIONAL)
  void setCloudPublisher(CloudPublisher publisher) {
    outgoing.publisher().set(publisher);
  }

  /** The publisher is gone, unless another took its place. */
  void unsetCloudPublisher(CloudPublisher publisher) {
    outgoing.publisher().compareAndSet(publisher, null);
  }

  /** Called by the component runtime. A rule that is taken away leaves nothing behind. */
  @Deactivate
  void deactivate(int reason) {
    close();
    if (reason == ComponentConstants.DEACTIVATION_REASON_CONFIGURATION_DELETED) {
      Running last = running;
      if (last != null) {
        last.actions().letGo();
      }
      retire(Set.of(), "the rule was deleted", clock.now());
      memory.forget();
    }
  }

  /** Ends; a rule of that name goes on from here when it comes back. */
  public void close() {
    engine.leave(pid, this);
    strand.close();
    save(running, true);
  }

  private void begin() {
    Running before = running;
    save(before, true);
    running = null;
    long time = follow();
    RuleDefinition definition = new RuleDefinition(properties.get(), engine);
    boolean other = before != null && before.definition().signature() != definition.signature();
    if (before != null && (other || !definition.enabled())) {
      before.actions().letGo();
    }
    if (!definition.enabled()) {
      retire(Set.of(), "the rule was disabled", time);
      memory.forget();
      engine.ignore(this);
      show(Level.OK, "");
      return;
    }
    if (!definition.faults().isEmpty()) {
      if (other) {
        retire(Set.of(), "the rule was changed, and does not work", time);
        memory.forget();
      }
      engine.ignore(this);
      show(Level.FAILED, definition.faults().get(0).text());
      strand.after(RETRY, this::retry); // an asset that is not there yet may come
      return;
    }
    start(definition, before == null ? "the rule begins anew" : "the rule was changed", time);
  }

  private void start(RuleDefinition definition, String why, long time) {
    Program when = definition.when().orElseThrow();
    Evidence evidence = new Evidence();
    Actions actions = new Actions(pid, definition, means, outgoing, evidence);
    RuleCore core = new RuleCore(when, definition.timing(), new Acting(actions));
    running = new Running(definition, when, core, actions, evidence);
    boolean hadAlarm = memory.isKnown() || definition.alarm().action() != AlarmAction.NONE;
    if (memory.restore(core, definition.signature(), time)) {
      actions.resume(core.active());
    }
    if (hadAlarm) {
      retire(definition.alarm().kept(core.active()), why, time);
    }
    Set<String> all = new TreeSet<>(when.references());
    all.removeAll(definition.words().keySet());
    definition.write().filter(t -> t.interlock()).ifPresent(t -> all.add(t.channel()));
    String turning = engine.listen(this, all, definition.targets()).orElse("");
    if (!turning.isEmpty() && !turning.equals(circle)) {
      LOG.warn("{}", turning);
    }
    circle = turning;
    List<RuleEngine.Value> known = new ArrayList<>();
    all.forEach(
        name -> engine.state(name).ifPresent(s -> known.add(new RuleEngine.Value(name, s))));
    take(known);
  }

  /** Alarms of this rule return to normal, but those that it goes on with. */
  private void retire(Set<String> kept, String why, long time) {
    means.alarms().retire(Actions.source(pid), kept, why, time);
  }

  private void retry() {
    if (running == null && view.get().level() == Level.FAILED && cut.isEmpty()) {
      begin();
    }
  }

  /** Hands values over; any thread, returns at once. */
  void offer(List<RuleEngine.Value> values) {
    offer(values.size(), () -> take(values));
  }

  /**
   * Hands over what came over a wire; any thread, returns at once.
   *
   * @param after is told on the rule's strand whether the rule is active then
   */
  void receive(Map<String, TypedValue<?>> properties, Consumer<Boolean> after) {
    Instant now = Instant.now();
    offer(1, () -> after.accept(takeRecord(properties, now)));
  }

  private void offer(int values, Runnable taking) {
    if (strand.waiting() >= MOST_WAITING) {
      dropped.addAndGet(values);
      return;
    }
    try {
      strand.execute(taking);
    } catch (RejectedExecutionException stopped) {
      dropped.addAndGet(values);
    }
  }

  private boolean takeRecord(Map<String, TypedValue<?>> properties, Instant time) {
    Running now = running;
    if (now == null || !cut.isEmpty()) {
      return false;
    }
    List<RuleEngine.Value> values =
        RecordWords.values(now.definition().words().keySet(), properties, time);
    ports.comes(properties);
    values.forEach(value -> record.put(value.channel(), value.state()));
    now.evidence().asset(properties.get("assetName"));
    take(values);
    return running == now && cut.isEmpty() && now.core().active();
  }

  /** A word of what came over wires, or a channel. */
  private Optional<ChannelState> state(String reference) {
    ChannelState own = record.get(reference);
    return own == null ? engine.state(reference) : Optional.of(own);
  }

  private void take(List<RuleEngine.Value> values) {
    Running now = running;
    if (now == null || !cut.isEmpty()) {
      return;
    }
    long time = follow();
    List<RuleCore.Arrival> arrivals = new ArrayList<>(values.size());
    List<String> causes = List.of();
    for (RuleEngine.Value value : values) {
      var slot = now.when().slot(value.channel());
      if (slot != null) {
        arrivals.add(new RuleCore.Arrival(slot, value.state(), clock.of(value.state().at())));
        now.evidence().note(value.channel(), value.state());
        List<String> behind = engine.causes().of(value.channel(), engine.time().elapsed());
        causes = behind.size() > causes.size() ? behind : causes;
      }
    }
    now.actions().because(causes);
    if (!arrivals.isEmpty()) {
      now.core().take(arrivals, time);
    }
    values.forEach(value -> now.actions().seen(value.channel(), value.state()));
    after(now);
  }

  private void tick() {
    schedule = null;
    scheduledFor = RuleCore.NEVER;
    Running now = running;
    if (now != null && cut.isEmpty()) {
      now.core().advance(follow());
      after(now);
    }
  }

  /** The time now. When the wall clock was set meanwhile, what the rule remembers moves with it. */
  private long follow() {
    long set = clock.follow();
    if (set != 0 && running != null) {
      running.core().shift(set);
    }
    if (scheduledFor != RuleCore.NEVER) {
      scheduledFor += set;
    }
    return clock.now();
  }

  private void after(Running now) {
    save(now, false);
    long due = cut.isEmpty() ? now.core().due() : RuleCore.NEVER;
    if (due < scheduledFor) {
      if (schedule != null) {
        schedule.close();
      }
      scheduledFor = due;
      long wait = Math.max(0, due - clock.now());
      schedule = strand.after(Duration.ofMillis(wait), this::tick);
    }
    String trouble = cut.isEmpty() ? now.actions().trouble() : cut;
    String bad = now.core().isBad() ? now.core().reason() : "";
    Level level = cut.isEmpty() ? Level.DEGRADED : Level.FAILED;
    if (!trouble.isEmpty()) {
      show(level, trouble);
    } else {
      show(bad.isEmpty() ? Level.OK : Level.DEGRADED, bad.isEmpty() ? circle : "no value: " + bad);
    }
  }

  private void save(Running now, boolean last) {
    if (now == null) {
      return;
    }
    try {
      memory.save(now.core(), now.definition().signature(), now.when().remembers(), last);
    } catch (IOException full) {
      show(Level.DEGRADED, "its state cannot be kept: " + full.getMessage());
    }
  }

  /** Tells the actions, unless the rule goes round in a circle. */
  private final class Acting implements RuleCore.Told {

    private final Actions actions;

    Acting(Actions actions) {
      this.actions = actions;
    }

    @Override
    public void began(long at) {
      List<String> causes = actions.causes();
      if (Causes.isLoop(pid, causes)) {
        cut =
            "cut off, because rules act on each other in a circle: %s; change one of them"
                .formatted(Causes.words(pid, causes));
        LOG.error("rule {} is {}", pid, cut);
        return;
      }
      firings++;
      lastFired = Instant.ofEpochMilli(at);
      actions.begin(at);
      ports.began(at);
    }

    @Override
    public void goesOn(long at) {
      actions.again(at);
      ports.goesOn(at);
    }

    @Override
    public void ended(long at) {
      actions.end(at);
      ports.ended(at);
    }
  }

  private void show(Level level, String reason) {
    Running now = running;
    boolean active = now != null && now.core().active();
    View before = view.get();
    boolean same = before.level() == level && before.reason().equals(reason);
    view.set(
        new View(
            level,
            reason,
            same ? before.since() : Instant.now(),
            active,
            active ? Optional.of(Instant.ofEpochMilli(now.core().activeSince())) : Optional.empty(),
            now == null ? Set.of() : now.when().references(),
            new RuleCounts(
                firings,
                Optional.ofNullable(lastFired),
                now == null ? 0 : now.actions().writes(),
                outgoing.published(),
                outgoing.lost(),
                dropped.get())));
    if (!same && level == Level.FAILED && before.level() != Level.FAILED) {
      LOG.warn("rule {} does not work: {}", pid, reason);
    }
  }

  String pid() {
    return pid;
  }

  /** How it is. Any thread. */
  View view() {
    return view.get();
  }

  /** Its configuration. Any thread. */
  Map<String, Object> properties() {
    return properties.get();
  }

  @Override
  public String name() {
    return "flow/rule/" + pid;
  }

  @Override
  public HealthState health() {
    View now = view.get();
    return new HealthState(now.level(), now.reason(), now.since(), now.figures());
  }
}
