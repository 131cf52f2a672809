package org.penstock.console.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.configuration.metatype.OCDService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.configuration.ConfigurationCheck;
import org.penstock.api.configuration.Problem;
import org.penstock.console.rest.ConfigurationJson.Components;
import org.penstock.console.rest.ConfigurationJson.Failure;
import org.penstock.console.rest.ConfigurationJson.Failures;
import org.penstock.console.rest.ConfigurationJson.Instance;
import org.penstock.console.rest.ConfigurationJson.Instances;
import org.penstock.console.rest.ConfigurationJson.Pids;
import org.penstock.console.rest.ConfigurationJson.SnapshotId;
import org.penstock.console.rest.ConfigurationJson.SnapshotIds;

/** Kura's {@code configuration/v2}: components, factories and snapshots. */
@Component(service = ConfigurationResource.class, property = "penstock.rest=true")
@Path("configuration/v2")
@RolesAllowed("rest.configuration")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ConfigurationResource {

  private static final String FACTORY_PID = "service.factoryPid";

  private final ConfigurationService configurations;
  private final OCDService definitions;
  private final ConfigurationCheck check;

  /** Called by the component runtime. */
  @Activate
  public ConfigurationResource(
      @Reference ConfigurationService configurations,
      @Reference OCDService definitions,
      @Reference ConfigurationCheck check) {
    this.configurations = configurations;
    this.definitions = definitions;
    this.check = check;
  }

  /** Ids of all snapshots. */
  @GET
  @Path("snapshots")
  public SnapshotIds snapshots() throws KuraException {
    return new SnapshotIds(List.copyOf(new TreeSet<>(configurations.getSnapshots())));
  }

  /** The configurations in one snapshot. */
  @POST
  @Path("snapshots/byId")
  public Components snapshot(SnapshotId id) throws KuraException {
    return components(configurations.getSnapshot(given(id)));
  }

  /** Writes a snapshot of the present configuration. */
  @POST
  @Path("snapshots/_write")
  public SnapshotId write() throws KuraException {
    return new SnapshotId(configurations.snapshot());
  }

  /** Goes back to the second newest snapshot. */
  @POST
  @Path("snapshots/_rollback")
  public SnapshotId rollback() throws KuraException {
    return new SnapshotId(configurations.rollback());
  }

  /** Goes back to the given snapshot. */
  @POST
  @Path("snapshots/byId/_rollback")
  public SnapshotId rollback(SnapshotId id) throws KuraException {
    configurations.rollback(given(id));
    return id;
  }

  /** Factories that instances can be made of. */
  @GET
  @Path("factoryComponents")
  public Pids factories() {
    return new Pids(sorted(configurations.getFactoryComponentPids()), null);
  }

  /** Makes instances. */
  @POST
  @Path("factoryComponents")
  public Response create(Components wanted) {
    List<Failure> failures = new ArrayList<>();
    for (ConfigurationJson.Component component : given(wanted)) {
      String id = "create:" + component.pid();
      Map<String, Object> properties = properties(component);
      // a taken pid the service refuses in Kura's words; of a factory without definition it knows
      // nothing
      boolean isChecked =
          component.pid() != null
              && component.factoryPid() != null
              && configurations.getFactoryComponentPids().contains(component.factoryPid())
              && !configurations.getConfigurableComponentPids().contains(component.pid());
      List<Problem> problems =
          isChecked
              ? check.checkNew(component.factoryPid(), component.pid(), properties)
              : List.of();
      try {
        if (problems.isEmpty()) {
          configurations.createFactoryConfiguration(
              component.factoryPid(), component.pid(), properties, false);
        } else {
          failures.add(failure(id, problems));
        }
      } catch (KuraException e) {
        failures.add(new Failure(id, e.getMessage()));
      }
    }
    return end(wanted.takeSnapshot(), failures);
  }

  /** Removes instances. */
  @DELETE
  @Path("factoryComponents/byPid")
  public Response delete(Pids wanted) {
    List<Failure> failures = new ArrayList<>();
    for (String pid : given(wanted)) {
      try {
        configurations.deleteFactoryConfiguration(pid, false);
      } catch (KuraException e) {
        failures.add(new Failure("delete:" + pid, e.getMessage()));
      }
    }
    return end(wanted.takeSnapshot(), failures);
  }

  /** The definitions of all factories. */
  @GET
  @Path("factoryComponents/ocd")
  public Components factoryDefinitions() {
    return components(definitions.getFactoryComponentOCDs());
  }

  /** The definitions of the given factories; unknown ones are left out. */
  @POST
  @Path("factoryComponents/ocd/byFactoryPid")
  public Components factoryDefinitions(Pids wanted) {
    List<ComponentConfiguration> found = new ArrayList<>();
    for (String pid : given(wanted)) {
      ComponentConfiguration definition = definitions.getFactoryComponentOCD(pid);
      if (definition != null) {
        found.add(definition);
      }
    }
    return components(found);
  }

  /** The pids of all active components. */
  @GET
  @Path("configurableComponents")
  public Pids pids() {
    return new Pids(sorted(configurations.getConfigurableComponentPids()), null);
  }

  /** All active components with their factories. */
  @GET
  @Path("configurableComponents/pidsWithFactory")
  public Instances instances() throws KuraException {
    List<Instance> instances = new ArrayList<>();
    for (ComponentConfiguration c : configurations.getComponentConfigurations()) {
      Map<String, Object> properties = c.getConfigurationProperties();
      Object factory = properties == null ? null : properties.get(FACTORY_PID);
      instances.add(new Instance(c.getPid(), factory == null ? null : factory.toString()));
    }
    return new Instances(instances);
  }

  /** The configurations of all active components. */
  @GET
  @Path("configurableComponents/configurations")
  public Components all() throws KuraException {
    return components(configurations.getComponentConfigurations());
  }

  /** The configurations of the given components; unknown ones are left out, as on Kura. */
  @POST
  @Path("configurableComponents/configurations/byPid")
  public Components byPid(Pids wanted) throws KuraException {
    List<ComponentConfiguration> found = new ArrayList<>();
    for (String pid : given(wanted)) {
      ComponentConfiguration configuration = configurations.getComponentConfiguration(pid);
      if (configuration != null) {
        found.add(configuration);
      }
    }
    return components(found);
  }

  /** The defaults of the given components; unknown ones are left out. */
  @POST
  @Path("configurableComponents/configurations/byPid/_default")
  public Components defaults(Pids wanted) throws KuraException {
    List<ComponentConfiguration> found = new ArrayList<>();
    for (String pid : given(wanted)) {
      ComponentConfiguration configuration = configurations.getDefaultComponentConfiguration(pid);
      if (configuration != null) {
        found.add(configuration);
      }
    }
    return components(found);
  }

  /** Changes the given properties of the given components; others stay. Unknown pids are named. */
  @PUT
  @Path("configurableComponents/configurations/_update")
  public Response update(Components wanted) {
    List<Failure> failures = new ArrayList<>();
    for (ConfigurationJson.Component component : given(wanted)) {
      String id = "update:" + component.pid();
      try {
        if (configurations.getComponentConfiguration(component.pid()) == null) {
          failures.add(new Failure(id, "no component with this pid is active"));
          continue;
        }
        Map<String, Object> properties = properties(component);
        List<Problem> problems = check.check(component.pid(), properties);
        if (problems.isEmpty()) {
          configurations.updateConfiguration(component.pid(), properties, false);
        } else {
          failures.add(failure(id, problems));
        }
      } catch (KuraException e) {
        failures.add(new Failure(id, e.getMessage()));
      }
    }
    return end(wanted.takeSnapshot(), failures);
  }

  private static Failure failure(String id, List<Problem> problems) {
    return new Failure(id, String.join(" | ", problems.stream().map(Problem::text).toList()));
  }

  private Response end(Boolean takeSnapshot, List<Failure> failures) {
    if (takeSnapshot == null || takeSnapshot) {
      try {
        configurations.snapshot();
      } catch (KuraException e) {
        failures.add(new Failure("snapshot", e.getMessage()));
      }
    }
    return failures.isEmpty()
        ? Response.ok().build()
        : Response.serverError().entity(new Failures(failures)).build();
  }

  static Map<String, Object> properties(ConfigurationJson.Component component) {
    Map<String, Object> properties = new HashMap<>();
    if (component.properties() != null) {
      component
          .properties()
          .forEach(
              (key, json) -> {
                Object value = Values.value("property " + key + " of " + component.pid(), json);
                if (value != null) {
                  properties.put(key, value); // null: stays as it is
                }
              });
    }
    return properties;
  }

  private static Components components(List<ComponentConfiguration> configurations) {
    return new Components(configurations.stream().map(Definitions::component).toList(), null);
  }

  private static List<String> sorted(java.util.Set<String> pids) {
    return List.copyOf(new TreeSet<>(pids));
  }

  private static long given(SnapshotId id) {
    if (id.id() == null) {
      throw new BadRequestException("the snapshot's id is missing; give {\"id\":<number>}");
    }
    return id.id();
  }

  private static List<String> given(Pids pids) {
    if (pids.pids() == null || pids.pids().contains(null)) {
      throw new BadRequestException("the pids are missing; give {\"pids\":[\"..\"]}");
    }
    return pids.pids();
  }

  private static List<ConfigurationJson.Component> given(Components components) {
    List<ConfigurationJson.Component> configs = components.configs();
    if (configs == null || configs.stream().anyMatch(c -> c == null || c.pid() == null)) {
      throw new BadRequestException(
          "the configurations are missing; give {\"configs\":[{\"pid\":\"..\",\"properties\":{..}}]}");
    }
    return configs;
  }
}
