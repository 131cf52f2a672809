package org.penstock.console.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.rest.Answers;
import org.penstock.api.rest.RestResource;
import org.penstock.console.rest.ConfigurationEdits.Faulty;

/** One component at a time, with ETag and If-Match, checked before it is changed. */
@Component(service = ConfigurationsResource.class, property = RestResource.PROPERTY)
@Path("api/v1/configurations")
@RolesAllowed(Permissions.CONFIGURATION)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ConfigurationsResource {

  /** Properties to set; null stands for the default. */
  record Change(Map<String, ConfigurationJson.Property> properties) {}

  private final ConfigurationEdits edits;

  /** Called by the component runtime. */
  @Activate
  public ConfigurationsResource(@Reference ConfigurationEdits edits) {
    this.edits = edits;
  }

  /** One component with its definition. */
  @GET
  @Path("{pid}")
  @Answers(ConfigurationJson.Component.class)
  public Response get(@PathParam("pid") String pid) throws KuraException {
    ComponentConfiguration configuration = edits.get(pid);
    return Response.ok(Definitions.component(configuration))
        .header(
            HttpHeaders.ETAG, ConfigurationEdits.tag(ConfigurationEdits.properties(configuration)))
        .build();
  }

  /**
   * Changes some properties and writes a snapshot. With check=true nothing is changed, and it is
   * only said what would be wrong.
   */
  @PATCH
  @Path("{pid}")
  public Response patch(
      @PathParam("pid") String pid,
      @HeaderParam("If-Match") String ifMatch,
      @QueryParam("check") @DefaultValue("false") boolean check,
      Change change)
      throws KuraException {
    if (change.properties() == null) {
      throw new BadRequestException(
          "give {\"properties\":{\"key\":{\"type\":\"STRING\",\"value\":\"..\"}}}");
    }
    Map<String, Object> changes = new HashMap<>();
    change
        .properties()
        .forEach(
            (key, json) ->
                changes.put(
                    key,
                    json == null ? null : Values.value("property " + key + " of " + pid, json)));
    try {
      String tag = edits.change(pid, ifMatch, changes, check);
      return Response.noContent().header(HttpHeaders.ETAG, tag).build();
    } catch (Faulty e) {
      return Refusal.faults(e, "api/v1/configurations").build();
    }
  }
}
