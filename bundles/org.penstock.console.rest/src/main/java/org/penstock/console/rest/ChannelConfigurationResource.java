package org.penstock.console.rest;

import com.google.gson.JsonElement;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.rest.Answers;
import org.penstock.api.rest.RestResource;
import org.penstock.console.rest.ConfigurationEdits.Faulty;

/**
 * The configuration of single channels, by the keys of the asset's definition without the channel's
 * name: {@code +unit}, {@code +value.type}, and the driver's own.
 */
@Component(service = ChannelConfigurationResource.class, property = RestResource.PROPERTY)
@Path("api/v1/channels")
@RolesAllowed(Permissions.CONFIGURATION)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ChannelConfigurationResource {

  /** One channel's configuration. */
  record Configuration(String asset, String channel, Map<String, JsonElement> properties) {}

  /** Properties to set; null stands for the default. */
  record Change(Map<String, JsonElement> properties) {}

  /** One of many changes: {@code put}, {@code patch} or {@code delete}. */
  record Edit(String op, String asset, String channel, Map<String, JsonElement> properties) {}

  /** Changes. */
  record Edits(List<Edit> edits) {}

  /** How one of them ended. */
  record Result(String asset, String channel, boolean ok, String message) {}

  /** How they ended, in the order given. */
  record Results(List<Result> results) {}

  private static final int MOST = 10_000;

  private final ConfigurationEdits edits;

  /** Called by the component runtime. */
  @Activate
  public ChannelConfigurationResource(@Reference ConfigurationEdits edits) {
    this.edits = edits;
  }

  /** One channel's configuration; its ETag is the asset's. */
  @GET
  @Path("{asset}/{channel}")
  @Answers(Configuration.class)
  public Response get(@PathParam("asset") String asset, @PathParam("channel") String channel)
      throws KuraException {
    ComponentConfiguration configuration = edits.get(asset);
    Map<String, Object> all = ConfigurationEdits.properties(configuration);
    Map<String, JsonElement> own = new TreeMap<>();
    all.forEach(
        (key, value) -> {
          if (key.startsWith(channel + "#")) {
            own.put(key.substring(channel.length() + 1), Values.json(value));
          }
        });
    if (own.isEmpty()) {
      throw new NotFoundException("asset " + asset + " has no channel " + channel);
    }
    return Response.ok(new Configuration(asset, channel, own))
        .header(HttpHeaders.ETAG, ConfigurationEdits.tag(all))
        .build();
  }

  /** Changes some properties of a channel; with check=true it is only said what would be wrong. */
  @PATCH
  @Path("{asset}/{channel}")
  public Response patch(
      @PathParam("asset") String asset,
      @PathParam("channel") String channel,
      @HeaderParam("If-Match") String ifMatch,
      @QueryParam("check") @DefaultValue("false") boolean check,
      Change change)
      throws KuraException {
    return change(ifMatch, check, new Edit("patch", asset, channel, change.properties()));
  }

  /** Makes a channel, or sets all its properties. */
  @PUT
  @Path("{asset}/{channel}")
  public Response put(
      @PathParam("asset") String asset,
      @PathParam("channel") String channel,
      @HeaderParam("If-Match") String ifMatch,
      Change change)
      throws KuraException {
    return change(ifMatch, false, new Edit("put", asset, channel, change.properties()));
  }

  /** Removes a channel. */
  @DELETE
  @Path("{asset}/{channel}")
  public Response delete(
      @PathParam("asset") String asset,
      @PathParam("channel") String channel,
      @HeaderParam("If-Match") String ifMatch)
      throws KuraException {
    return change(ifMatch, false, new Edit("delete", asset, channel, null));
  }

  private Response change(String ifMatch, boolean check, Edit edit) throws KuraException {
    try {
      Map<String, Object> changes = changes(edit, edits.get(edit.asset()));
      String tag = edits.change(edit.asset(), ifMatch, changes, check);
      return Response.noContent().header(HttpHeaders.ETAG, tag).build();
    } catch (Faulty e) {
      return Refusal.faults(e, "api/v1/channels").build();
    }
  }

  /** Many changes; those of one asset are made together or, if one is wrong, not at all. */
  @POST
  @Path("_edit")
  public Results edit(@QueryParam("check") @DefaultValue("false") boolean check, Edits wanted)
      throws KuraException {
    if (wanted.edits() == null || wanted.edits().size() > MOST || wanted.edits().contains(null)) {
      throw new BadRequestException(
          "give {\"edits\":[{\"op\":\"put\",\"asset\":\"..\",\"channel\":\"..\",\"properties\":{..}}]},"
              + " at most "
              + MOST);
    }
    Map<String, List<Edit>> byAsset = new LinkedHashMap<>();
    for (Edit edit : wanted.edits()) {
      byAsset.computeIfAbsent(String.valueOf(edit.asset()), a -> new ArrayList<>()).add(edit);
    }
    Map<String, String> faults = new HashMap<>();
    for (Map.Entry<String, List<Edit>> asset : byAsset.entrySet()) {
      fault(asset.getKey(), asset.getValue(), check)
          .forEach((channel, fault) -> faults.put(asset.getKey() + "#" + channel, fault));
    }
    List<Result> results = new ArrayList<>();
    for (Edit edit : wanted.edits()) {
      String own = faults.get(edit.asset() + "#" + edit.channel());
      String fault = own == null ? faults.get(edit.asset() + "#") : own;
      results.add(new Result(edit.asset(), edit.channel(), fault == null, fault));
    }
    return new Results(results);
  }

  /** What is wrong, by channel; under the empty name for the channels that are not to blame. */
  private Map<String, String> fault(String asset, List<Edit> wanted, boolean check)
      throws KuraException {
    Map<String, String> faults = new HashMap<>();
    Map<String, Object> changes = new HashMap<>();
    try {
      ComponentConfiguration configuration = edits.get(asset);
      for (Edit edit : wanted) {
        try {
          changes.putAll(changes(edit, configuration));
        } catch (ClientErrorException | Faulty e) {
          faults.put(String.valueOf(edit.channel()), e.getMessage());
        }
      }
      if (faults.isEmpty()) {
        edits.change(asset, null, changes, check);
      }
    } catch (ClientErrorException e) {
      faults.put("", e.getMessage());
    } catch (Faulty e) {
      e.problems()
          .forEach(
              p -> {
                int at = p.attribute().indexOf('#');
                faults.put(at < 0 ? "" : p.attribute().substring(0, at), p.text());
              });
    }
    if (!faults.isEmpty()) {
      faults.putIfAbsent("", "not done: other channels of " + asset + " are wrong");
    }
    return faults;
  }

  private static Map<String, Object> changes(Edit edit, ComponentConfiguration configuration)
      throws Faulty {
    ChannelKeys keys = new ChannelKeys(edit.channel(), configuration);
    return switch (String.valueOf(edit.op())) {
      case "patch" -> keys.patch(edit.properties());
      case "put" -> keys.put(edit.properties());
      case "delete" -> keys.delete();
      default -> throw new BadRequestException("op " + edit.op() + ": one of put patch delete");
    };
  }
}
