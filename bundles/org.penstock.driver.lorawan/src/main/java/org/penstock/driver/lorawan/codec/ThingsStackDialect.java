package org.penstock.driver.lorawan.codec;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.penstock.driver.lorawan.codec.RemoteEvent.Copy;
import org.penstock.driver.lorawan.codec.RemoteEvent.Progress;
import org.penstock.driver.lorawan.codec.RemoteEvent.Who;

/** The MQTT server of The Things Stack 3. Pure. */
public final class ThingsStackDialect implements RemoteDialect {

  private static final int UNKNOWN = 255;
  private static final Eui NOBODY = new Eui(0);

  private final String base;

  /** Of one application: {@code <application>@<tenant>}, or without tenant where there are none. */
  public ThingsStackDialect(String application) {
    this.base = "v3/" + application + "/devices/";
  }

  @Override
  public String filter() {
    return base + "#";
  }

  @Override
  public Optional<RemoteEvent> parse(String topic, byte[] payload) throws FrameException {
    if (!topic.startsWith(base) || topic.indexOf('/', base.length()) < 0) {
      return Optional.empty();
    }
    String[] rest = topic.substring(base.length()).split("/", 2);
    Progress progress =
        switch (rest[1]) {
          case "down/queued" -> Progress.QUEUED;
          case "down/sent" -> Progress.SENT;
          case "down/ack" -> Progress.ACKNOWLEDGED;
          case "down/nack", "down/failed" -> Progress.FAILED;
          default -> null;
        };
    if (progress == null && !rest[1].equals("up") && !rest[1].equals("join")) {
      return Optional.empty();
    }
    JsonObject all = RemoteJson.object(payload);
    JsonObject ids = RemoteJson.inner(all, "end_device_ids");
    Who who = new Who(RemoteJson.eui(RemoteJson.text(ids, "dev_eui")), rest[0]);
    return Optional.of(
        progress != null
            ? down(who, rest[1], all, progress)
            : rest[1].equals("join") ? new RemoteEvent.Joined(who) : up(who, all));
  }

  private static RemoteEvent up(Who who, JsonObject all) throws FrameException {
    JsonObject message = RemoteJson.inner(all, "uplink_message");
    List<Copy> copies = new ArrayList<>();
    for (JsonObject rx : RemoteJson.objects(message, "rx_metadata")) {
      String eui = RemoteJson.text(RemoteJson.inner(rx, "gateway_ids"), "eui");
      copies.add(
          new Copy(
              eui.isEmpty() ? NOBODY : RemoteJson.eui(eui),
              RemoteJson.number(rx, "rssi", 0),
              RemoteJson.number(rx, "snr", 0)));
    }
    JsonObject settings = RemoteJson.inner(message, "settings");
    JsonObject lora = RemoteJson.inner(settings, "data_rate", "lora");
    JsonObject battery = RemoteJson.inner(message, "last_battery_percentage");
    return new RemoteEvent.Up(
        who,
        (long) RemoteJson.number(message, "f_cnt", 0),
        (int) RemoteJson.number(message, "f_port", 0),
        -1,
        (int) RemoteJson.number(settings, "frequency", 0),
        RemoteJson.lora(
            RemoteJson.number(lora, "spreading_factor", 0),
            RemoteJson.number(lora, "bandwidth", 0)),
        RemoteJson.base64(message, "frm_payload"),
        RemoteJson.fields(message.get("decoded_payload")),
        RemoteJson.best(copies),
        battery.has("value")
            ? RemoteJson.battery(RemoteJson.number(battery, "value", 0))
            : UNKNOWN);
  }

  private static RemoteEvent down(Who who, String topic, JsonObject all, Progress progress) {
    String kind = topic.substring(topic.indexOf('/') + 1);
    JsonObject message = RemoteJson.inner(all, "downlink_" + kind);
    List<String> ids = new ArrayList<>();
    for (JsonObject each : List.of(all, message, RemoteJson.inner(message, "downlink"))) {
      if (each.get("correlation_ids") instanceof JsonArray array) {
        for (JsonElement id : array) {
          ids.add(id.isJsonPrimitive() ? id.getAsString() : "");
        }
      }
    }
    JsonObject error = RemoteJson.inner(message, "error");
    String told = RemoteJson.text(error, "message_format") + RemoteJson.text(error, "name");
    String reason =
        progress != Progress.FAILED
            ? ""
            : kind.toLowerCase(Locale.ROOT).equals("nack")
                ? "the device did not acknowledge it"
                : told.isEmpty() ? "The Things Stack could not send it" : told;
    return new RemoteEvent.Down(who, ids, progress, reason);
  }

  @Override
  public Message order(Order order) {
    JsonObject downlink = new JsonObject();
    downlink.addProperty("f_port", order.port());
    if (order.bytes() != null) {
      downlink.addProperty("frm_payload", Base64.getEncoder().encodeToString(order.bytes()));
    } else {
      downlink.add("decoded_payload", RemoteJson.nested(order.field(), order.value()));
    }
    downlink.addProperty("priority", "NORMAL");
    downlink.addProperty("confirmed", order.confirmed());
    JsonArray ids = new JsonArray();
    ids.add(order.id());
    downlink.add("correlation_ids", ids);
    JsonArray downlinks = new JsonArray();
    downlinks.add(downlink);
    JsonObject all = new JsonObject();
    all.add("downlinks", downlinks);
    return new Message(base + order.to().id() + "/down/push", all.toString());
  }
}
