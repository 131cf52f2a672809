package org.penstock.field.asset;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.InternalServerErrorException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.rest.AssetGroups;
import org.penstock.api.security.Caller;
import org.penstock.api.write.ChannelWriter;
import org.penstock.api.write.WriteOutcome;
import org.penstock.api.write.WriteSource;

/** Writes of persons over REST, and who may write to which channel. */
@Component(service = WritesResource.class, property = "penstock.rest=true")
@Path("api/v1/writes/{asset}")
@RolesAllowed({WritesResource.ASSETS, WritesResource.READ})
@AssetGroups
@Produces(MediaType.APPLICATION_JSON)
public final class WritesResource {

  static final String ASSETS = "rest.assets";
  static final String READ = "assets.read";
  static final String OPERATE = "assets.operate";

  private final ChannelWriter writer;
  private final AssetThreads threads;

  /** Called by the component runtime. */
  @Activate
  public WritesResource(@Reference ChannelWriter writer, @Reference AssetThreads threads) {
    this.writer = writer;
    this.threads = threads;
  }

  /** Who may write to a channel; absent members are null. */
  record Authority(boolean hand, String kind, String owner, String since, String until) {}

  /** Values as texts, by channel. */
  record Values(Map<String, String> values) {}

  /** What became of one value. */
  record Outcome(String channel, String result, String reason, String before, String after) {}

  /** Hand or automatic. */
  record Mode(Boolean hand) {}

  /** Who holds which channel, or has it in hand; others are not among them. */
  @GET
  public Map<String, Authority> authorities(
      @Context SecurityContext security, @PathParam("asset") String asset) {
    core(asset, security, READ);
    return authorities(asset);
  }

  private Map<String, Authority> authorities(String asset) {
    Map<String, Authority> shown = new TreeMap<>();
    writer
        .authorities(asset)
        .forEach(
            (channel, one) ->
                shown.put(
                    channel,
                    new Authority(
                        one.hand(),
                        one.holder().map(source -> source.kind().name()).orElse(null),
                        one.holder().map(WriteSource::owner).orElse(null),
                        one.since().map(Object::toString).orElse(null),
                        one.until().map(Object::toString).orElse(null))));
    return shown;
  }

  /** Writes as an operator; each outcome says what became of its value. */
  @POST
  @RolesAllowed({ASSETS, OPERATE})
  @Consumes(MediaType.APPLICATION_JSON)
  public List<Outcome> write(
      @Context SecurityContext security, @PathParam("asset") String asset, Values body) {
    if (body == null || body.values() == null || body.values().isEmpty()) {
      throw new BadRequestException("give {\"values\":{\"<channel>\":\"<value>\"}}");
    }
    Map<String, Channel> channels =
        core(asset, security, OPERATE).assetConfiguration().getAssetChannels();
    Map<String, TypedValue<?>> values = new LinkedHashMap<>();
    body.values().forEach((name, text) -> values.put(name, value(channels.get(name), name, text)));
    return await(writer.write(asset, values, operator(security))).stream()
        .map(WritesResource::shown)
        .toList();
  }

  private static TypedValue<?> value(Channel channel, String name, String text) {
    if (channel == null) {
      return TypedValues.newStringValue(String.valueOf(text)); // refused with its name
    }
    try {
      return TypedValues.parseTypedValue(channel.getValueType(), text);
    } catch (IllegalArgumentException | NullPointerException wrong) {
      throw new BadRequestException(
          "channel " + name + ": '" + text + "' is no " + channel.getValueType(), wrong);
    }
  }

  private static Outcome shown(WriteOutcome outcome) {
    return new Outcome(
        outcome.channel(),
        outcome.result().name(),
        outcome.reason(),
        outcome.before().map(value -> String.valueOf(value.getValue())).orElse(null),
        outcome.after().map(value -> String.valueOf(value.getValue())).orElse(null));
  }

  /** Switches a channel to hand or to automatic. */
  @PUT
  @RolesAllowed({ASSETS, OPERATE})
  @Path("{channel}/mode")
  @Consumes(MediaType.APPLICATION_JSON)
  public Map<String, Authority> mode(
      @Context SecurityContext security,
      @PathParam("asset") String asset,
      @PathParam("channel") String channel,
      Mode mode) {
    if (mode == null || mode.hand() == null) {
      throw new BadRequestException("give {\"hand\":true} or {\"hand\":false}");
    }
    core(asset, security, OPERATE);
    WriteSource operator = operator(security);
    await(
        mode.hand()
            ? writer.hand(asset, channel, operator)
            : writer.automatic(asset, channel, operator));
    return authorities(asset);
  }

  /** Gives up the caller's own hold of a channel before its time. */
  @DELETE
  @RolesAllowed({ASSETS, OPERATE})
  @Path("{channel}/hold")
  public Map<String, Authority> release(
      @Context SecurityContext security,
      @PathParam("asset") String asset,
      @PathParam("channel") String channel) {
    core(asset, security, OPERATE);
    writer.release(asset, channel, operator(security));
    return authorities(asset);
  }

  /** The asset, if the caller may do that with assets of its group; else it is not there for him. */
  private AssetCore core(String asset, SecurityContext security, String permission) {
    Caller caller = (Caller) security.getUserPrincipal();
    return threads
        .core(asset)
        .filter(c -> caller.may(ASSETS, c.group()) || caller.may(permission, c.group()))
        .orElseThrow(() -> new NotFoundException("asset " + asset + " is not there"));
  }

  private static WriteSource operator(SecurityContext security) {
    return new WriteSource(WriteSource.Kind.OPERATOR, security.getUserPrincipal().getName());
  }

  private static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(AssetCore.PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failure) {
      Throwable cause = failure.getCause();
      if (cause instanceof IllegalArgumentException) {
        throw new BadRequestException(cause.getMessage(), cause);
      }
      throw new InternalServerErrorException(cause.getMessage(), cause);
    } catch (TimeoutException tooLong) {
      throw new InternalServerErrorException("the device does not answer", tooLong);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new InternalServerErrorException("the gateway stops", stopped);
    }
  }
}
