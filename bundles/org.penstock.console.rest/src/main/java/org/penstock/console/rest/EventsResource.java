package org.penstock.console.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.rest.RestResource;
import org.penstock.api.security.Caller;
import org.penstock.console.rest.EventStreams.Wish;

/** The event stream. */
@Component(service = EventsResource.class, property = RestResource.PROPERTY)
@Path("api/v1/events")
@RolesAllowed(RestResource.ANY_USER)
public final class EventsResource {

  private static final String PATH = "api/v1/events";

  private final EventStreams streams;

  /** Called by the component runtime. */
  @Activate
  public EventsResource(@Reference EventStreams streams) {
    this.streams = streams;
  }

  /**
   * Server-sent events of the given types (values, alarms, logs, health, jobs, and what add-ons
   * tell), as far as the caller may see them. Goes on after the event of the header Last-Event-ID or
   * the parameter lastEventId; when that is too long ago, the event reset comes first.
   */
  @GET
  @Produces("text/event-stream")
  public Response events(
      @Context SecurityContext security,
      @HeaderParam(HttpDoor.ADDRESS) String address,
      @HeaderParam("Last-Event-ID") String lastOfHeader,
      @QueryParam("lastEventId") String lastOfQuery,
      @QueryParam("types") String types,
      @QueryParam("assets") String assets) {
    if (address == null) {
      return Refusal.answer(406, "events come over HTTP only", PATH).build();
    }
    if (types == null || types.isBlank()) {
      throw new BadRequestException("name the types, for example ?types=values,health,jobs");
    }
    Wish wish =
        new Wish(
            (Caller) security.getUserPrincipal(),
            set(types),
            set(assets),
            lastOfHeader == null ? lastOfQuery : lastOfHeader);
    return streams
        .grant(wish)
        .map(ticket -> Response.ok().header(EventStreams.HEADER, ticket).build())
        .orElseGet(
            () ->
                Refusal.answer(503, EventStreams.MOST + " streams are open already", PATH).build());
  }

  private static Set<String> set(String list) {
    Set<String> set = new TreeSet<>();
    if (list != null) {
      for (String one : list.split(",")) {
        if (!one.isBlank()) {
          set.add(one.strip());
        }
      }
    }
    return set;
  }
}
