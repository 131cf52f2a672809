package org.eclipse.kura.util.osgi;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/** Finds bundles by their headers and the services that they register. */
public class BundleUtil {

  private BundleUtil() {}

  /** Bundles with all these headers that register a service of each of these types. */
  public static Set<Bundle> getBundles(
      BundleContext context, Class<?>[] providedServices, Map<String, String> headers) {
    Set<Bundle> result = getBundles(context, headers);
    result.removeIf(b -> !provided(b).containsAll(names(providedServices)));
    return result;
  }

  private static Set<String> names(Class<?>... types) {
    Set<String> names = new HashSet<>();
    for (Class<?> type : types) {
      names.add(type.getName());
    }
    return names;
  }

  private static Set<String> provided(Bundle bundle) {
    Set<String> names = new HashSet<>();
    ServiceReference<?>[] references = bundle.getRegisteredServices();
    if (references != null) {
      for (ServiceReference<?> reference : references) {
        names.addAll(Arrays.asList((String[]) reference.getProperty(Constants.OBJECTCLASS)));
      }
    }
    return names;
  }

  /** Bundles with all these headers. */
  public static Set<Bundle> getBundles(BundleContext context, Map<String, String> headers) {
    Set<Bundle> result = new LinkedHashSet<>();
    for (Bundle bundle : context.getBundles()) {
      if (headers.entrySet().stream()
          .allMatch(h -> h.getValue().equals(bundle.getHeaders().get(h.getKey())))) {
        result.add(bundle);
      }
    }
    return result;
  }
}
