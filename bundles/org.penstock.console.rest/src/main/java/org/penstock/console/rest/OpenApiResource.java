package org.penstock.console.rest;

import com.google.gson.JsonObject;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.rest.RestResource;

/** The OpenAPI document of the resources that are there now, those of add-ons among them. */
@Component(service = OpenApiResource.class, property = RestResource.PROPERTY)
@Path("api/v1/openapi.json")
@RolesAllowed(RestResource.ANY_USER)
@Produces(MediaType.APPLICATION_JSON)
public final class OpenApiResource {

  private final RestDispatcher dispatcher;

  /** Called by the component runtime. */
  @Activate
  public OpenApiResource(@Reference RestDispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  /** The document. */
  @GET
  public JsonObject document() {
    return OpenApi.document(dispatcher.resources());
  }
}
