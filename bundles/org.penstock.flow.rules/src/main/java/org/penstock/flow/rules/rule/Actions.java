package org.penstock.flow.rules.rule;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.penstock.api.driver.ChannelState;
import org.penstock.api.driver.Quality;
import org.penstock.api.expression.ChannelValues;
import org.penstock.api.expression.Expression;
import org.penstock.api.strand.Strand;
import org.penstock.api.write.ChannelWriter;
import org.penstock.api.write.WriteOutcome;
import org.penstock.api.write.WriteSource;
import org.penstock.flow.rules.alarm.Alarms;
import org.penstock.flow.rules.language.Program;
import org.penstock.flow.rules.rule.RuleDefinition.Publication;
import org.penstock.flow.rules.rule.RuleDefinition.Target;

/** What a rule does. Everything happens on the rule's strand; nothing waits for a device. */
final class Actions {

  private static final Gson JSON = new GsonBuilder().disableHtmlEscaping().create();

  private final String pid;
  private final RuleDefinition definition;
  private final RuleEngine engine;
  private final ChannelValues values;
  private final ChannelWriter writer;
  private final Alarms alarms;
  private final Strand strand;
  private final Outgoing outgoing;
  private final WriteSource source;
  private final Evidence evidence;
  private List<String> causes = List.of();
  private boolean active;
  private Optional<Long> lastWrite = Optional.empty();
  private boolean writeWaits;
  private TypedValue<?> asked;
  private String trouble = "";
  private long writes;

  /**
   * The services that a rule acts through.
   *
   * @param values the channels, and the words of what came over wires
   */
  record Means(
      RuleEngine engine,
      ChannelValues values,
      ChannelWriter writer,
      Alarms alarms,
      Strand strand) {}

  Actions(
      String pid, RuleDefinition definition, Means means, Outgoing outgoing, Evidence evidence) {
    this.pid = pid;
    this.definition = definition;
    this.engine = means.engine();
    this.values = means.values();
    this.writer = means.writer();
    this.alarms = means.alarms();
    this.strand = means.strand();
    this.outgoing = outgoing;
    this.evidence = evidence;
    this.source = new WriteSource(WriteSource.Kind.RULE, pid);
  }

  /** The rules behind what is done next. */
  void because(List<String> rules) {
    causes = rules;
  }

  List<String> causes() {
    return causes;
  }

  /** What does not work, empty when all does. */
  String trouble() {
    return trouble.isEmpty() ? outgoing.trouble() : trouble;
  }

  long writes() {
    return writes;
  }

  /** As it was before a restart: nothing is done again. */
  void resume(boolean wasActive) {
    active = wasActive;
    if (active && definition.write().isPresent()) {
      asked = value(definition.write().get().value()).orElse(null);
    }
  }

  void begin(long at) {
    active = true;
    write();
    tag();
    alarm(at);
    publish(at);
  }

  void again(long at) {
    write();
    publish(at);
  }

  void end(long at) {
    active = false;
    asked = null;
    definition
        .write()
        .ifPresent(
            target -> {
              target.revert().flatMap(this::value).ifPresent(value -> put(target, value));
              if (target.revert().isEmpty()) {
                release(target.channel());
              }
            });
    tag();
    switch (definition.alarm().action()) {
      case FOLLOW -> alarms.clear(definition.alarm().name(), at);
      case SUPPRESS -> alarms.suppress(definition.alarm().name(), false, source(pid), at);
      default -> {
        // ends by itself
      }
    }
  }

  /** What alarms name as their source. */
  static String source(String pid) {
    return "rule " + pid;
  }

  /**
   * The rule is no longer what it was, or gone: it holds no channel any longer, and its tag says that it is not
   * active. What it has written stays: nobody asked for another value.
   */
  void letGo() {
    if (active) {
      active = false;
      asked = null;
      definition.write().ifPresent(target -> release(target.channel()));
      tag();
    }
  }

  private void release(String channel) {
    int slash = channel.lastIndexOf('/');
    writer.release(channel.substring(0, slash), channel.substring(slash + 1), source);
  }

  private Optional<TypedValue<?>> value(Program program) {
    Expression.Result result = program.evaluate(this::state, Instant.now());
    if (result.value().isEmpty()) {
      trouble = "nothing is written: " + result.quality().reason();
    }
    return result.value();
  }

