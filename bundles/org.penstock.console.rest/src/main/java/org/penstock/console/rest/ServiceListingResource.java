package org.penstock.console.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.penstock.api.rest.RestResource;
import org.penstock.console.rest.ConfigurationJson.Pids;

/** Kura's {@code serviceListing/v1}: pids of services and factories by what they are. */
@Component(service = ServiceListingResource.class, property = RestResource.PROPERTY)
@Path("serviceListing/v1")
@RolesAllowed(RestResource.ANY_USER)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ServiceListingResource {

  /** Names of interfaces, all of which are wanted. */
  record Interfaces(Set<String> interfaceNames) {}

  /** A condition on properties: one of name (with value), not, and, or. */
  record Condition(
      String name, String value, Condition not, List<Condition> and, List<Condition> or) {}

  /** A reference of a component. */
  record Target(String pid, String referenceName) {}

  private static final String PID = "kura.service.pid";
  private static final int DEEPEST = 20;

  private final BundleContext context;
  private final ServiceComponentRuntime components;

  /** Called by the component runtime. */
  @Activate
  public ServiceListingResource(
      BundleContext context, @Reference ServiceComponentRuntime components) {
    this.context = context;
    this.components = components;
  }

  /** Pids of all services. */
  @GET
  @Path("servicePids")
  public Pids services() {
    return services(r -> true);
  }

  /** Pids of all factories of components. */
  @GET
  @Path("factoryPids")
  public Pids factories() {
    return factories(c -> true);
  }

  /** Pids of services that offer all given interfaces. */
  @POST
  @Path("servicePids/byInterface")
  public Pids servicesByInterface(Interfaces wanted) {
    Set<String> names = given(wanted);
    return services(r -> Arrays.asList(interfaces(r)).containsAll(names));
  }

  /** Pids of factories whose instances offer all given interfaces. */
  @POST
  @Path("factoryPids/byInterface")
  public Pids factoriesByInterface(Interfaces wanted) {
    Set<String> names = given(wanted);
    return factories(c -> Arrays.asList(c.serviceInterfaces).containsAll(names));
  }

  /** Pids of services whose properties meet the condition. */
  @POST
  @Path("servicePids/byProperty")
  public Pids servicesByProperty(Condition condition) {
    check(condition, 0);
    return services(r -> meets(condition, r::getProperty));
  }

  /** Pids of factories whose declared properties meet the condition. */
  @POST
  @Path("factoryPids/byProperty")
  public Pids factoriesByProperty(Condition condition) {
    check(condition, 0);
    return factories(c -> meets(condition, c.properties::get));
  }

  /** Pids of services that a reference of a component could bind. */
  @POST
  @Path("servicePids/satisfyingReference")
  public Pids satisfying(Target target) {
    if (target.pid() == null || target.referenceName() == null) {
      throw new BadRequestException("give {\"pid\":\"..\",\"referenceName\":\"..\"}");
    }
    Set<String> pids = new TreeSet<>();
    for (ServiceReference<?> reference : all()) {
      if (target.pid().equals(reference.getProperty(PID))) {
        Object component = reference.getProperty("component.name");
        for (ReferenceDTO wanted : references(component, target.referenceName())) {
          services(r -> Arrays.asList(interfaces(r)).contains(wanted.interfaceName))
              .pids()
              .forEach(pids::add);
        }
      }
    }
    return new Pids(List.copyOf(pids), null);
  }

  private List<ReferenceDTO> references(Object component, String name) {
    List<ReferenceDTO> found = new ArrayList<>();
    for (ComponentDescriptionDTO description : components.getComponentDescriptionDTOs()) {
      if (description.name.equals(component)) {
        for (ReferenceDTO reference : description.references) {
          if (reference.name.equals(name)) {
            found.add(reference);
          }
        }
      }
    }
    return found;
  }

  private static String[] interfaces(ServiceReference<?> reference) {
    return (String[]) reference.getProperty("objectClass");
  }

  private ServiceReference<?>[] all() {
    try {
      ServiceReference<?>[] all = context.getAllServiceReferences(null, "(" + PID + "=*)");
      return all == null ? new ServiceReference<?>[0] : all;
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("the filter is a constant", e);
    }
  }

  private Pids services(Predicate<ServiceReference<?>> wanted) {
    Set<String> pids = new TreeSet<>();
    for (ServiceReference<?> reference : all()) {
      if (reference.getProperty(PID) instanceof String pid && wanted.test(reference)) {
        pids.add(pid);
      }
    }
    return new Pids(List.copyOf(pids), null);
  }

  private Pids factories(Predicate<ComponentDescriptionDTO> wanted) {
    Collection<ComponentDescriptionDTO> all = components.getComponentDescriptionDTOs();
    Set<String> pids = new TreeSet<>();
    for (ComponentDescriptionDTO component : all) {
      if ("require".equals(component.configurationPolicy) && wanted.test(component)) {
        pids.add(component.name);
      }
    }
    return new Pids(List.copyOf(pids), null);
  }

  private static Set<String> given(Interfaces wanted) {
    if (wanted.interfaceNames() == null || wanted.interfaceNames().contains(null)) {
      throw new BadRequestException("give {\"interfaceNames\":[\"..\"]}");
    }
    return wanted.interfaceNames();
  }

  private static void check(Condition condition, int depth) {
    boolean one =
        condition != null
            && depth < DEEPEST
            && (condition.name() != null
                || condition.not() != null
                || condition.and() != null
                || condition.or() != null);
    if (!one) {
      throw new BadRequestException(
          "give {\"name\":\"..\",\"value\":\"..\"}, {\"not\":..}, {\"and\":[..]} or {\"or\":[..]}, at most "
              + DEEPEST
              + " deep");
    }
    if (condition.not() != null) {
      check(condition.not(), depth + 1);
    }
    for (List<Condition> list : List.of(list(condition.and()), list(condition.or()))) {
      list.forEach(c -> check(c, depth + 1));
    }
  }

  private static List<Condition> list(List<Condition> list) {
    return list == null ? List.of() : list;
  }

  private static boolean meets(Condition condition, Function<String, Object> properties) {
    if (condition.name() != null) {
      Object value = properties.apply(condition.name());
      return value != null
          && (condition.value() == null || condition.value().equals(value.toString()));
    }
    if (condition.not() != null) {
      return !meets(condition.not(), properties);
    }
    return condition.and() != null
        ? condition.and().stream().allMatch(c -> meets(c, properties))
        : condition.or().stream().anyMatch(c -> meets(c, properties));
  }
}
