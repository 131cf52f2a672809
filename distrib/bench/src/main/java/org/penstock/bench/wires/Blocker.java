package org.penstock.bench.wires;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.wire.WireComponent;
import org.eclipse.kura.wire.WireEnvelope;
import org.eclipse.kura.wire.WireHelperService;
import org.eclipse.kura.wire.WireReceiver;
import org.eclipse.kura.wire.WireSupport;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.wireadmin.Wire;

/** A wire component of somebody else, inside the gateway: each envelope holds it until it is woken up. */
public final class Blocker implements WireReceiver, ConfigurableComponent {

  /** Its factory pid. */
  static final String PID = "com.acme.bench.Blocker";

  private final CountDownLatch never = new CountDownLatch(1);
  private WireHelperService helper;
  private WireSupport wires;

  /** Called by the component runtime. */
  public void bind(WireHelperService service) {
    helper = service;
  }

  /** Called by the component runtime. */
  public void unbind(WireHelperService service) {
    helper = null;
  }

  /** Called by the component runtime. */
  @SuppressWarnings("unchecked")
  public void activate(ComponentContext context, Map<String, Object> properties) {
    wires =
        helper.newWireSupport(
            this, (ServiceReference<WireComponent>) context.getServiceReference());
  }

  @Override
  public void onWireReceive(WireEnvelope envelope) {
    try {
      never.await();
    } catch (InterruptedException wokenUp) {
      return; // not the thread's end
    }
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