  private Optional<ChannelState> state(String reference) {
    if (reference.equals(RuleDefinition.ACTIVE)) {
      Instant now = Instant.now();
      return Optional.of(
          new ChannelState(
              Quality.GOOD,
              now,
              Optional.of(TypedValues.newBooleanValue(active)),
              Optional.of(now)));
    }
    return values.state(reference);
  }

  private void write() {
    if (definition.write().isEmpty()) {
      return;
    }
    Target target = definition.write().get();
    long now = engine.time().elapsed();
    long wait = lastWrite.map(last -> last + target.interval() - now).orElse(0L);
    if (wait > 0) {
      if (!writeWaits) {
        writeWaits = true;
        strand.after(Duration.ofMillis(wait), this::writeLater);
      }
      return;
    }
    boolean free =
        target.guard().isEmpty()
            || value(target.guard().get())
                .filter(v -> Boolean.TRUE.equals(v.getValue()))
                .isPresent();
    if (free) {
      value(target.value())
          .ifPresent(
              value -> {
                asked = value;
                put(target, value);
              });
    }
  }

  private void writeLater() {
    writeWaits = false;
    if (active) {
      write();
    }
  }

  /** A value of the written channel has come: an interlock sees to it that it is the one asked for. */
  void seen(String channel, ChannelState state) {
    Optional<Target> target = definition.write();
    boolean watched =
        active
            && asked != null
            && target.isPresent()
            && target.get().interlock()
            && target.get().channel().equals(channel);
    if (watched && state.lastGood().isPresent() && !state.lastGood().get().equals(asked)) {
      write();
    }
  }

  private void tag() {
    definition
        .tag()
        .ifPresent(target -> value(target.value()).ifPresent(value -> put(target, value)));
  }

  private void put(Target target, TypedValue<?> value) {
    int slash = target.channel().lastIndexOf('/');
    engine.causes().acted(pid, causes, target.channel(), engine.time().elapsed());
    lastWrite = Optional.of(engine.time().elapsed());
    writes++;
    String channel = target.channel().substring(slash + 1);
    writer
        .write(target.channel().substring(0, slash), Map.of(channel, value), source)
        .thenAcceptAsync(outcomes -> outcomes.forEach(this::written), strand);
  }

  private void written(WriteOutcome outcome) {
    trouble =
        outcome.result() == WriteOutcome.Result.WRITTEN
            ? ""
            : "write to %s %s: %s"
                .formatted(
                    outcome.channel(),
                    outcome.result() == WriteOutcome.Result.REFUSED ? "refused" : "failed",
                    outcome.reason());
  }

  private void alarm(long at) {
    RuleDefinition.AlarmPart alarm = definition.alarm();
    switch (alarm.action()) {
      case FOLLOW, RAISE ->
          alarms.raise(
              new Alarms.Raise(
                  alarm.name(),
                  definition.priority(),
                  definition.message(),
                  alarm.group(),
                  source(pid)),
              at);
      case CLEAR -> alarms.clear(alarm.name(), at);
      case SUPPRESS -> alarms.suppress(alarm.name(), true, source(pid), at);
      default -> {
        // none
      }
    }
  }

  private void publish(long at) {
    if (definition.publication() == Publication.NONE) {
      return;
    }
    boolean order = definition.publication() == Publication.WORK_ORDER;
    String time = Instant.ofEpochMilli(at).toString();
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("type", order ? "workOrder" : "message");
    content.put("id", pid + "@" + at);
    content.put("rule", pid);
    content.put("time", time);
    content.put("priority", definition.priority());
    content.put("message", definition.message());
    content.put("cause", definition.whenText());
    String last = evidence.last();
    content.put("asset", last.substring(0, Math.max(0, last.lastIndexOf('/'))));
    content.put("evidence", evidence.shown());
    String text = JSON.toJson(content);
    if (definition.body().isPresent()) {
      Optional<TypedValue<?>> body = value(definition.body().get());
      if (body.isPresent()) {
        text = body.get().getValue().toString();
      }
    }
    outgoing.send(
        text,
        new Date(at),
        Map.of("rule", pid, "type", content.get("type"), "assetName", content.get("asset")));
  }
}
