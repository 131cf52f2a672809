package org.penstock.flow.wires;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.osgi.framework.ServiceReference;
import org.osgi.service.wireadmin.Wire;
import org.osgi.service.wireadmin.WireAdmin;
import org.osgi.service.wireadmin.WireAdminEvent;
import org.osgi.service.wireadmin.WireAdminListener;

/** Tells listeners what happens to wires, one event after the other. Any thread may call. */
final class WireNews {

  private record Subscriber(WireAdminListener listener, int events) {}

  private final Executor serial;
  private final Supplier<ServiceReference<WireAdmin>> admin;
  private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();

  /**
   * @param serial runs the listeners
   */
  WireNews(Executor serial, Supplier<ServiceReference<WireAdmin>> admin) {
    this.serial = serial;
    this.admin = admin;
  }

  /**
   * Adds a listener.
   *
   * @param events the sum of the event types that it wants
   */
  void add(WireAdminListener listener, int events) {
    subscribers.add(new Subscriber(listener, events));
  }

  void remove(WireAdminListener listener) {
    subscribers.removeIf(subscriber -> subscriber.listener() == listener);
  }

  /** Tells all listeners that want events of the type. */
  void tell(int type, Wire wire, Throwable cause) {
    for (Subscriber subscriber : subscribers) {
      if ((subscriber.events() & type) != 0) {
        WireAdminEvent event = new WireAdminEvent(admin.get(), type, wire, cause);
        serial.execute(() -> subscriber.listener().wireAdminEvent(event));
      }
    }
  }
}
