package org.penstock.field.asset;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.channel.ChannelFlag;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.ChannelStatus;
import org.eclipse.kura.channel.listener.ChannelListener;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.core.configuration.metatype.Tad;
import org.eclipse.kura.core.configuration.metatype.Tscalar;
import org.eclipse.kura.driver.ChannelDescriptor;
import org.eclipse.kura.driver.Driver;
import org.eclipse.kura.driver.PreparedRead;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.penstock.api.driver.ChannelState;
import org.penstock.api.driver.ChannelStates;
import org.penstock.api.expression.Expression;
import org.penstock.api.expression.ExpressionException;
import org.penstock.api.expression.Expressions;

/**
 * The driver of virtual assets: a channel's value is a formula over channels of other assets, as they
 * were read last. It has no device and never waits. Reads come one at a time, in the driver's lane.
 */
@Component(
    name = VirtualDriverConfig.FACTORY_PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    service = {Driver.class, ConfigurableComponent.class},
    property = "kura.ui.service.hide=true")
@Designate(ocd = VirtualDriverConfig.class, factory = true)
public final class VirtualDriver implements Driver, ConfigurableComponent {

  /** The attribute of a channel that holds its formula. */
  static final String FORMULA = "formula";

  private static final String NO_LANGUAGE =
      "no expression language is installed, so formulas have no value; install one";

  private final AssetThreads threads;
  private final ServiceDirectory<ChannelStates> states;
  private final AtomicReference<Language> language = new AtomicReference<>();

  /** The language with what it has compiled; another language begins with nothing. */
  private record Language(Expressions expressions, Map<Formula, Compiled> compiled) {}

  private record Formula(String channel, String text, DataType type) {}

  private record Compiled(Expression expression, String problem) {}

  /** Made by the framework, and by tests. */
  @Activate
  public VirtualDriver(@Reference AssetThreads threads, BundleContext context) {
    this.threads = threads;
    this.states = new ServiceDirectory<>(context, ChannelStates.class);
  }

  @Deactivate
  void stop() {
    states.close();
  }

  /** A language has come. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      unbind = "forget")
  void speak(Expressions expressions) {
    language.set(new Language(expressions, new HashMap<>()));
  }

  /** The language has gone. */
  void forget(Expressions expressions) {
    language.updateAndGet(now -> now != null && now.expressions() == expressions ? null : now);
  }

  @Override
  public void connect() {
    // there is nothing to connect to
  }

  @Override
  public void disconnect() {
    // there is nothing to disconnect from
  }

  @Override
  public ChannelDescriptor getChannelDescriptor() {
    return () -> {
      Tad formula = new Tad();
      formula.setId(FORMULA);
      formula.setName(FORMULA);
      formula.setDescription("Expression over other channels, written asset/channel|TextArea");
      formula.setType(Tscalar.STRING);
      formula.setCardinality(0);
      formula.setRequired(true);
      return List.of(formula);
    };
  }

  @Override
  public synchronized void read(List<ChannelRecord> records) {
    Language now = language.get();
    Instant time = Instant.now();
    Map<String, Map<String, ChannelState>> known = new HashMap<>();
    for (ChannelRecord record : records) {
      record.setTimestamp(time.toEpochMilli());
      if (now == null) {
        record.setChannelStatus(ReadPlan.failure(NO_LANGUAGE));
      } else {
        evaluate(now, record, time, known);
      }
    }
  }

  private void evaluate(
      Language now,
      ChannelRecord record,
      Instant time,
      Map<String, Map<String, ChannelState>> known) {
    Object text = record.getChannelConfig().get(FORMULA);
    Formula formula =
        new Formula(
            record.getChannelName(), text == null ? "" : text.toString(), record.getValueType());
    Compiled compiled = now.compiled().get(formula);
    if (compiled == null) {
      compiled = compile(now.expressions(), formula);
    }
    if (compiled.expression() == null) {
      record.setChannelStatus(ReadPlan.failure(compiled.problem()));
      return; // not remembered: a channel that is missing now may come
    }
    now.compiled().put(formula, compiled);
    Expression.Result result =
        compiled.expression().evaluate(channel -> state(channel, known), time);
    Optional<TypedValue<?>> value = result.value();
    if (value.isPresent()) {
      record.setValue(value.get());
      record.setChannelStatus(new ChannelStatus(ChannelFlag.SUCCESS));
    } else {
      record.setChannelStatus(ReadPlan.failure(result.quality().reason()));
    }
  }

  private Compiled compile(Expressions expressions, Formula formula) {
    try {
      return new Compiled(expressions.compile(formula.text(), formula.type(), this::type), "");
    } catch (ExpressionException fault) {
      return new Compiled(
          null, "formula, character %d: %s".formatted(fault.position() + 1, fault.getMessage()));
    }
  }

  private Optional<DataType> type(String reference) {
    int slash = reference.lastIndexOf('/');
    return slash <= 0
        ? Optional.empty()
        : threads
            .core(reference.substring(0, slash))
            .map(
                core ->
                    core.assetConfiguration()
                        .getAssetChannels()
                        .get(reference.substring(slash + 1)))
            .map(channel -> channel.getValueType());
  }

  private Optional<ChannelState> state(
      String reference, Map<String, Map<String, ChannelState>> known) {
    int slash = reference.lastIndexOf('/');
    return Optional.ofNullable(
        known
            .computeIfAbsent(reference.substring(0, slash), this::states)
            .get(reference.substring(slash + 1)));
  }

  private Map<String, ChannelState> states(String asset) {
    return states.find(asset).map(found -> found.service().channelStates()).orElse(Map.of());
  }

  @Override
  public void write(List<ChannelRecord> records) {
    for (ChannelRecord record : records) {
      record.setTimestamp(System.currentTimeMillis());
      record.setChannelStatus(ReadPlan.failure("a formula cannot be written"));
    }
  }

  @Override
  public void registerChannelListener(Map<String, Object> config, ChannelListener listener) {
    throw new UnsupportedOperationException("formulas are evaluated when the asset is polled");
  }

  @Override
  public void unregisterChannelListener(ChannelListener listener) {
    // none was registered
  }

  @Override
  public PreparedRead prepareRead(List<ChannelRecord> records) {
    throw new UnsupportedOperationException("there is nothing to prepare");
  }
}
