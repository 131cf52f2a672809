package org.eclipse.kura.util.service;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.util.tracker.ServiceTracker;

/** Uses services for the time of a call, and gives them back. */
public final class ServiceUtil {

  private static final String SERVICE_PID = "kura.service.pid";

  private ServiceUtil() {}

  /** References to services of the type that match the filter, which may be null. */
  @SuppressWarnings("unchecked")
  public static <T> ServiceReference<T>[] getServiceReferences(
      BundleContext context, Class<T> type, String filter) {
    requireNonNull(context, "the context must not be null");
    requireNonNull(type, "the type must not be null");
    try {
      return context.getServiceReferences(type, filter).toArray(new ServiceReference[0]);
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  public static <T> Collection<ServiceReference<T>> getServiceReferencesAsCollection(
      BundleContext context, Class<T> type, String filter) throws KuraException {
    requireNonNull(context, "the context must not be null");
    requireNonNull(type, "the type must not be null");
    try {
      return context.getServiceReferences(type, filter);
    } catch (InvalidSyntaxException e) {
      throw new KuraException(KuraErrorCode.INVALID_PARAMETER, e, filter);
    }
  }

  /** The service; a KuraException if it has gone. */
  public static <T> T getService(BundleContext context, ServiceReference<T> reference)
      throws KuraException {
    T service = context.getService(reference);
    if (service == null) {
      throw new KuraException(KuraErrorCode.SERVICE_UNAVAILABLE, reference);
    }
    return service;
  }

  public static void ungetServiceReferences(
      BundleContext context, ServiceReference<?>[] references) {
    for (ServiceReference<?> reference : references) {
      context.ungetService(reference);
    }
  }

  /** A service that matches the filter, as soon as there is one within the time. */
  public static Optional<Object> waitForService(String filter, long timeout, TimeUnit unit)
      throws InterruptedException, InvalidSyntaxException {
    Bundle own = FrameworkUtil.getBundle(ServiceUtil.class);
    ServiceTracker<Object, Object> tracker =
        new ServiceTracker<>(own.getBundleContext(), FrameworkUtil.createFilter(filter), null);
    tracker.open();
    try {
      return Optional.ofNullable(tracker.waitForService(unit.toMillis(timeout)));
    } finally {
      tracker.close();
    }
  }

  /** What the function makes of the first service that matches the filter, or of none. */
  public static <T> T withService(
      BundleContext context, Function<Optional<Object>, T> function, String filter)
      throws InvalidSyntaxException {
    ServiceReference<?>[] references = context.getServiceReferences((String) null, filter);
    if (references == null || references.length == 0) {
      return function.apply(Optional.empty());
    }
    try {
      return function.apply(Optional.ofNullable(context.getService(references[0])));
    } finally {
      context.ungetService(references[0]);
    }
  }

  public static <T> void withAllServices(
      BundleContext context, Class<T> type, String filter, ServiceConsumer<T> consumer)
      throws KuraException {
    for (ServiceReference<T> reference : getServiceReferencesAsCollection(context, type, filter)) {
      consume(context, reference, consumer);
    }
  }

  private static <T> void consume(
      BundleContext context, ServiceReference<? extends T> reference, ServiceConsumer<T> consumer)
      throws KuraException {
    try {
      T service = context.getService(reference);
      if (service != null) {
        consumer.consume(service);
      }
    } finally {
      context.ungetService(reference);
    }
  }

  public static <T> void withAllServiceReferences(
      BundleContext context, Class<T> type, String filter, ServiceReferenceConsumer<T> consumer)
      throws KuraException {
    for (ServiceReference<T> reference : getServiceReferencesAsCollection(context, type, filter)) {
      consumer.consume(reference, context);
    }
  }

  /** Each service that is of one of the types, or of any type if none is given. */
  public static void withAllServices(
      BundleContext context, String filter, ServiceConsumer<Object> consumer, Class<?>... types)
      throws KuraException {
    for (ServiceReference<?> reference : references(context, filter, types)) {
      consume(context, reference, consumer);
    }
  }

  /** Each reference to a service of one of the types, or of any type if none is given. */
  @SuppressWarnings("unchecked")
  public static void withAllServiceReferences(
      BundleContext context,
      String filter,
      ServiceReferenceConsumer<Object> consumer,
      Class<?>... types)
      throws KuraException {
    for (ServiceReference<?> reference : references(context, filter, types)) {
      consumer.consume((ServiceReference<Object>) reference, context);
    }
  }

  private static Set<ServiceReference<?>> references(
      BundleContext context, String filter, Class<?>... types) throws KuraException {
    Set<ServiceReference<?>> found = new HashSet<>();
    try {
      ServiceReference<?>[] all = context.getServiceReferences((String) null, filter);
      if (all != null) {
        found.addAll(Arrays.asList(all));
      }
    } catch (InvalidSyntaxException e) {
      throw new KuraException(KuraErrorCode.INVALID_PARAMETER, e, filter);
    }
    if (types != null && types.length > 0) {
      found.removeIf(
          r ->
              Arrays.stream(types)
                  .noneMatch(
                      t ->
                          names((String[]) r.getProperty(Constants.OBJECTCLASS))
                              .contains(t.getName())));
    }
    return found;
  }

  private static Set<String> names(String... names) {
    return new HashSet<>(Arrays.asList(names));
  }

  public static boolean ungetService(BundleContext context, ServiceReference<?> reference) {
    return reference != null && context.ungetService(reference);
  }

  /** What the function makes of the best service of the type, which is null if there is none. */
  public static <T, R> R applyToServiceOptionally(
      BundleContext context, Class<T> type, ServiceFunction<T, R> function) throws KuraException {
    ServiceReference<T> reference = context.getServiceReference(type);
    if (reference == null) {
      return function.apply(null);
    }
    try {
      return function.apply(context.getService(reference));
    } finally {
      context.ungetService(reference);
    }
  }

  /** Whether the component of that kura.service.pid provides the service. */
  public static boolean providesService(BundleContext context, String pid, Class<?> service) {
    return providesService(context, pid, names -> names.contains(service.getName()));
  }

  /** Whether the names of the services of the component of that kura.service.pid pass the test. */
  public static boolean providesService(
      BundleContext context, String pid, Predicate<Set<String>> test) {
    try {
      ServiceReference<?>[] references = context.getAllServiceReferences(null, null);
      return references != null
          && Arrays.stream(references)
              .filter(r -> pid.equals(r.getProperty(SERVICE_PID)))
              .anyMatch(r -> test.test(names((String[]) r.getProperty(Constants.OBJECTCLASS))));
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether the names of the services that the factory's components declare pass the test. */
  public static boolean isFactoryOf(
      BundleContext context, String factoryPid, Predicate<Set<String>> test) {
    ServiceReference<ServiceComponentRuntime> reference =
        context.getServiceReference(ServiceComponentRuntime.class);
    if (reference == null) {
      return false;
    }
    try {
      for (ComponentDescriptionDTO component :
          context.getService(reference).getComponentDescriptionDTOs()) {
        if (component.name.equals(factoryPid) && test.test(names(component.serviceInterfaces))) {
          return true;
        }
      }
      return false;
    } finally {
      context.ungetService(reference);
    }
  }

  /** Whether the factory's components declare one of the services. */
  public static boolean isFactoryOfAnyService(
      BundleContext context, String factoryPid, Class<?>... services) {
    return isFactoryOf(
        context,
        factoryPid,
        names -> Arrays.stream(services).anyMatch(s -> names.contains(s.getName())));
  }

  /** What is done with a service. */
  public interface ServiceConsumer<T> {

    void consume(T service) throws KuraException;
  }

  /** What is made of a service. */
  public interface ServiceFunction<T, R> {

    R apply(T service) throws KuraException;
  }

  /** What is done with a reference to a service. */
  public interface ServiceReferenceConsumer<T> {

    void consume(ServiceReference<T> reference, BundleContext context) throws KuraException;
  }
}
