package org.penstock.console.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.kura.system.ExtendedPropertyGroup;
import org.eclipse.kura.system.SystemService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.rest.RestResource;

/** Kura's {@code system/v1}: what kind of box this is. */
@Component(service = SystemResource.class, property = RestResource.PROPERTY)
@Path("system/v1/properties")
@RolesAllowed("rest.system")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class SystemResource {

  /** Names of properties. */
  record Names(Set<String> names) {}

  /** Names of groups. */
  record GroupNames(Set<String> groupNames) {}

  /** Properties of the device's maker. */
  record Extended(String version, Map<String, Map<String, String>> extendedProperties) {}

  /** Properties as configured. */
  record Kura(Map<String, String> kuraProperties) {}

  private final SystemService system;

  /** Called by the component runtime. */
  @Activate
  public SystemResource(@Reference SystemService system) {
    this.system = system;
  }

  /** What the framework knows of the device. */
  @GET
  @Path("framework")
  public Map<String, Object> framework() {
    return SystemFacts.of(system);
  }

  /** Some of them. */
  @POST
  @Path("framework/filter")
  public Map<String, Object> framework(Names wanted) {
    Map<String, Object> all = SystemFacts.of(system);
    all.keySet().retainAll(given(wanted.names(), "names"));
    return all;
  }

  /** What the device's maker says, in groups. */
  @GET
  @Path("extended")
  public Extended extended() {
    Map<String, Map<String, String>> groups = new TreeMap<>();
    String version =
        system
            .getExtendedProperties()
            .map(
                e -> {
                  for (ExtendedPropertyGroup group : e.getPropertyGroups()) {
                    groups.put(group.getName(), group.getProperties());
                  }
                  return e.getVersion();
                })
            .orElse("");
    return new Extended(version, groups);
  }

  /** Some of the groups. */
  @POST
  @Path("extended/filter")
  public Extended extended(GroupNames wanted) {
    Extended all = extended();
    all.extendedProperties().keySet().retainAll(given(wanted.groupNames(), "groupNames"));
    return all;
  }

  /** All configured properties. */
  @GET
  @Path("kura")
  public Kura kura() {
    Map<String, String> all = new TreeMap<>();
    for (String name : system.getProperties().stringPropertyNames()) {
      all.put(name, system.getProperties().getProperty(name));
    }
    return new Kura(all);
  }

  /** Some of them. */
  @POST
  @Path("kura/filter")
  public Kura kura(Names wanted) {
    Kura all = kura();
    all.kuraProperties().keySet().retainAll(given(wanted.names(), "names"));
    return all;
  }

  private static Set<String> given(Set<String> names, String member) {
    if (names == null) {
      throw new BadRequestException("give {\"" + member + "\":[\"..\"]}");
    }
    return names;
  }
}
