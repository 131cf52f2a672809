package org.penstock.flow.rules.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.kura.type.DataType;
import org.penstock.api.expression.ChannelTypes;
import org.penstock.api.expression.ExpressionException;
import org.penstock.flow.rules.language.Language;
import org.penstock.flow.rules.language.Program;

/**
 * A rule's properties, understood: its expressions are compiled for one user. Problems are collected,
 * so that somebody sees all of them.
 */
final class RuleDefinition {

  /** The word for the rule's state in expressions of actions. */
  static final String ACTIVE = "active";

  private static final String NEVER =
      "it is always the same: name a channel, such as pump/speed > 5, or a time, such as hour() == 6";

  /** What is done with an alarm. */
  enum AlarmAction {
    NONE,
    FOLLOW,
    RAISE,
    CLEAR,
    SUPPRESS
  }

  /** What is published. */
  enum Publication {
    NONE,
    MESSAGE,
    WORK_ORDER
  }

  /** What an expression without value counts as. */
  enum BadInput {
    HOLD,
    FALSE,
    TRUE
  }

  /** Something is wrong at a place: the key, and the character from 1, 0 for none. */
  record Fault(String key, int character, String message) {

    String text() {
      return key + (character > 0 ? ", character " + character : "") + ": " + message;
    }
  }

  /**
   * When it is active.
   *
   * @param onDelay milliseconds
   * @param offDelay milliseconds
   * @param repeat milliseconds, 0 for never
   */
  record Timing(long onDelay, long offDelay, long repeat, BadInput badInput) {}

  /**
   * A value for a channel.
   *
   * @param interval least milliseconds between two writes
   */
  record Target(
      String channel,
      Program value,
      Optional<Program> revert,
      Optional<Program> guard,
      boolean interlock,
      long interval) {}

  /** An alarm. */
  record AlarmPart(AlarmAction action, String name, String group) {

    /** The alarms that a rule goes on with which begins, active or not; what was raised once stays. */
    Set<String> kept(boolean active) {
      return action == AlarmAction.RAISE || active && action != AlarmAction.NONE
          ? Set.of(name)
          : Set.of();
    }
  }

  private final Map<String, Object> properties;
  private final ChannelTypes channels;
  private final List<Fault> faults = new ArrayList<>();
  private final Map<String, DataType> words;
  private final Optional<Program> when;
  private final Timing timing;
  private final Optional<Target> write;
  private final Optional<Target> tag;
  private final AlarmPart alarm;
  private final Publication publication;
  private final Optional<Program> body;
  private final int signature;

  RuleDefinition(Map<String, Object> properties, ChannelTypes channels) {
    this.properties = properties;
    this.channels = channels;
    words = RecordWords.parse(text(RecordWords.KEY, ""), faults);
    when = program("when", DataType.BOOLEAN, true);
    when.filter(program -> program.references().isEmpty() && !program.remembers())
        .ifPresent(never -> faults.add(new Fault("when", 1, NEVER)));
    timing =
        new Timing(
            number("on.delay.ms"),
            number("off.delay.ms"),
            number("repeat.ms"),
            choice("bad.input", BadInput.HOLD));
    write =
        target(
            "write.channel",
            "write.value",
            number("write.interval.ms"),
            Boolean.parseBoolean(text("write.interlock", "false")));
    tag = target("tag.channel", "tag.value", 0, false);
    String own = text("kura.service.pid", "");
    String name = text("alarm.name", "").strip();
    alarm =
        new AlarmPart(
            choice("alarm", AlarmAction.NONE),
            name.isEmpty() ? own : name,
            text("alarm.group", "").strip());
    publication = choice("publish", Publication.NONE);
    body = program("publish.body", DataType.STRING, false);
    signature = what().hashCode();
  }

  private Optional<Target> target(
      String channelKey, String valueKey, long interval, boolean interlock) {
    String channel = text(channelKey, "").strip();
    if (channel.isEmpty()) {
      return Optional.empty();
    }
    Optional<DataType> type = channels.type(channel);
    if (type.isEmpty() || channel.lastIndexOf('/') <= 0) {
      faults.add(new Fault(channelKey, 0, "there is no channel " + channel + " to write to"));
      return Optional.empty();
    }
    Optional<Program> value = program(valueKey, type.get(), true);
    boolean own = channelKey.startsWith("write");
    return value.map(
        program ->
            new Target(
                channel,
                program,
                own ? program("write.revert", type.get(), false) : Optional.empty(),
                own ? program("write.guard", DataType.BOOLEAN, false) : Optional.empty(),
                interlock,
                interval));
  }

