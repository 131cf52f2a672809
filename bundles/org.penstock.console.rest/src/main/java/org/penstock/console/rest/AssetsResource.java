package org.penstock.console.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.asset.Asset;
import org.eclipse.kura.asset.AssetService;
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
import org.penstock.console.rest.AssetJson.Definition;
import org.penstock.console.rest.AssetJson.ReadRequest;
import org.penstock.console.rest.AssetJson.Sample;
import org.penstock.console.rest.AssetJson.Status;
import org.penstock.console.rest.AssetJson.Write;
import org.penstock.console.rest.AssetJson.WriteRequest;

/** Kura's {@code assets}: list, read and write channels. */
@Component(service = AssetsResource.class, property = "penstock.rest=true")
@Path("assets")
@RolesAllowed("rest.assets")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class AssetsResource {

  private final AssetService assets;

  /** Called by the component runtime. */
  @Activate
  public AssetsResource(@Reference AssetService assets) {
    this.assets = assets;
  }

  /** The pids of all assets. */
  @GET
  public List<String> list() {
    return assets.listAssets().stream().map(assets::getAssetPid).sorted().toList();
  }

  /** The channels of one asset. */
  @GET
  @Path("{pid}")
  public List<Definition> channels(@PathParam("pid") String pid) {
    List<Definition> channels = new ArrayList<>();
    for (Channel channel : new TreeMap<>(channelsOf(asset(pid))).values()) {
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
  public List<Sample> readAll(@PathParam("pid") String pid) throws KuraException {
    return samples(asset(pid).readAllChannels());
  }

  /** Reads the given channels. */
  @POST
  @Path("{pid}/_read")
  public List<Sample> read(@PathParam("pid") String pid, ReadRequest request) throws KuraException {
    if (request.channels() == null || request.channels().contains(null)) {
      throw new BadRequestException("the channels are missing; give {\"channels\":[\"..\"]}");
    }
    return samples(asset(pid).read(new LinkedHashSet<>(request.channels())));
  }

  /** Writes the given values; a value of another type than the channel's is not written. */
  @POST
  @Path("{pid}/_write")
  public List<Sample> write(@PathParam("pid") String pid, WriteRequest request)
      throws KuraException {
    Asset asset = asset(pid);
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

  private Asset asset(String pid) {
    Asset asset = assets.getAsset(pid);
    if (asset == null) {
      String message = "Asset not found: " + pid;
      throw new NotFoundException(
          Response.status(Response.Status.NOT_FOUND)
              .type(MediaType.TEXT_PLAIN_TYPE)
              .entity(message)
              .build());
    }
    return asset;
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
