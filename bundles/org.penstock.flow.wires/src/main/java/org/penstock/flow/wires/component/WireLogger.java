package org.penstock.flow.wires.component;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.wire.WireComponent;
import org.eclipse.kura.wire.WireEnvelope;
import org.eclipse.kura.wire.WireHelperService;
import org.eclipse.kura.wire.WireReceiver;
import org.eclipse.kura.wire.WireRecord;
import org.eclipse.kura.wire.WireSupport;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.wireadmin.Consumer;
import org.osgi.service.wireadmin.Wire;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what it receives to the log. */
@Component(
    name = LoggerConfig.FACTORY_PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {
      WireComponent.class,
      WireReceiver.class,
      Consumer.class,
      ConfigurableComponent.class
    },
    property = {
      "input.cardinality.minimum:Integer=1",
      "input.cardinality.maximum:Integer=1",
      "input.cardinality.default:Integer=1",
      "output.cardinality.minimum:Integer=0",
      "output.cardinality.maximum:Integer=0",
      "output.cardinality.default:Integer=0"
    })
@Designate(ocd = LoggerConfig.class, factory = true)
public final class WireLogger implements WireReceiver, ConfigurableComponent {

  private static final Logger LOG = LoggerFactory.getLogger(WireLogger.class);

  private final WireSupport wires;
  private final AtomicBoolean verbose = new AtomicBoolean();

  /** Called by the component runtime. */
  @Activate
  @SuppressWarnings("unchecked")
  public WireLogger(
      @Reference WireHelperService helper,
      ComponentContext context,
      Map<String, Object> properties) {
    this.wires =
        helper.newWireSupport(
            this, (ServiceReference<WireComponent>) context.getServiceReference());
    modified(properties);
  }

  @Modified
  void modified(Map<String, Object> properties) {
    String verbosity = new Settings(properties).text(LoggerConfig.VERBOSITY, "QUIET");
    verbose.set("VERBOSE".equalsIgnoreCase(verbosity.strip()));
  }

  @Override
  public void onWireReceive(WireEnvelope envelope) {
    LOG.info("{}", text(envelope, verbose.get()));
  }

  /** What the log says about an envelope. */
  static String text(WireEnvelope envelope, boolean verbose) {
    StringBuilder text = new StringBuilder("Envelope from ").append(envelope.getEmitterPid());
    for (WireRecord record : verbose ? envelope.getRecords() : java.util.List.<WireRecord>of()) {
      text.append("\n  Record:");
      new TreeMap<>(record.getProperties())
          .forEach(
              (key, value) ->
                  text.append("\n    ").append(key).append(" = ").append(shown(value.getValue())));
    }
    return text.toString();
  }

  private static Object shown(Object value) {
    return value instanceof byte[] bytes ? Arrays.toString(bytes) : value;
  }

  @Override
  public void updated(Wire wire, Object value) {
    wires.updated(wire, value);
  }

  @Override
  public void producersConnected(Wire[] connected) {
    wires.producersConnected(connected);
  }
}
