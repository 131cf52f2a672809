package org.penstock.field.asset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.configuration.Problem;
import org.penstock.api.driver.ChannelState;
import org.penstock.api.driver.ChannelStates;
import org.penstock.api.driver.Quality;
import org.penstock.api.expression.ChannelTypes;
import org.penstock.api.expression.ChannelValues;
import org.penstock.api.expression.Expression;
import org.penstock.api.expression.ExpressionException;
import org.penstock.api.expression.Expressions;

/** The place where the expression language comes in. If deleted: a virtual channel could lie. */
class VirtualDriverTest {

  @TempDir File cache;
  @TempDir Path home;
  private Rig rig;
  private VirtualDriver driver;

  @BeforeEach
  void start() throws Exception {
    rig = new Rig(cache);
    driver = new VirtualDriver(rig.threads, tags(), rig.context);
  }

  private VirtualTags tags() {
    return new VirtualTags(
        home.resolve("tags.tsv"), new TestStorage(), rig.strands.open("field/virtual/virtual"));
  }

  @AfterEach
  void stop() throws Exception {
    driver.stop();
    rig.close();
  }

  /** A language that only knows "double <channel>". */
  private static final class Doubling implements Expressions {

    @Override
    public Expression compile(String text, DataType result, ChannelTypes channels)
        throws ExpressionException {
      if (!text.startsWith("double ")) {
        throw new ExpressionException(0, "expected 'double <channel>'");
      }
      String channel = text.substring(7);
      if (channels.type(channel).isEmpty()) {
        throw new ExpressionException(7, "there is no channel " + channel);
      }
      return new Expression() {
        @Override
        public Set<String> references() {
          return Set.of(channel);
        }

        @Override
        public Result evaluate(ChannelValues values, Instant now) {
          Optional<ChannelState> state = values.state(channel);
          if (state.isEmpty()) {
            return new Result(Optional.empty(), Quality.bad(channel + " was never read"));
          }
          int value = (Integer) state.get().lastGood().orElseThrow().getValue();
          return new Result(Optional.of(TypedValues.newIntegerValue(2 * value)), Quality.GOOD);
        }
      };
    }
  }

  @Test
  void formulasAreEvaluatedOverOtherAssetsAndFailuresSayWhy() throws Exception {
    WireAsset source =
        rig.asset(
            Props.asset()
                .set("timestamp.mode", "NO_TIMESTAMPS")
                .channel("level", "READ", "INTEGER"));
    FakeDriver device = new FakeDriver(true);
    device.device.put("level", 21);
    rig.attach(source, device);
    rig.context.registerService(
        ChannelStates.class, source, new Hashtable<>(Map.of("kura.service.pid", "asset")));
    rig.register("virtual", driver);
    WireAsset asset =
        rig.asset(
            Props.asset()
                .set("kura.service.pid", "sums")
                .set("driver.pid", "virtual")
                .set("timestamp.mode", "NO_TIMESTAMPS")
                .set("emit.errors", true)
                .channel("twice", "READ", "INTEGER")
                .set("twice#formula", "double asset/level")
                .channel("wrong", "READ", "INTEGER")
                .set("wrong#formula", "double asset/nix"));
    rig.strands.drain("field/asset/sums/driver");
    Rig.trigger(asset);
    String none = "no expression language is installed, so formulas have no value; install one";
    assertEquals("assetName=sums twice_error=%s wrong_error=%s".formatted(none, none), rig.next());
    Doubling language = new Doubling();
    driver.speak(language);
    Rig.trigger(asset);
    String missing = "formula, character 8: there is no channel asset/nix";
    assertEquals(
        "assetName=sums twice_error=asset/level was never read wrong_error=" + missing, rig.next());
    Rig.trigger(source);
    assertEquals("assetName=asset level=21", rig.next());
    Rig.trigger(asset);
    assertEquals("assetName=sums twice=42 twice_error= wrong_error=" + missing, rig.next());
    driver.forget(language);
    Rig.trigger(asset);
    assertEquals("assetName=sums twice_error=%s wrong_error=%s".formatted(none, none), rig.next());
    asset.deactivate();
    source.deactivate();
  }

  private static ChannelRecord tag(String name, DataType type, Map<String, Object> config) {
    ChannelRecord record = ChannelRecord.createReadRecord(name, type);
    record.setChannelConfig(config);
    return record;
  }

