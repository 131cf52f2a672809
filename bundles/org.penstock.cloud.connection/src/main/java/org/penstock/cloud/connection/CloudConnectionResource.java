package org.penstock.cloud.connection;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.CloudConnectionManager;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.eclipse.kura.configuration.ConfigurationService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.penstock.api.rest.Answers;

/** Kura's {@code cloudconnection/v1}. */
@Component(service = CloudConnectionResource.class, property = "penstock.rest=true")
@Path("cloudconnection/v1")
@RolesAllowed("rest.cloudconnection")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class CloudConnectionResource {

  /** An endpoint as Kura lists it. */
  record EndpointInstance(
      String cloudConnectionFactoryPid,
      String cloudEndpointPid,
      String state,
      String cloudEndpointType) {}

  /** A publisher or subscriber as Kura lists it. */
  record PubSubInstance(String cloudEndpointPid, String pid, String factoryPid, String type) {}

  /** All of them. */
  record Instances(
      List<EndpointInstance> cloudEndpointInstances, List<PubSubInstance> pubsubInstances) {}

  /** A connection factory as Kura lists it. */
  record FactoryInfo(
      String cloudConnectionFactoryPid,
      String defaultCloudEndpointPid,
      String cloudEndpointPidRegex) {}

  /** A publisher's or subscriber's factory as Kura lists it. */
  record PubSubFactory(
      String factoryPid,
      String cloudConnectionFactoryPid,
      String defaultPid,
      String defaultPidRegex) {}

  /** All of them. */
  record Factories(
      List<FactoryInfo> cloudConnectionFactories, List<PubSubFactory> pubSubFactories) {}

  /** Names an endpoint. */
  record EndpointPid(String cloudConnectionFactoryPid, String cloudEndpointPid) {}

  /** Names a publisher or subscriber. */
  record PubSubPid(String pid, String factoryPid, String cloudEndpointPid) {}

  /** Pids. */
  record Pids(Set<String> pids) {}

  /** Whether an endpoint is connected. */
  record Connected(boolean connected) {}

  private final CloudRegistry registry;
  private final ConfigurationService configurations;
  private final ServiceComponentRuntime components;
  private final ConfigurationDoor door;

  /** Called by the component runtime. */
  @Activate
  public CloudConnectionResource(
      BundleContext context,
      @Reference ConfigurationService configurations,
      @Reference ServiceComponentRuntime components) {
    this.registry = new CloudRegistry(context);
    this.configurations = configurations;
    this.components = components;
    this.door = new ConfigurationDoor(context);
  }

  /** Endpoints, publishers and subscribers. */
  @GET
  @Path("instances")
  public Instances instances() throws KuraException {
    List<EndpointInstance> endpoints = new ArrayList<>();
    for (CloudRegistry.Factory factory : registry.factories()) {
      for (String pid : factory.service().getManagedCloudConnectionPids()) {
        endpoints.add(endpoint(factory.pid(), pid));
      }
    }
    List<PubSubInstance> clients =
        registry.clients().stream()
            .map(c -> new PubSubInstance(c.endpoint(), c.pid(), c.factoryPid(), c.type()))
            .toList();
    return new Instances(endpoints, clients);
  }

  private EndpointInstance endpoint(String factory, String pid) {
    CloudEndpoint service = registry.endpoint(pid).orElse(null);
    String state = "UNREGISTERED";
    if (service instanceof CloudConnectionManager manager) {
      state = manager.isConnected() ? "CONNECTED" : "DISCONNECTED";
    }
    String type =
        service == null || service instanceof CloudConnectionManager
            ? "CLOUD_CONNECTION_MANAGER"
            : "CLOUD_ENDPOINT";
    return new EndpointInstance(factory, pid, state, type);
  }

  /** What can be made. */
  @GET
  @Path("factories")
  public Factories factories() {
    List<FactoryInfo> factories =
        registry.factories().stream()
            .map(f -> new FactoryInfo(f.pid(), f.defaultPid(), f.pidRegex()))
            .toList();
    List<PubSubFactory> clients = new ArrayList<>();
    for (ComponentDescriptionDTO each : components.getComponentDescriptionDTOs()) {
      Object fits = each.properties.get("cloud.connection.factory.pid");
      if (fits != null) {
        clients.add(
            new PubSubFactory(
                each.name,
                fits.toString(),
                text(each, "kura.ui.default.pid"),
                text(each, "kura.ui.default.pid.regex")));
      }
    }
    return new Factories(factories, clients);
  }

  private static String text(ComponentDescriptionDTO component, String key) {
    Object value = component.properties.get(key);
    return value == null ? null : value.toString();
  }

  private CloudRegistry.Factory factory(EndpointPid wanted) {
    return registry
        .factory(needed(wanted.cloudConnectionFactoryPid(), "cloudConnectionFactoryPid"))
        .orElseThrow(
            () ->
                new NotFoundException(
                    "there is no connection factory " + wanted.cloudConnectionFactoryPid()));
  }

  private static String needed(String value, String name) {
    if (value == null || value.isBlank()) {
      throw new BadRequestException(name + " is missing");
    }
    return value;
  }

  /** Pids of an endpoint's stack. */
  @POST
  @Path("cloudEndpoint/stackComponentPids")
  public Pids stack(EndpointPid wanted) throws KuraException {
    return new Pids(
        new TreeSet<>(factory(wanted).service().getStackComponentsPids(wanted.cloudEndpointPid())));
  }

  /** Makes an endpoint with its stack. */
  @POST
  @Path("cloudEndpoint")
  public void create(EndpointPid wanted) throws KuraException {
    String pid = needed(wanted.cloudEndpointPid(), "cloudEndpointPid");
    try {
      factory(wanted).service().createConfiguration(pid);
    } catch (KuraException e) {
      if (e.getCode() == KuraErrorCode.INVALID_PARAMETER) {
        throw new BadRequestException(e.getMessage(), e);
      }
      throw e;
    }
  }

  /** Deletes an endpoint with its stack. */
  @DELETE
  @Path("cloudEndpoint")
  public void delete(EndpointPid wanted) throws KuraException {
    CloudRegistry.Factory factory = factory(wanted);
    if (!factory.service().getManagedCloudConnectionPids().contains(wanted.cloudEndpointPid())) {
      throw new NotFoundException("there is no connection " + wanted.cloudEndpointPid());
    }
    factory.service().deleteConfiguration(wanted.cloudEndpointPid());
  }

  /** Makes a publisher or subscriber. */
  @POST
  @Path("pubSub")
  public void createClient(PubSubPid wanted) throws KuraException {
    String factory = needed(wanted.factoryPid(), "factoryPid");
    if (factories().pubSubFactories().stream().noneMatch(f -> f.factoryPid().equals(factory))) {
      throw new NotFoundException("there is no publisher or subscriber factory " + factory);
    }
    configurations.createFactoryConfiguration(
        factory,
        needed(wanted.pid(), "pid"),
        Map.of(EndpointTracker.ENDPOINT, needed(wanted.cloudEndpointPid(), "cloudEndpointPid")),
        true);
  }

  /** Deletes a publisher or subscriber. */
  @DELETE
  @Path("pubSub")
  public void deleteClient(PubSubPid wanted) throws KuraException {
    String pid = needed(wanted.pid(), "pid");
    if (registry.clients().stream().noneMatch(c -> c.pid().equals(pid))) {
      throw new NotFoundException("there is no publisher or subscriber " + pid);
    }
    configurations.deleteFactoryConfiguration(pid, true);
  }

  /** Configurations of components that belong to cloud connections. */
  @POST
  @Path("configurations")
  @Answers(Object.class)
  public Response read(byte[] body, @Context SecurityContext caller) throws KuraException {
    return door.read(body, registry.allPids(), caller.getUserPrincipal());
  }

  /** Changes configurations of components that belong to cloud connections. */
  @PUT
  @Path("configurations")
  public Response update(byte[] body, @Context SecurityContext caller) throws KuraException {
    return door.update(body, registry.allPids(), caller.getUserPrincipal());
  }

  private CloudConnectionManager manager(EndpointPid wanted) {
    String pid = needed(wanted.cloudEndpointPid(), "cloudEndpointPid");
    return registry
        .manager(pid)
        .orElseThrow(() -> new NotFoundException("there is no connection " + pid));
  }

  /** Connects now. */
  @POST
  @Path("cloudEndpoint/connect")
  public void connect(EndpointPid wanted) throws KuraException {
    manager(wanted).connect();
  }

  /** Disconnects now. */
  @POST
  @Path("cloudEndpoint/disconnect")
  public void disconnect(EndpointPid wanted) throws KuraException {
    manager(wanted).disconnect();
  }

  /** Whether it is connected. */
  @POST
  @Path("cloudEndpoint/isConnected")
  public Connected isConnected(EndpointPid wanted) {
    return new Connected(manager(wanted).isConnected());
  }
}
