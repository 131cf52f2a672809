package org.penstock.flow.wires.component;

import java.util.List;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.wire.WireComponent;
import org.eclipse.kura.wire.WireEmitter;
import org.eclipse.kura.wire.WireHelperService;
import org.eclipse.kura.wire.WireReceiver;
import org.eclipse.kura.wire.WireRecord;
import org.eclipse.kura.wire.WireSupport;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.wireadmin.Wire;

/** What components with one input and one output have in common: their ports. */
abstract class Passing implements WireEmitter, WireReceiver, ConfigurableComponent {

  private final WireSupport wires;

  @SuppressWarnings("unchecked")
  Passing(WireHelperService helper, ComponentContext context) {
    this.wires =
        helper.newWireSupport(
            this, (ServiceReference<WireComponent>) context.getServiceReference());
  }

  /** Sends records on, in the thread that calls; none at all when there are none. */
  final void emit(List<WireRecord> records) {
    if (!records.isEmpty()) {
      wires.emit(records);
    }
  }

  /** Sends records on, also when there are none. */
  final void emitAlways(List<WireRecord> records) {
    wires.emit(records);
  }

  @Override
  public final Object polled(Wire wire) {
    return wires.polled(wire);
  }

  @Override
  public final void consumersConnected(Wire[] connected) {
    wires.consumersConnected(connected);
  }

  @Override
  public final void updated(Wire wire, Object value) {
    wires.updated(wire, value);
  }

  @Override
  public final void producersConnected(Wire[] connected) {
    wires.producersConnected(connected);
  }
}
