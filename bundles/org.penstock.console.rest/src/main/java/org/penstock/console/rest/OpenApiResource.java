package org.penstock.console.rest;

import com.google.gson.JsonObject;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.rest.Answers;
import org.penstock.api.rest.RestResource;

/** The OpenAPI document of the resources that are there now, those of add-ons among them. */
@Component(service = OpenApiResource.class, property = RestResource.PROPERTY)
@Path("api/v1/openapi.json")
@RolesAllowed(RestResource.ANY_USER)
@Produces(MediaType.APPLICATION_JSON)
public final class OpenApiResource {

  /** A document and what it was made from. */
  private record Made(List<Object> resources, byte[] document) {}

  private final RestDispatcher dispatcher;
  private final AtomicReference<Made> last = new AtomicReference<>(new Made(List.of(), null));

  /** Called by the component runtime. */
  @Activate
  public OpenApiResource(@Reference RestDispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  /** The document. */
  @GET
  @Answers(JsonObject.class)
  public Response document() {
    List<Object> now = dispatcher.resources();
    Made made = last.get();
    if (!made.resources().equals(now)) {
      byte[] text = OpenApi.document(now).toString().getBytes(StandardCharsets.UTF_8);
      made = new Made(now, text);
      last.set(made);
    }
    return Response.ok(made.document()).build();
  }
}
