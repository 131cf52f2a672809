package org.penstock.field.asset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.asset.AssetConfiguration;
import org.eclipse.kura.asset.provider.AssetConstants;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.driver.Driver;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.penstock.api.configuration.InstanceCheck;
import org.penstock.api.configuration.Problem;
import org.penstock.api.expression.ExpressionException;
import org.penstock.api.expression.Expressions;

/** Formulas of virtual assets are looked at when they are saved: what is wrong, and what goes in a circle. */
@Component(property = InstanceCheck.FACTORY + "=" + WireAssetConfig.FACTORY_PID)
public final class FormulaCheck implements InstanceCheck {

  private final AssetThreads threads;
  private final ServiceDirectory<Driver> drivers;
  private final AtomicReference<Expressions> language = new AtomicReference<>();

  /** Made by the framework, and by tests. */
  @Activate
  public FormulaCheck(@Reference AssetThreads threads, BundleContext context) {
    this.threads = threads;
    this.drivers = new ServiceDirectory<>(context, Driver.class);
  }

  @Deactivate
  void stop() {
    drivers.close();
  }

  /** A language has come. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      unbind = "forget")
  void speak(Expressions expressions) {
    language.set(expressions);
  }

  /** The language has gone. */
  void forget(Expressions expressions) {
    language.compareAndSet(expressions, null);
  }

  private boolean isVirtual(String driverPid) {
    return drivers
        .find(driverPid)
        .filter(entry -> entry.service() instanceof VirtualDriver)
        .isPresent();
  }

  @Override
  public List<Problem> check(String pid, Map<String, Object> values) {
    Expressions expressions = language.get();
    Object driver = values.get(AssetConstants.ASSET_DRIVER_PROP.value());
    if (expressions == null || driver == null || !isVirtual(driver.toString())) {
      return List.of();
    }
    AssetConfiguration asset;
    try {
      asset = Channels.parse(values);
    } catch (AssetConfigurationException wrong) {
      return List.of(new Problem(pid, "", "", wrong.getMessage()));
    }
    Formulas formulas = new Formulas(threads, this::isVirtual, expressions, Map.of(pid, asset));
    List<Problem> problems = new ArrayList<>();
    for (Channel channel : asset.getAssetChannels().values()) {
      String text = Formulas.of(channel);
      if (!text.isEmpty()) {
        fault(pid, channel, text, formulas, expressions)
            .ifPresent(
                words ->
                    problems.add(
                        new Problem(
                            pid, ChannelKey.of(channel.getName(), Formulas.FORMULA), text, words)));
      }
    }
    return problems;
  }

  private static Optional<String> fault(
      String pid, Channel channel, String text, Formulas formulas, Expressions expressions) {
    try {
      expressions.compile(text, channel.getValueType(), formulas);
      return formulas.circle(pid + "/" + channel.getName());
    } catch (ExpressionException wrong) {
      return Optional.of("character %d: %s".formatted(wrong.position() + 1, wrong.getMessage()));
    }
  }
}
