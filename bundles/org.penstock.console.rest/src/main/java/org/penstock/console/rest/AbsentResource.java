package org.penstock.console.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.penstock.api.rest.RestResource;

/** Kura's applications that this gateway does not have: 501 with the reason. */
@Component(service = AbsentResource.class, property = RestResource.PROPERTY)
@Path("{application:networkConfiguration|networkStatus|tamper}/v1/{rest:.*}")
@RolesAllowed(RestResource.ANY_USER)
public final class AbsentResource {

  private static final Map<String, String> REASONS =
      Map.of(
          "networkConfiguration",
          "the gateway leaves the host's network and firewall to the host",
          "networkStatus",
          "the gateway leaves the host's network to the host",
          "tamper",
          "this device has no tamper detection; an add-on may bring it");

  /** Called by the component runtime. */
  @Activate
  public AbsentResource() {
    // has nothing
  }

  /** 501. */
  @GET
  public Response get(@PathParam("application") String application) {
    return Refusal.answer(501, REASONS.get(application), application).build();
  }

  /** 501. */
  @POST
  public Response post(@PathParam("application") String application) {
    return get(application);
  }

  /** 501. */
  @PUT
  public Response put(@PathParam("application") String application) {
    return get(application);
  }

  /** 501. */
  @DELETE
  public Response delete(@PathParam("application") String application) {
    return get(application);
  }
}
