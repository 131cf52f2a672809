package org.penstock.field.asset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.time.Instant;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
  private Rig rig;
  private VirtualDriver driver;

  @BeforeEach
  void start() throws Exception {
    rig = new Rig(cache);
    driver = new VirtualDriver(rig.threads, rig.context);
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
}
