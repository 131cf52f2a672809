package org.penstock.core.deployment;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.penstock.api.security.Caller;

/** Ends the gateway's process; the start script begins a new one. */
@Component(service = RestartResource.class, property = "penstock.rest=true")
@Path("api/v1/restart")
@RolesAllowed(Caller.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class RestartResource {

  /** That it is meant. */
  record Wish(Boolean confirm) {}

  /** Whether somebody is there who starts the gateway again. */
  record State(boolean supervised) {}

  private final Restart restart;

  /** Called by the component runtime. */
  @Activate
  public RestartResource(BundleContext context) {
    restart =
        new Restart(
            context.getBundle(0).getBundleContext(),
            java.nio.file.Path.of(context.getProperty("penstock.home")));
  }

  /**
   * Whether somebody is known to start the gateway again: the start script with {@code --supervise}, or
   * systemd.
   */
  @GET
  public State state() {
    return new State(
        System.getenv("PENSTOCK_SUPERVISED") != null || System.getenv("INVOCATION_ID") != null);
  }

  /** Restarts the gateway; everything stops for some seconds. */
  @POST
  public Response restart(@Context SecurityContext security, Wish wish) {
    if (!Boolean.TRUE.equals(wish.confirm())) {
      throw new BadRequestException("give {\"confirm\":true}");
    }
    restart.wanted(security.getUserPrincipal().getName());
    return Response.accepted().build();
  }
}
