package org.penstock.console.rest;

import java.security.Principal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.kura.audit.AuditConstants;
import org.eclipse.kura.audit.AuditContext;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.penstock.api.rest.Dispatcher;
import org.penstock.api.rest.RestAnswer;

/**
 * The dispatcher over all services with the property {@code penstock.rest=true}, ours and those of
 * add-ons. Jersey is made at the first request, and made anew when a resource came or went: it costs
 * a start nothing.
 */
@Component(service = {Dispatcher.class, RestDispatcher.class})
public final class RestDispatcher implements Dispatcher {

  private record Engine(int tracking, JerseyEngine jersey) {}

  private final BundleContext context;
  private final ServiceTracker<Object, ServiceReference<Object>> resources;
  private final Workers workers;
  private final ReentrantLock making = new ReentrantLock();
  private volatile Engine engine;

  /** Called by the component runtime. */
  @Activate
  public RestDispatcher(BundleContext context) throws InvalidSyntaxException {
    this.context = context;
    workers = new Workers(Workers.limit(context.getProperty(Workers.LIMIT)));
    resources =
        new ServiceTracker<>(
            context, FrameworkUtil.createFilter("(penstock.rest=true)"), new References());
    resources.open();
  }

  /** Called by the component runtime. */
  @Deactivate
  public void stop() {
    resources.close();
    workers.close();
    Engine last = engine;
    if (last != null) {
      last.jersey().close();
    }
  }

  @Override
  public RestAnswer dispatch(
      Principal principal,
      String method,
      String path,
      Map<String, List<String>> headers,
      byte[] body) {
    String resource = resource(path);
    if (resource == null) {
      return JerseyEngine.text(404, "REST is at /services/ and /api/");
    }
    AuditContext audited = audited(principal);
    return workers.answer(
        path,
        () -> {
          try (AuditContext.Scope scope = AuditContext.openScope(audited)) {
            return engine().serve(principal, method, resource, headers, body);
          }
        });
  }

  /** Who acts, for the audit log; the door stays the cloud's when the request came through it. */
  private static AuditContext audited(Principal principal) {
    Map<String, String> properties = new HashMap<>();
    properties.put(AuditConstants.KEY_ENTRY_POINT.getValue(), "RestService");
    AuditContext.current().ifPresent(outer -> properties.putAll(outer.getProperties()));
    if (principal != null) {
      properties.put(AuditConstants.KEY_IDENTITY.getValue(), principal.getName());
    }
    return new AuditContext(properties);
  }

  /** {@code /api/...} is kept apart from Kura's {@code /services/...}; below, it is one tree. */
  private static String resource(String path) {
    if (path.startsWith("/api/")) {
      return "/services" + path;
    }
    return path.startsWith("/services/") && !path.startsWith("/services/api/") ? path : null;
  }

  private JerseyEngine engine() {
    Engine now = engine;
    if (now != null && now.tracking() == resources.getTrackingCount()) {
      return now.jersey();
    }
    making.lock();
    try {
      int tracking = resources.getTrackingCount();
      if (engine == null || engine.tracking() != tracking) {
        engine = new Engine(tracking, new JerseyEngine(resources()));
      }
      return engine.jersey();
    } finally {
      making.unlock();
    }
  }

  /** All resources that are registered now; they are made no earlier than at the first request. */
  List<Object> resources() {
    List<Object> objects = new ArrayList<>();
    for (ServiceReference<Object> reference : resources.getTracked().values()) {
      Object resource = context.getService(reference);
      if (resource != null) {
        objects.add(resource);
      }
    }
    return objects;
  }

  /** Only notes who is there: a resource may itself need the dispatcher. */
  private final class References
      implements ServiceTrackerCustomizer<Object, ServiceReference<Object>> {
    @Override
    public ServiceReference<Object> addingService(ServiceReference<Object> reference) {
      return reference;
    }

    @Override
    public void modifiedService(ServiceReference<Object> reference, ServiceReference<Object> same) {
      // a resource is the same whatever its properties
    }

    @Override
    public void removedService(ServiceReference<Object> reference, ServiceReference<Object> same) {
      context.ungetService(reference);
    }
  }
}