  private String read(String name, DataType type, Map<String, Object> config) {
    ChannelRecord record = tag(name, type, config);
    driver.read(List.of(record));
    return ReadPlan.succeeded(record)
        ? String.valueOf(record.getValue().getValue())
        : record.getChannelStatus().getExceptionMessage();
  }

  /** If deleted: what a rule has set could be forgotten by a restart, or be another's. */
  @Test
  void aChannelWithoutFormulaIsWhatWasWrittenToItAlsoAfterARestart() throws Exception {
    assertEquals("was not set yet", read("mode", DataType.STRING, Map.of()));
    assertEquals("7", read("limit", DataType.INTEGER, Map.of("initial", "7")));
    ChannelRecord mode =
        ChannelRecord.createWriteRecord("mode", TypedValues.newStringValue("a\tb\n"));
    mode.setChannelConfig(Map.of("tag", "line mode"));
    ChannelRecord limit = ChannelRecord.createWriteRecord("limit", TypedValues.newIntegerValue(9));
    limit.setChannelConfig(Map.of());
    driver.write(List.of(mode, limit));
    driver.stop();
    driver = new VirtualDriver(rig.threads, tags(), rig.context);
    assertEquals("a\tb\n", read("other", DataType.STRING, Map.of("tag", "line mode")));
    assertEquals("was not set yet", read("mode", DataType.STRING, Map.of()));
    assertEquals("9", read("limit", DataType.INTEGER, Map.of("initial", "7")));
    assertEquals("9.0", read("limit", DataType.DOUBLE, Map.of()), "of another type now");
    ChannelRecord again = tag("limit", DataType.INTEGER, Map.of());
    driver.read(List.of(again));
    assertEquals(limit.getTimestamp(), again.getTimestamp(), "the time is when it was set");
    assertEquals(
        "'a\tb\n' is no INTEGER; write it again, or correct its initial value",
        read("x", DataType.INTEGER, Map.of("tag", "line mode")));
  }

  private Map<String, Object> sums(String a, String b) {
    return Props.asset()
        .set("kura.service.pid", "sums")
        .set("driver.pid", "virtual")
        .channel("a", "READ", "INTEGER")
        .set("a#formula", a)
        .channel("b", "READ", "INTEGER")
        .set("b#formula", b)
        .map();
  }

  /** If deleted: two formulas could wait for each other, and nobody would know why they lag. */
  @Test
  void circlesOfFormulasAreRefusedWhenSavedAndNamedWhenTheyComeOtherwise() throws Exception {
    rig.register("virtual", driver);
    FormulaCheck check = new FormulaCheck(rig.threads, rig.context);
    assertEquals(List.of(), check.check("sums", sums("nonsense", "")), "nobody speaks a language");
    Doubling language = new Doubling();
    check.speak(language);
    driver.speak(language);
    WireAsset more =
        rig.asset(
            Props.asset()
                .set("kura.service.pid", "more")
                .set("driver.pid", "virtual")
                .set("timestamp.mode", "NO_TIMESTAMPS")
                .set("emit.errors", true)
                .channel("c", "READ", "INTEGER")
                .set("c#formula", "double sums/b"));
    assertEquals(List.of(), check.check("sums", sums("double sums/b", "")));
    String circle =
        "formulas refer to each other in a circle: sums/a -> more/c -> sums/b -> sums/a;"
            + " change one of them";
    List<Problem> problems = check.check("sums", sums("double more/c", "double sums/a"));
    assertEquals(2, problems.size(), problems::toString);
    assertEquals("a#formula", problems.get(0).attribute());
    assertEquals(circle, problems.get(0).allowed());
    problems = check.check("sums", sums("double sums/a", "double nix/c"));
    assertEquals(
        "formulas refer to each other in a circle: sums/a -> sums/a; change one of them",
        problems.get(0).allowed());
    assertEquals("character 8: there is no channel nix/c", problems.get(1).allowed());
    WireAsset sums =
        new WireAsset(
            rig.threads,
            rig.helper(),
            rig.componentContext(),
            sums("double more/c", "double sums/a"));
    rig.strands.drain("field/asset/more/driver");
    Rig.trigger(more);
    assertTrue(rig.next().contains("formulas refer to each other in a circle: more/c -> "));
    sums.deactivate();
    more.deactivate();
    check.stop();
  }
}
