package org.penstock.console.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.rest.RestResource;
import org.penstock.api.security.Caller;

/** Who is logged in from where: everybody sees and ends his own sessions, an administrator all. */
@Component(service = SessionsResource.class, property = RestResource.PROPERTY)
@Path("api/v1/sessions")
@RolesAllowed(RestResource.ANY_USER)
@Produces(MediaType.APPLICATION_JSON)
public final class SessionsResource {

  /** One session; {@code current}: the one that asks. */
  record Entry(
      String id, String identity, String address, String began, String used, boolean current) {}

  /** All that the caller may see. */
  record Entries(List<Entry> sessions) {}

  private final Sessions sessions;

  /** Called by the component runtime. */
  @Activate
  public SessionsResource(@Reference Sessions sessions) {
    this.sessions = sessions;
  }

  private static boolean isHis(Caller caller, Sessions.Seen session) {
    return session.identity().equals(caller.getName()) || caller.may(Caller.ADMIN);
  }

  /** The caller's sessions; an administrator's list holds all. */
  @GET
  public Entries list(
      @Context SecurityContext security, @HeaderParam(Sessions.HEADER) String session) {
    Caller caller = (Caller) security.getUserPrincipal();
    String own = sessions.handle(String.valueOf(session));
    return new Entries(
        sessions.open().stream()
            .filter(s -> isHis(caller, s))
            .map(
                s ->
                    new Entry(
                        s.handle(),
                        s.identity(),
                        s.address(),
                        s.began().toString(),
                        s.used().toString(),
                        s.handle().equals(own)))
            .toList());
  }

  /** Ends a session: its next request is asked to log in, its event streams end. */
  @DELETE
  @Path("{id}")
  public Response end(@Context SecurityContext security, @PathParam("id") String id) {
    Caller caller = (Caller) security.getUserPrincipal();
    if (sessions.open().stream().noneMatch(s -> s.handle().equals(id) && isHis(caller, s))) {
      throw new NotFoundException("there is no session " + id + "; it may have ended");
    }
    sessions.endOf(id);
    return Response.noContent().build();
  }
}
