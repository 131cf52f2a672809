package org.penstock.console.rest;

import com.google.gson.JsonElement;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.channel.ChannelFlag;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.type.TypedValues;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.driver.ChannelState;
import org.penstock.api.rest.Answers;
import org.penstock.api.rest.AssetGroups;
import org.penstock.api.rest.RestResource;
import org.penstock.api.security.Caller;
import org.penstock.console.rest.Plants.Plant;

/** All channels of all assets: values with quality, live reads, writes. */
@Component(service = ChannelsResource.class, property = RestResource.PROPERTY)
@Path("api/v1/channels")
@RolesAllowed({Permissions.ASSETS, Permissions.ASSETS_READ})
@AssetGroups
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ChannelsResource {

  /** One channel; {@code state} is absent when it was never read. */
  record Entry(
      String asset,
      String name,
      String type,
      String valueType,
      String unit,
      boolean enabled,
      ChannelJson.State state) {}

  /** One page of the channels found. */
  record Page(int total, int offset, List<Entry> channels) {}

  /** A value to write; numbers and booleans as such or as text, bytes in Base64. */
  record Value(JsonElement value) {}

  /** A value to write to one of many channels. */
  record Write(String asset, String channel, JsonElement value) {}

  /** Values to write. */
  record Writes(List<Write> writes) {}

  /** How one of many writes ended. */
  record Result(String asset, String channel, boolean ok, String message) {}

  /** How they ended, in the order given. */
  record Results(List<Result> results) {}

  private final Plants plants;

  /** Called by the component runtime. */
  @Activate
  public ChannelsResource(@Reference Plants plants) {
    this.plants = plants;
  }

  /** Channels with their last values; filtered, sorted, by pages. */
  @GET
  public Page list(@Context SecurityContext security, @BeanParam ChannelQuery query) {
    Caller caller = (Caller) security.getUserPrincipal();
    return query.page(
        plants.all().stream().filter(p -> query.wants(p.pid()) && mayRead(caller, p)).toList());
  }

  static boolean mayRead(Caller caller, Plant plant) {
    return caller.may(Permissions.ASSETS, plant.group())
        || caller.may(Permissions.ASSETS_READ, plant.group());
  }

  static boolean mayOperate(Caller caller, Plant plant) {
    return caller.may(Permissions.ASSETS, plant.group())
        || caller.may(Permissions.ASSETS_OPERATE, plant.group());
  }

  static Map<String, ChannelState> states(Plant plant) {
    return plant.states().map(s -> s.channelStates()).orElse(Map.of());
  }

  static Map<String, Channel> channels(Plant plant) {
    var configuration = plant.asset().getAssetConfiguration();
    return configuration == null ? Map.of() : configuration.getAssetChannels();
  }

  static Entry entry(String asset, Channel channel, ChannelState state) {
    return new Entry(
        asset,
        channel.getName(),
        channel.getType().name(),
        channel.getValueType().name(),
        channel.getUnit(),
        channel.isEnabled(),
        state == null ? null : ChannelJson.state(state));
  }

  /** One channel's last value. */
  @GET
  @Path("{asset}/{channel}/state")
  public Entry state(
      @Context SecurityContext security,
      @PathParam("asset") String asset,
      @PathParam("channel") String name) {
    Plant plant = plant(asset, (Caller) security.getUserPrincipal());
    return entry(asset, channel(plant, name), states(plant).get(name));
  }

  /** Reads one channel from its device now; 502 when the device does not give it. */
  @GET
  @Path("{asset}/{channel}/value")
  @Answers(ChannelJson.State.class)
  public Response read(
      @Context SecurityContext security,
      @PathParam("asset") String asset,
      @PathParam("channel") String name)
      throws KuraException {
    Plant plant = plant(asset, (Caller) security.getUserPrincipal());
    channel(plant, name);
    List<ChannelRecord> records = plant.asset().read(Set.of(name));
    ChannelRecord record = records.isEmpty() ? null : records.get(0);
    if (record == null || record.getChannelStatus().getChannelFlag() != ChannelFlag.SUCCESS) {
      String why = record == null ? "no answer" : reason(record);
      return refusal(502, asset, name, why);
    }
    String at = Instant.ofEpochMilli(record.getTimestamp()).toString();
    return Response.ok(
            new ChannelJson.State(
                ChannelJson.value(record.getValue()),
                record.getValueType().name(),
                "GOOD",
                null,
                at,
                at))
        .build();
  }

  /** Writes one channel; 502 when the device does not take it. */
  @PUT
  @Path("{asset}/{channel}/value")
  @RolesAllowed({Permissions.ASSETS, Permissions.ASSETS_OPERATE})
  public Response write(
      @Context SecurityContext security,
      @PathParam("asset") String asset,
      @PathParam("channel") String name,
      Value value) {
    Result result =
        write((Caller) security.getUserPrincipal(), new Write(asset, name, value.value()));
    return result.ok() ? Response.noContent().build() : refusal(502, asset, name, result.message());
  }

  /** Writes many channels, one after the other; each has its own result. */
  @POST
  @Path("_write")
  @RolesAllowed({Permissions.ASSETS, Permissions.ASSETS_OPERATE})
  public Results write(@Context SecurityContext security, Writes writes) {
    if (writes.writes() == null || writes.writes().contains(null)) {
      throw new BadRequestException(
          "give {\"writes\":[{\"asset\":\"..\",\"channel\":\"..\",\"value\":1}]}");
    }
    if (writes.writes().size() > ChannelQuery.MOST) {
      throw new BadRequestException("at most " + ChannelQuery.MOST + " writes in one request");
    }
    Caller caller = (Caller) security.getUserPrincipal();
    List<Result> results = new ArrayList<>();
    for (Write write : writes.writes()) {
      try {
        results.add(write(caller, write));
      } catch (BadRequestException | NotFoundException | ForbiddenException e) {
        results.add(new Result(write.asset(), write.channel(), false, e.getMessage()));
      }
    }
    return new Results(results);
  }

  private Result write(Caller caller, Write write) {
    Plant plant = plant(String.valueOf(write.asset()), caller);
    if (!mayOperate(caller, plant)) {
      throw new ForbiddenException(caller.getName() + " may not operate " + plant.pid());
    }
    Channel channel = channel(plant, String.valueOf(write.channel()));
    ChannelRecord record = record(channel, write.value());
    try {
      plant.asset().write(List.of(record));
    } catch (KuraException e) {
      return new Result(write.asset(), write.channel(), false, e.getMessage());
    }
    boolean ok = record.getChannelStatus().getChannelFlag() == ChannelFlag.SUCCESS;
    return new Result(write.asset(), write.channel(), ok, ok ? null : reason(record));
  }

  private static ChannelRecord record(Channel channel, JsonElement value) {
    if (value == null || !value.isJsonPrimitive()) {
      throw new BadRequestException("channel " + channel.getName() + ": the value is missing");
    }
    try {
      return ChannelRecord.createWriteRecord(
          channel.getName(),
          TypedValues.parseTypedValue(channel.getValueType(), value.getAsString()));
    } catch (IllegalArgumentException e) {
      throw new BadRequestException(
          "channel " + channel.getName() + ": " + value + " is no " + channel.getValueType(), e);
    }
  }

  private static String reason(ChannelRecord record) {
    var status = record.getChannelStatus();
    if (status.getExceptionMessage() != null) {
      return status.getExceptionMessage();
    }
    return status.getException() == null ? "failed" : status.getException().toString();
  }

  private static Response refusal(int status, String asset, String channel, String why) {
    return Refusal.answer(status, asset + "/" + channel + ": " + why, "api/v1/channels").build();
  }

  private Plant plant(String asset, Caller caller) {
    return plants
        .find(asset)
        .filter(p -> mayRead(caller, p))
        .orElseThrow(() -> new NotFoundException("there is no asset " + asset));
  }

  private static Channel channel(Plant plant, String name) {
    Channel channel = channels(plant).get(name);
    if (channel == null) {
      throw new NotFoundException("asset " + plant.pid() + " has no channel " + name);
    }
    return channel;
  }
}