  private Optional<Program> program(String key, DataType type, boolean needed) {
    String text = text(key, "");
    if (text.isBlank()) {
      if (needed) {
        faults.add(new Fault(key, 0, "an expression is needed"));
      }
      return Optional.empty();
    }
    try {
      return Optional.of(new Language().compile(text, type, new Words(!key.equals("when"))));
    } catch (ExpressionException wrong) {
      faults.add(new Fault(key, wrong.position() + 1, wrong.getMessage()));
      return Optional.empty();
    }
  }

  /** The channels, and in actions the rule's own state. */
  private final class Words implements ChannelTypes {

    private final boolean action;

    Words(boolean action) {
      this.action = action;
    }

    @Override
    public Optional<DataType> type(String channel) {
      if (words.containsKey(channel)) {
        return Optional.of(words.get(channel));
      }
      return action && channel.equals(ACTIVE)
          ? Optional.of(DataType.BOOLEAN)
          : channels.type(channel);
    }

    @Override
    public Set<String> known() {
      Set<String> all = new TreeSet<>(channels.known());
      all.addAll(words.keySet());
      return all;
    }
  }

  private String text(String key, String otherwise) {
    Object value = properties.get(key);
    return value == null ? otherwise : value.toString();
  }

  private long number(String key) {
    String text = text(key, "0").strip();
    if (text.matches("\\d{1,12}")) {
      return Long.parseLong(text);
    }
    faults.add(new Fault(key, 0, "'" + text + "' must be 0 to 999999999999"));
    return 0;
  }

  private <E extends Enum<E>> E choice(String key, E otherwise) {
    String text = text(key, otherwise.name()).strip().toUpperCase(Locale.ROOT);
    for (E constant : otherwise.getDeclaringClass().getEnumConstants()) {
      if (constant.name().equals(text)) {
        return constant;
      }
    }
    faults.add(
        new Fault(
            key,
            0,
            "'%s' must be one of %s"
                .formatted(
                    text,
                    java.util.Arrays.toString(otherwise.getDeclaringClass().getEnumConstants()))));
    return otherwise;
  }

  List<Fault> faults() {
    return faults;
  }

  boolean enabled() {
    return Boolean.parseBoolean(text("enabled", "true"));
  }

  /** Another rule, with nothing that this one remembers, when it is another number. */
  int signature() {
    return signature;
  }

  private String what() {
    return String.join(
        "\n",
        whenText(),
        timing.toString(),
        alarm.action() + " " + alarm.name(),
        text("write.channel", "").strip(),
        text("tag.channel", "").strip(),
        text("tag.value", ""),
        words.toString());
  }

  /** Keys of the records that come over wires, with their types; empty for rules over channels only. */
  Map<String, DataType> words() {
    return words;
  }

  String whenText() {
    return text("when", "");
  }

  String message() {
    return text("message", "");
  }

  String priority() {
    return text("priority", "MEDIUM");
  }

  /** Present when there are no faults. */
  Optional<Program> when() {
    return when;
  }

  Timing timing() {
    return timing;
  }

  Optional<Target> write() {
    return write;
  }

  Optional<Target> tag() {
    return tag;
  }

  AlarmPart alarm() {
    return alarm;
  }

  Publication publication() {
    return publication;
  }

  Optional<Program> body() {
    return body;
  }

  /** The channels on which it depends when it acts, besides those of {@code when}. */
  Set<String> actionReferences() {
    Set<String> all = new TreeSet<>();
    List<Program> programs = new ArrayList<>();
    for (Optional<Target> target : List.of(write, tag)) {
      target.ifPresent(
          found -> {
            programs.add(found.value());
            found.revert().ifPresent(programs::add);
            found.guard().ifPresent(programs::add);
          });
    }
    body.ifPresent(programs::add);
    programs.forEach(program -> all.addAll(program.references()));
    all.remove(ACTIVE);
    all.removeAll(words.keySet());
    return all;
  }

  /** The channels that it writes. */
  Set<String> targets() {
    Set<String> all = new TreeSet<>();
    write.ifPresent(target -> all.add(target.channel()));
    tag.ifPresent(target -> all.add(target.channel()));
    return all;
  }
}
