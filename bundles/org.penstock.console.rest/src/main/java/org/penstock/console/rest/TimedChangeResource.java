package org.penstock.console.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.core.configuration.ComponentConfigurationImpl;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.configuration.TimedApply;
import org.penstock.api.rest.Answers;
import org.penstock.api.rest.RestResource;

/** A change that reverts by itself unless it is confirmed in time. */
@Component(service = TimedChangeResource.class, property = RestResource.PROPERTY)
@Path("api/v1/timed-change")
@RolesAllowed(Permissions.CONFIGURATION)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class TimedChangeResource {

  private static final String FACTORY_PID = "service.factoryPid";

  /** What to change, and how many seconds there are to confirm it. */
  record Wish(Integer seconds, List<ConfigurationJson.Component> configs) {}

  /** The change that waits for its confirmation. */
  record Waiting(String token, List<String> pids, String author, String until) {}

  /** Whether a change waits; {@code pending} is absent when none does. */
  record State(Waiting pending) {}

  private final TimedApply timed;

  /** Called by the component runtime. */
  @Activate
  public TimedChangeResource(@Reference TimedApply timed) {
    this.timed = timed;
  }

  private static Waiting waiting(TimedApply.Pending pending) {
    return new Waiting(
        pending.token(),
        pending.pids().stream().sorted().toList(),
        pending.author(),
        pending.until().toString());
  }

  /** The change that waits, if one does. */
  @GET
  public State state() {
    return new State(timed.pending().map(TimedChangeResource::waiting).orElse(null));
  }

  /** Applies a change at once; it reverts after the given seconds, 1 to 3600, and at a restart. */
  @POST
  @Answers(Waiting.class)
  public Response apply(Wish wish) throws KuraException {
    if (wish.seconds() == null || wish.configs() == null || wish.configs().contains(null)) {
      throw new BadRequestException(
          "give {\"seconds\":60,\"configs\":[{\"pid\":\"..\",\"properties\":{..}}]}");
    }
    if (timed.pending().isPresent()) {
      throw new ClientErrorException(
          "another change waits until " + timed.pending().get().until(), Response.Status.CONFLICT);
    }
    List<ComponentConfiguration> changes = new ArrayList<>();
    for (ConfigurationJson.Component one : wish.configs()) {
      if (one.pid() == null) {
        throw new BadRequestException("a configuration needs its pid");
      }
      Map<String, Object> properties = ConfigurationResource.properties(one);
      if (one.factoryPid() != null) {
        properties.put(FACTORY_PID, one.factoryPid());
      }
      changes.add(new ComponentConfigurationImpl(one.pid(), null, properties));
    }
    return Response.status(Response.Status.CREATED)
        .entity(waiting(timed.apply(changes, Duration.ofSeconds(wish.seconds()))))
        .build();
  }

  /** Keeps the change. */
  @POST
  @Path("{token}/_confirm")
  public Response confirm(@PathParam("token") String token) throws KuraException {
    timed.confirm(token);
    return Response.noContent().build();
  }

  /** Takes the change back now. */
  @DELETE
  @Path("{token}")
  public Response revert(@PathParam("token") String token) throws KuraException {
    timed.revert(token);
    return Response.noContent().build();
  }
}
