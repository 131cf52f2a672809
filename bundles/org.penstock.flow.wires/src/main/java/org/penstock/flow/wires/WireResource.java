package org.penstock.flow.wires;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import jakarta.annotation.security.RolesAllowed;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.asset.Asset;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.driver.Driver;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.rest.RestResource;

/** Kura's {@code wire/v1}, but for its metadata: the main graph and what it is made of. */
@Component(service = WireResource.class, property = RestResource.PROPERTY)
@Path("wire/v1")
@RolesAllowed("rest.wires.admin")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class WireResource {

  private final Flows flows;
  private final ConfigurationService configurations;
  private final BundleContext context;

  /** Called by the component runtime. */
  @Activate
  public WireResource(
      @Reference Flows flows,
      @Reference ConfigurationService configurations,
      BundleContext context) {
    this.flows = flows;
    this.configurations = configurations;
    this.context = context;
  }

  private GraphHost host() {
    return flows
        .find(Flows.MAIN)
        .orElseThrow(() -> new jakarta.ws.rs.ServiceUnavailableException("no graph yet"));
  }

  /** The graph with the configurations of its components. */
  @GET
  @Path("graph/snapshot")
  public Object snapshot() throws KuraException {
    Set<String> pids = new LinkedHashSet<>(List.of(WireGraphConfig.PID));
    host().plan().nodes().forEach(node -> pids.add(node.pid()));
    return ComponentJson.of(find(pids));
  }

  private List<ComponentConfiguration> find(Iterable<String> pids) throws KuraException {
    List<ComponentConfiguration> found = new ArrayList<>();
    for (String pid : pids) {
      ComponentConfiguration one = configurations.getComponentConfiguration(pid);
      if (one != null) {
        found.add(one);
      }
    }
    return found;
  }

  /** Another graph in the place of the one before, whole or not at all. */
  @PUT
  @Path("graph/snapshot")
  public Response put(ComponentJson.Components wanted) throws KuraException {
    Set<String> nodes = new LinkedHashSet<>(List.of(WireGraphConfig.PID));
    var asked = wanted.asked(WireGraphConfig.PID);
    asked
        .getWireComponentConfigurations()
        .forEach(one -> nodes.add(one.getConfiguration().getPid()));
    host().graph().put(asked);
    List<ComponentJson.Failure> failures = new ArrayList<>();
    for (ComponentJson.Component other : wanted.given()) {
      if (!nodes.contains(other.pid())) {
        update(other, failures); // drivers come along with the graph
      }
    }
    return end(failures);
  }

  private void update(ComponentJson.Component one, List<ComponentJson.Failure> failures) {
    try {
      configurations.updateConfiguration(one.pid(), one.values(), false);
    } catch (KuraException failed) {
      failures.add(new ComponentJson.Failure("update:" + one.pid(), failed.getMessage()));
    }
  }

  private static Response end(List<ComponentJson.Failure> failures) {
    return failures.isEmpty()
        ? Response.ok().build()
        : Response.serverError().entity(new ComponentJson.Failures(failures)).build();
  }

  /** Deletes the graph with all its components. */
  @DELETE
  @Path("graph")
  public Response delete() throws KuraException {
    host().graph().delete();
    return Response.ok().build();
  }

  /** The graph in Kura's JSON. */
  @GET
  @Path("graph/topology")
  public JsonElement topology() {
    return JsonParser.parseString(GraphJson.write(host().plan()));
  }

  /** Instances of drivers. */
  @GET
  @Path("drivers/pids")
  public Object drivers() {
    return instances(Driver.class);
  }

  /** Instances of assets. */
  @GET
  @Path("assets/pids")
  public Object assets() {
    return instances(Asset.class);
  }

  private ComponentJson.Instances instances(Class<?> service) {
    List<ComponentJson.Instance> found = new ArrayList<>();
    try {
      for (ServiceReference<?> reference : context.getServiceReferences(service, null)) {
        if (reference.getProperty(ConfigurationService.KURA_SERVICE_PID) instanceof String pid) {
          Object factory = reference.getProperty(Factories.FACTORY_PID);
          found.add(new ComponentJson.Instance(pid, factory == null ? null : factory.toString()));
        }
      }
    } catch (InvalidSyntaxException impossible) {
      return new ComponentJson.Instances(List.of()); // there is no filter
    }
    return new ComponentJson.Instances(found);
  }

  /** Configurations of the given components; unknown ones are left out. */
  @POST
  @Path("configs/byPid")
  public Object byPid(ComponentJson.Pids wanted) throws KuraException {
    return ComponentJson.of(find(wanted.given()));
  }

  /** Deletes instances. */
  @DELETE
  @Path("configs/byPid")
  public Response deleteByPid(ComponentJson.Pids wanted) {
    List<ComponentJson.Failure> failures = new ArrayList<>();
    for (String pid : wanted.given()) {
      try {
        configurations.deleteFactoryConfiguration(pid, false);
      } catch (KuraException failed) {
        failures.add(new ComponentJson.Failure("delete:" + pid, failed.getMessage()));
      }
    }
    snapshot(wanted.takeSnapshot(), failures);
    return end(failures);
  }

  /** Changes components, and makes those that have a factory and are not there. */
  @PUT
  @Path("configs")
  public Response configs(ComponentJson.Components wanted) {
    List<ComponentJson.Failure> failures = new ArrayList<>();
    for (ComponentJson.Component one : wanted.given()) {
      Map<String, Object> values = one.values();
      try {
        boolean there = configurations.getComponentConfiguration(one.pid()) != null;
        Object factory = values.get(Factories.FACTORY_PID);
        if (there || factory == null) {
          update(one, failures);
        } else {
          configurations.createFactoryConfiguration(factory.toString(), one.pid(), values, false);
        }
      } catch (KuraException failed) {
        failures.add(new ComponentJson.Failure("create:" + one.pid(), failed.getMessage()));
      }
    }
    snapshot(wanted.takeSnapshot(), failures);
    return end(failures);
  }

  private void snapshot(Boolean wanted, List<ComponentJson.Failure> failures) {
    if (wanted == null || wanted) {
      try {
        configurations.snapshot();
      } catch (KuraException failed) {
        failures.add(new ComponentJson.Failure("snapshot", failed.getMessage()));
      }
    }
  }
}
