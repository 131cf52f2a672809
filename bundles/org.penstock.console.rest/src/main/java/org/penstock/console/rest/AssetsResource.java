package org.penstock.console.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.asset.Asset;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.channel.ChannelFlag;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.ChannelStatus;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.rest.AssetGroups;
import org.penstock.api.security.Caller;
import org.penstock.console.rest.AssetJson.Definition;
import org.penstock.console.rest.AssetJson.ReadRequest;
import org.penstock.console.rest.AssetJson.Sample;
import org.penstock.console.rest.AssetJson.Status;
import org.penstock.console.rest.AssetJson.Write;
import org.penstock.console.rest.AssetJson.WriteRequest;
import org.penstock.console.rest.Plants.Plant;

/** Kura's {@code assets}: list, read and write channels. */
@Component(service = AssetsResource.class, property = "penstock.rest=true")
@Path("assets")
@RolesAllowed({Permissions.ASSETS, Permissions.ASSETS_READ})
@AssetGroups
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class AssetsResource {

  private final Plants plants;

  /** Called by the component runtime. */
  @Activate
  public AssetsResource(@Reference Plants plants) {
    this.plants = plants;
  }

  /** The pids of all assets that the caller may read. */
  @GET
  public List<String> list(@Context SecurityContext security) {
    Caller caller = (Caller) security.getUserPrincipal();
    return plants.all().stream()
        .filter(p -> ChannelsResource.mayRead(caller, p))
        .map(Plant::pid)
        .toList();
  }

  /** The channels of one asset. */
  @GET
  @Path("{pid}")
  public List<Definition> channels(
      @Context SecurityContext security, @PathParam("pid") String pid) {
    List<Definition> channels = new ArrayList<>();
    for (Channel channel : new TreeMap<>(channelsOf(asset(security, pid))).values()) {
      channels.add(
          new Definition(
              channel.getName(),
              channel.getType().name(),
              channel.getValueType().name(),
              channel.getScaleOffsetType().name(),
              channel.getValueScaleAsNumber(),
              channel.getValueOffsetAsNumber(),
              channel.getUnit(),
              channel.isEnabled()));
    }
    return channels;
  }

  /** Reads all channels that can be read. */
  @GET
  @Path("{pid}/_read")
  public List<Sample> readAll(@Context SecurityContext security, @PathParam("pid") String pid)
      throws KuraException {
    return samples(asset(security, pid).readAllChannels());
  }

  /** Reads the given channels. */
  @POST
  @Path("{pid}/_read")
  public List<Sample> read(
      @Context SecurityContext security, @PathParam("pid") String pid, ReadRequest request)
      throws KuraException {
    if (request.channels() == null || request.channels().contains(null)) {
      throw new BadRequestException("the channels are missing; give {\"channels\":[\"..\"]}");
    }
    return samples(asset(security, pid).read(new LinkedHashSet<>(request.channels())));
  }

  /** Writes the given values; a value of another type than the channel's is not written. */
  @POST
  @Path("{pid}/_write")
  @RolesAllowed({Permissions.ASSETS, Permissions.ASSETS_OPERATE})
  public List<Sample> write(
      @Context SecurityContext security, @PathParam("pid") String pid, WriteRequest request)
      throws KuraException {
    Asset asset = asset(security, pid);
    Caller caller = (Caller) security.getUserPrincipal();
    if (plants.find(pid).filter(p -> ChannelsResource.mayOperate(caller, p)).isEmpty()) {
      throw new ForbiddenException(caller.getName() + " may not operate " + pid);
    }
    if (request.channels() == null) {
      throw new BadRequestException(
          "the channels are missing; give"
              + " {\"channels\":[{\"name\":\"..\",\"type\":\"INTEGER\",\"value\":\"10\"}]}");
    }
    Map<String, Channel> channels = channelsOf(asset);
    List<ChannelRecord> records = new ArrayList<>();
    Map<ChannelRecord, Boolean> refused = new HashMap<>();
    for (Write write : request.channels()) {
      ChannelRecord record = record(write);
      Channel channel = channels.get(write.name());
      if (channel != null && channel.getValueType() != record.getValueType()) {
        record.setChannelStatus(
            new ChannelStatus(
                ChannelFlag.FAILURE,
                "channel "
                    + write.name()
                    + " is of type "
                    + channel.getValueType()
                    + ", given: "
                    + record.getValueType(),
                null));
        record.setTimestamp(System.currentTimeMillis());
        refused.put(record, true);
      }
      records.add(record);
    }
    List<ChannelRecord> good = records.stream().filter(r -> !refused.containsKey(r)).toList();
    if (!good.isEmpty()) {
      asset.write(good);
    }
    return samples(records);
  }

  private Asset asset(SecurityContext security, String pid) {
    Caller caller = (Caller) security.getUserPrincipal();
    return plants
        .find(pid)
        .filter(p -> ChannelsResource.mayRead(caller, p))
        .map(Plant::asset)
        .orElseThrow(
            () ->
                new NotFoundException(
                    Response.status(Response.Status.NOT_FOUND)
                        .type(MediaType.TEXT_PLAIN_TYPE)
                        .entity("Asset not found: " + pid)
                        .build()));
  }

  private static Map<String, Channel> channelsOf(Asset asset) {
    return asset.getAssetConfiguration() == null
        ? Map.of()
        : asset.getAssetConfiguration().getAssetChannels();
  }

  private static ChannelRecord record(Write write) {
    if (write == null
        || write.name() == null
        || write.type() == null
        || write.value() == null
        || !write.value().isJsonPrimitive()) {
      throw new BadRequestException("each channel needs name, type and value, given: " + write);
    }
    try {
      DataType type = DataType.getDataType(write.type());
      return ChannelRecord.createWriteRecord(
          write.name(), TypedValues.parseTypedValue(type, write.value().getAsString()));
    } catch (IllegalArgumentException e) {
      throw new BadRequestException(
          "channel " + write.name() + ": " + write.value() + " is no " + write.type(), e);
    }
  }

  private static List<Sample> samples(List<ChannelRecord> records) {
    return records.stream().map(AssetsResource::sample).toList();
  }

  private static Sample sample(ChannelRecord record) {
    ChannelStatus status = record.getChannelStatus();
    boolean good = status.getChannelFlag() == ChannelFlag.SUCCESS;
    TypedValue<?> value = record.getValue();
    return new Sample(
        record.getChannelName(),
        new Status(status.getChannelFlag().name(), good ? null : reason(status)),
        record.getValueType() == null ? null : record.getValueType().name(),
        good && value != null ? ChannelJson.value(value) : null,
        record.getTimestamp(),
        record.getUnit());
  }

  private static String reason(ChannelStatus status) {
    if (status.getExceptionMessage() != null) {
      return status.getExceptionMessage();
    }
    return status.getException() == null ? "failed" : status.getException().toString();
  }
}
