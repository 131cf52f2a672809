package org.penstock.flow.wires.component;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.type.TypedValues;
import org.eclipse.kura.wire.WireComponent;
import org.eclipse.kura.wire.WireEmitter;
import org.eclipse.kura.wire.WireHelperService;
import org.eclipse.kura.wire.WireRecord;
import org.eclipse.kura.wire.WireSupport;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.wireadmin.Producer;
import org.osgi.service.wireadmin.Wire;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState.Level;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Emits a record at fixed times. Ticks on a strand of its own. */
@Component(
    name = TimerConfig.FACTORY_PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {WireComponent.class, WireEmitter.class, Producer.class, ConfigurableComponent.class},
    property = {
      "input.cardinality.minimum:Integer=0",
      "input.cardinality.maximum:Integer=0",
      "input.cardinality.default:Integer=0",
      "output.cardinality.minimum:Integer=1",
      "output.cardinality.maximum:Integer=1",
      "output.cardinality.default:Integer=1"
    })
@Designate(ocd = TimerConfig.class, factory = true)
public final class Timer implements WireEmitter, ConfigurableComponent {

  /** The one key of the emitted record. */
  static final String KEY = "TIMER";

  private static final Logger LOG = LoggerFactory.getLogger(Timer.class);

  private final String pid;
  private final Strand strand;
  private final WireSupport wires;
  private final Clock clock = Clock.systemUTC();
  private final Condition condition;
  private final AtomicReference<Ticker> ticker = new AtomicReference<>();
  private final ServiceRegistration<HealthSource> health;

  /** Called by the component runtime. */
  @Activate
  @SuppressWarnings("unchecked")
  public Timer(
      @Reference Strands strands,
      @Reference WireHelperService helper,
      ComponentContext context,
      Map<String, Object> properties) {
    this.pid = new Settings(properties).pid();
    this.strand = strands.open("flow/timer/" + pid);
    this.wires =
        helper.newWireSupport(
            this, (ServiceReference<WireComponent>) context.getServiceReference());
    this.condition =
        new Condition(
            "flow/timer/" + pid,
            () -> Optional.ofNullable(ticker.get()).map(Ticker::figures).orElseGet(Map::of));
    modified(properties);
    this.health = context.getBundleContext().registerService(HealthSource.class, condition, null);
  }

  /** Ticks by another table; a table that cannot be used stops the ticks and says so. */
  @Modified
  void modified(Map<String, Object> properties) {
    Optional.ofNullable(ticker.getAndSet(null)).ifPresent(Ticker::close);
    try {
      Timetable table = Timetable.parse(new Settings(properties));
      ticker.set(new Ticker(strand, table, clock, this::tick));
      condition.isWell();
    } catch (IllegalArgumentException unusable) {
      condition.is(Level.FAILED, unusable.getMessage() + "; the timer does not tick");
      LOG.error("{} does not tick: {}", pid, unusable.getMessage());
    }
  }

  private void tick() {
    wires.emit(List.of(new WireRecord(Map.of(KEY, TypedValues.newLongValue(clock.millis())))));
  }

  /** Called by the component runtime. */
  @Deactivate
  public void close() {
    health.unregister();
    Optional.ofNullable(ticker.getAndSet(null)).ifPresent(Ticker::close);
    strand.close();
  }

  @Override
  public Object polled(Wire wire) {
    return wires.polled(wire);
  }

  @Override
  public void consumersConnected(Wire[] connected) {
    wires.consumersConnected(connected);
  }
}
