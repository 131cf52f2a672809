package org.penstock.field.asset;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
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
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.strand.Strands;

/**
 * The driver of virtual assets: a channel's value is a formula over channels of other assets, as they
 * were read last, or, without formula, what was written to it last. It has no device and never waits. Reads
 * come one at a time, in the driver's lane.
 */
@Component(
    name = VirtualDriverConfig.FACTORY_PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    service = {Driver.class, ConfigurableComponent.class},
    property = "kura.ui.service.hide=true")
@Designate(ocd = VirtualDriverConfig.class, factory = true)
public final class VirtualDriver implements Driver, ConfigurableComponent {

  private static final String TAG = "tag";
  private static final String INITIAL = "initial";
  private static final String NO_LANGUAGE =
      "no expression language is installed, so formulas have no value; install one";

  private final AssetThreads threads;
  private final ServiceDirectory<ChannelStates> states;
  private final ServiceDirectory<Driver> drivers;
  private final VirtualTags tags;
  private final AtomicReference<Language> language = new AtomicReference<>();

  /** The language with what it has compiled; another language begins with nothing. */
  private record Language(Expressions expressions, Map<Formula, Compiled> compiled) {}

  private record Formula(String channel, String text, DataType type) {}

  private record Compiled(Expression expression, String problem) {}

  /** Made by the framework, and by tests. */
  @Activate
  public VirtualDriver(
      @Reference AssetThreads threads,
      @Reference DurableStorage storage,
      @Reference Strands strands,
      BundleContext context,
      Map<String, Object> properties) {
    this(
        threads,
        new VirtualTags(
            Path.of(context.getProperty("penstock.home"))
                .resolve("field/virtual")
                .resolve(URLEncoder.encode(pid(properties), StandardCharsets.UTF_8) + ".tsv"),
            storage,
            strands.open("field/virtual/" + pid(properties))),
        context);
  }

  VirtualDriver(AssetThreads threads, VirtualTags tags, BundleContext context) {
    this.threads = threads;
    this.tags = tags;
    this.states = new ServiceDirectory<>(context, ChannelStates.class);
    this.drivers = new ServiceDirectory<>(context, Driver.class);
  }

  private static String pid(Map<String, Object> properties) {
    return String.valueOf(properties.get("kura.service.pid"));
  }

  @Deactivate
  void stop() {
    states.close();
    drivers.close();
    tags.close();
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
    return () ->
        List.of(
            attribute(
                Formulas.FORMULA,
                "Expression over other channels, written asset/channel; empty for a tag that is written|TextArea"),
            attribute(
                TAG,
                "Without formula: the tag's name, of this driver; empty for the channel's name"),
            attribute(INITIAL, "Without formula: the value until it is written; empty for none"));
  }

  private static Tad attribute(String id, String description) {
    Tad attribute = new Tad();
    attribute.setId(id);
    attribute.setName(id);
    attribute.setDescription(description);
    attribute.setType(Tscalar.STRING);
    attribute.setCardinality(0);
    attribute.setRequired(false);
    return attribute;
  }

  @Override
  public synchronized void read(List<ChannelRecord> records) {
    Language now = language.get();
    Instant time = Instant.now();
    Map<String, Map<String, ChannelState>> known = new HashMap<>();
    for (ChannelRecord record : records) {
      record.setTimestamp(time.toEpochMilli());
      if (Formulas.of(record.getChannelConfig()).isEmpty()) {
        recall(record);
      } else if (now == null) {
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
    String text = Formulas.of(record.getChannelConfig());
    Formula formula = new Formula(record.getChannelName(), text, record.getValueType());
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
    Formulas formulas = new Formulas(threads, this::isVirtual, expressions, Map.of());
    try {
      Expression expression = expressions.compile(formula.text(), formula.type(), formulas);
      Optional<String> circle =
          places(formula).map(formulas::circle).flatMap(Optional::stream).findFirst();
      return circle.isPresent() ? new Compiled(null, circle.get()) : new Compiled(expression, "");
    } catch (ExpressionException fault) {
      return new Compiled(
          null, "formula, character %d: %s".formatted(fault.position() + 1, fault.getMessage()));
    }
  }

  private boolean isVirtual(String driverPid) {
    return drivers
        .find(driverPid)
        .filter(entry -> entry.service() instanceof VirtualDriver)
        .isPresent();
  }

  /** The channels that have this formula: a read does not say of which asset it is. */
  private Stream<String> places(Formula formula) {
    return threads.assets().stream()
        .filter(
            pid ->
                threads
                    .core(pid)
                    .map(core -> core.assetConfiguration())
                    .map(asset -> asset.getAssetChannels().get(formula.channel()))
                    .filter(channel -> Formulas.of(channel).equals(formula.text()))
                    .isPresent())
        .map(pid -> pid + "/" + formula.channel());
  }

  private static String tag(ChannelRecord record) {
    Object name = record.getChannelConfig().get(TAG);
    return name == null || name.toString().isBlank()
        ? record.getChannelName()
        : name.toString().strip();
  }

  /** The tag as it was set; its time is when that was. */
  private void recall(ChannelRecord record) {
    Optional<VirtualTags.Tag> tag = tags.get(tag(record));
    Object initial = record.getChannelConfig().get(INITIAL);
    String text =
        tag.map(VirtualTags::text).orElseGet(() -> initial == null ? "" : initial.toString());
    if (tag.isEmpty() && text.isBlank()) {
      record.setChannelStatus(ReadPlan.failure("was not set yet"));
      return;
    }
    try {
      boolean same = tag.isPresent() && tag.get().value().getType() == record.getValueType();
      record.setValue(
          same ? tag.get().value() : VirtualTags.value(record.getValueType(), text.strip()));
      tag.ifPresent(set -> record.setTimestamp(set.at()));
      record.setChannelStatus(new ChannelStatus(ChannelFlag.SUCCESS));
    } catch (IllegalArgumentException otherType) {
      record.setChannelStatus(
          ReadPlan.failure(
              "'%s' is no %s; write it again, or correct its initial value"
                  .formatted(text, record.getValueType())));
    }
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
      long now = System.currentTimeMillis();
      record.setTimestamp(now);
      if (Formulas.of(record.getChannelConfig()).isEmpty()) {
        tags.set(tag(record), record.getValue(), now);
        record.setChannelStatus(new ChannelStatus(ChannelFlag.SUCCESS));
      } else {
        record.setChannelStatus(ReadPlan.failure("a formula cannot be written"));
      }
    }
  }

  @Override
  public void registerChannelListener(Map<String, Object> config, ChannelListener listener) {
    throw new UnsupportedOperationException("virtual channels are read when the asset is polled");
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
