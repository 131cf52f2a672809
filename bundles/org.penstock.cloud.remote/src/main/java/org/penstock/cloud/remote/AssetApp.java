package org.penstock.cloud.remote;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.asset.Asset;
import org.eclipse.kura.asset.AssetService;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.channel.ChannelFlag;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.request.RequestHandler;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContext;
import org.eclipse.kura.type.ByteArrayValue;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;

/** ASSET-V1: definitions, values and writes of assets as JSON. */
final class AssetApp implements RequestHandler {

  private static final String NAME = "name";
  private static final String CHANNELS = "channels";
  private static final String ERROR = "error";

  private final AssetService assets;
  private final Gson gson = new Gson();

  AssetApp(AssetService assets) {
    this.assets = assets;
  }

  @Override
  public KuraMessage doGet(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    if (!Exchange.args(request).equals(List.of("assets"))) {
      throw Exchange.notFound("there is only assets");
    }
    JsonArray answer = new JsonArray();
    for (JsonObject wanted : wanted(request)) {
      Asset asset = asset(wanted, answer);
      if (asset != null) {
        JsonObject shown = named(wanted.get(NAME).getAsString());
        JsonArray channels = new JsonArray();
        for (Channel channel : asset.getAssetConfiguration().getAssetChannels().values()) {
          JsonObject one = named(channel.getName());
          one.addProperty("type", channel.getValueType().name());
          one.addProperty("mode", channel.getType().name());
          channels.add(one);
        }
        shown.add(CHANNELS, channels);
        answer.add(shown);
      }
    }
    return Exchange.ok(gson.toJson(answer));
  }

  @Override
  public KuraMessage doExec(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    List<String> args = Exchange.args(request);
    boolean read = args.equals(List.of("read"));
    if (!read && !args.equals(List.of("write"))) {
      throw Exchange.notFound("there is only read and write");
    }
    JsonArray answer = new JsonArray();
    for (JsonObject wanted : wanted(request)) {
      Asset asset = asset(wanted, answer);
      if (asset != null) {
        JsonObject shown = named(wanted.get(NAME).getAsString());
        shown.add(CHANNELS, records(read ? read(asset, wanted) : write(asset, wanted)));
        answer.add(shown);
      }
    }
    return Exchange.ok(gson.toJson(answer));
  }

  private List<JsonObject> wanted(KuraMessage request) throws KuraException {
    String body = Exchange.body(request);
    List<JsonObject> wanted = new ArrayList<>();
    if (!body.isBlank()) {
      try {
        for (JsonElement one : JsonParser.parseString(body).getAsJsonArray()) {
          one.getAsJsonObject().get(NAME).getAsString();
          wanted.add(one.getAsJsonObject());
        }
      } catch (JsonParseException | IllegalStateException | NullPointerException e) {
        throw Exchange.bad("the body must be a JSON array of objects with a name");
      }
    }
    if (wanted.isEmpty()) {
      for (Asset asset : assets.listAssets()) {
        wanted.add(named(assets.getAssetPid(asset)));
      }
    }
    return wanted;
  }

  private Asset asset(JsonObject wanted, JsonArray answer) {
    String name = wanted.get(NAME).getAsString();
    Asset asset = assets.getAsset(name);
    if (asset == null) {
      JsonObject missing = named(name);
      missing.addProperty(ERROR, "Asset not found");
      answer.add(missing);
    }
    return asset;
  }

  private static List<ChannelRecord> read(Asset asset, JsonObject wanted) throws KuraException {
    if (!wanted.has(CHANNELS) || wanted.getAsJsonArray(CHANNELS).isEmpty()) {
      return asset.readAllChannels();
    }
    Set<String> names = new LinkedHashSet<>();
    for (JsonElement channel : wanted.getAsJsonArray(CHANNELS)) {
      names.add(channel.getAsJsonObject().get(NAME).getAsString());
    }
    return asset.read(names);
  }

  private static List<ChannelRecord> write(Asset asset, JsonObject wanted) throws KuraException {
    List<ChannelRecord> records = new ArrayList<>();
    try {
      for (JsonElement element : wanted.getAsJsonArray(CHANNELS)) {
        JsonObject channel = element.getAsJsonObject();
        TypedValue<?> value =
            TypedValues.parseTypedValue(
                DataType.getDataType(channel.get("type").getAsString()),
                channel.get("value").getAsString());
        records.add(ChannelRecord.createWriteRecord(channel.get(NAME).getAsString(), value));
      }
    } catch (IllegalArgumentException | IllegalStateException | NullPointerException e) {
      throw Exchange.bad(
          "each channel needs name, type and a value of that type: " + e.getMessage());
    }
    asset.write(records);
    return records;
  }

  private static JsonArray records(List<ChannelRecord> records) {
    JsonArray shown = new JsonArray();
    for (ChannelRecord record : records) {
      JsonObject one = named(record.getChannelName());
      one.addProperty("timestamp", record.getTimestamp());
      if (record.getChannelStatus() != null
          && record.getChannelStatus().getChannelFlag() == ChannelFlag.FAILURE) {
        String why = record.getChannelStatus().getExceptionMessage();
        one.addProperty(ERROR, why == null ? "the channel failed" : why);
      } else if (record.getValue() != null) {
        one.addProperty("value", text(record.getValue()));
        one.addProperty("type", record.getValue().getType().name());
        if (record.getUnit() != null && !record.getUnit().isEmpty()) {
          one.addProperty("unit", record.getUnit());
        }
      }
      shown.add(one);
    }
    return shown;
  }

  private static String text(TypedValue<?> value) {
    return value instanceof ByteArrayValue bytes
        ? Base64.getEncoder().encodeToString(bytes.getValue())
        : String.valueOf(value.getValue());
  }

  private static JsonObject named(String name) {
    JsonObject object = new JsonObject();
    object.addProperty(NAME, name);
    return object;
  }
}
