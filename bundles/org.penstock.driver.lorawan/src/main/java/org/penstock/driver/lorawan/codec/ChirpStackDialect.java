package org.penstock.driver.lorawan.codec;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.penstock.driver.lorawan.codec.RemoteEvent.Copy;
import org.penstock.driver.lorawan.codec.RemoteEvent.Progress;
import org.penstock.driver.lorawan.codec.RemoteEvent.Who;

/** ChirpStack 4's MQTT integration with JSON. Pure. */
public final class ChirpStackDialect implements RemoteDialect {

  private static final int UNKNOWN = 255;
  private static final Pattern TOPIC =
      Pattern.compile("application/([^/]+)/device/([0-9a-fA-F]{16})/event/(\\w+)");

  private final String application;

  /** Of one application, by its id. */
  public ChirpStackDialect(String application) {
    this.application = application;
  }

  @Override
  public String filter() {
    return "application/" + application + "/device/+/event/+";
  }

  @Override
  public Optional<RemoteEvent> parse(String topic, byte[] payload) throws FrameException {
    Matcher matcher = TOPIC.matcher(topic);
    if (!matcher.matches() || !matcher.group(1).equals(application)) {
      return Optional.empty();
    }
    Who who = new Who(RemoteJson.eui(matcher.group(2)), matcher.group(2));
    JsonObject all = RemoteJson.object(payload);
    return switch (matcher.group(3)) {
      case "up" -> Optional.of(up(who, all));
      case "join" -> Optional.of(new RemoteEvent.Joined(who));
      case "status" -> Optional.of(status(who, all));
      case "txack" -> Optional.of(down(who, all, Progress.SENT, ""));
      case "ack" ->
          Optional.of(
              RemoteJson.flag(all, "acknowledged")
                  ? down(who, all, Progress.ACKNOWLEDGED, "")
                  : down(who, all, Progress.FAILED, "the device did not acknowledge it"));
      case "log" -> log(who, all);
      default -> Optional.empty();
    };
  }

  private static RemoteEvent up(Who who, JsonObject all) throws FrameException {
    List<Copy> copies = new ArrayList<>();
    for (JsonObject rx : RemoteJson.objects(all, "rxInfo")) {
      copies.add(
          new Copy(
              RemoteJson.eui(RemoteJson.text(rx, "gatewayId")),
              RemoteJson.number(rx, "rssi", 0),
              RemoteJson.number(rx, "snr", 0)));
    }
    JsonObject tx = RemoteJson.inner(all, "txInfo");
    JsonObject lora = RemoteJson.inner(tx, "modulation", "lora");
    return new RemoteEvent.Up(
        who,
        (long) RemoteJson.number(all, "fCnt", 0),
        (int) RemoteJson.number(all, "fPort", 0),
        (int) RemoteJson.number(all, "dr", 0),
        (int) RemoteJson.number(tx, "frequency", 0),
        RemoteJson.lora(
            RemoteJson.number(lora, "spreadingFactor", 0), RemoteJson.number(lora, "bandwidth", 0)),
        RemoteJson.base64(all, "data"),
        RemoteJson.fields(all.get("object")),
        RemoteJson.best(copies),
        UNKNOWN);
  }

  private static RemoteEvent status(Who who, JsonObject all) throws FrameException {
    int battery =
        RemoteJson.flag(all, "externalPowerSource")
            ? 0
            : RemoteJson.flag(all, "batteryLevelUnavailable")
                ? UNKNOWN
                : RemoteJson.battery(RemoteJson.number(all, "batteryLevel", 0));
    return new RemoteEvent.Status(who, battery, (int) RemoteJson.number(all, "margin", 0));
  }

  private static RemoteEvent down(Who who, JsonObject all, Progress progress, String reason) {
    return new RemoteEvent.Down(
        who, List.of(RemoteJson.text(all, "queueItemId")), progress, reason);
  }

  /** Of the many things it logs, what concerns an item of the queue. */
  private static Optional<RemoteEvent> log(Who who, JsonObject all) {
    String id = RemoteJson.text(RemoteJson.inner(all, "context"), "queue_item_id");
    String code = RemoteJson.text(all, "code");
    boolean isLost = code.matches("DOWNLINK_PAYLOAD_SIZE|EXPIRED|DOWNLINK_GATEWAY");
    return isLost && !id.isEmpty()
        ? Optional.of(new RemoteEvent.Down(who, List.of(id), Progress.FAILED, code))
        : Optional.empty();
  }

  @Override
  public Message order(Order order) {
    JsonObject all = new JsonObject();
    all.addProperty("id", order.id());
    all.addProperty("devEui", order.to().devEui().toString());
    all.addProperty("confirmed", order.confirmed());
    all.addProperty("fPort", order.port());
    if (order.bytes() != null) {
      all.addProperty("data", Base64.getEncoder().encodeToString(order.bytes()));
    } else {
      all.add("object", RemoteJson.nested(order.field(), order.value()));
    }
    all.addProperty("expiresAt", Instant.ofEpochMilli(order.expires()).toString());
    return new Message(
        "application/" + application + "/device/" + order.to().devEui() + "/command/down",
        all.toString());
  }
}
