package org.penstock.driver.lorawan.codec;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The JSON between a Basics Station and its network server (LNS protocol version 2). Pure. */
public final class StationJson {

  /** Longest message that is looked at, in characters. */
  public static final int LONGEST = 65_536;

  /** Seconds from the Unix epoch to GPS's, less the leap seconds that GPS's clock is ahead. */
  private static final long GPS_EPOCH = 315_964_800 - 18;

  private static final int MOST_PAYLOAD = 255;
  private static final long MICROS = 1_000_000;
  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,19}(\\.0+)?");
  private static final Pattern ID6 = Pattern.compile("[0-9a-f:]{2,19}", Pattern.CASE_INSENSITIVE);

  private StationJson() {}

  /**
   * The station that asks where its server is ({@code /router-info}).
   *
   * @throws FrameException says what is wrong
   */
  public static Eui router(String json) throws FrameException {
    return eui(object(json), "router");
  }

  /** The answer to that. */
  public static String routerInfo(Eui router, String uri) {
    JsonObject answer = new JsonObject();
    answer.addProperty("router", id6(router));
    answer.addProperty("muxs", "::0");
    answer.addProperty("uri", uri);
    return answer.toString();
  }

  /** The answer to that, when there is nothing for this station here. */
  public static String refusal(String why) {
    JsonObject answer = new JsonObject();
    answer.addProperty("error", why);
    return answer.toString();
  }

  /**
   * Anything else that a station says.
   *
   * @throws FrameException says what is wrong
   */
  public static StationMessage parse(String json) throws FrameException {
    JsonObject all = object(json);
    String type = text(all, "msgtype");
    try {
      return switch (type) {
        case "version" ->
            new StationMessage.Version(
                optional(all, "station"), optional(all, "model"), (int) whole(all, "protocol", 2));
        case "jreq" -> heard(all, join(all));
        case "updf" -> heard(all, data(all));
        case "propdf" -> heard(all, hex(all, "FRMPayload", MOST_PAYLOAD));
        case "dntxed" ->
            new StationMessage.Sent(
                whole(all, "diid", -1), all.has("Freq") ? hertz(all, "Freq") : 0);
        case "timesync" -> new StationMessage.TimeSync(whole(all, "txtime", 0));
        default -> new StationMessage.Other(type.substring(0, Math.min(40, type.length())));
      };
    } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException e) {
      throw new FrameException(type.substring(0, Math.min(40, type.length())) + " makes no sense");
    }
  }

  private static StationMessage heard(JsonObject all, byte[] phy) throws FrameException {
    if (!(all.get("upinfo") instanceof JsonObject info)) {
      throw new FrameException("upinfo is missing");
    }
    StationTime time = new StationTime(whole(info, "xtime", null), whole(info, "rctx", 0));
    int rate = (int) range(all, "DR", whole(all, "DR", null), 0, 15);
    return new StationMessage.Frame(
        phy,
        rate,
        hertz(all, "Freq"),
        time,
        real(info, "rssi", -200, -300, 100),
        real(info, "snr", -20, -100, 100));
  }

  private static byte[] join(JsonObject all) throws FrameException {
    return little(23)
        .put((byte) range(all, "MHdr", whole(all, "MHdr", null), 0, 255))
        .putLong(eui(all, "JoinEui").value())
        .putLong(eui(all, "DevEui").value())
        .putShort((short) range(all, "DevNonce", whole(all, "DevNonce", null), 0, 65_535))
        .putInt(word(all, "MIC"))
        .array();
  }

  private static byte[] data(JsonObject all) throws FrameException {
    byte[] options = hex(all, "FOpts", DataFrame.MOST_OPTIONS);
    long port = range(all, "FPort", whole(all, "FPort", -1), -1, 255);
    byte[] payload = hex(all, "FRMPayload", MOST_PAYLOAD);
    if (port < 0 && payload.length > 0) {
      throw new FrameException("FRMPayload without FPort");
    }
    int control = (int) range(all, "FCtrl", whole(all, "FCtrl", null), 0, 255);
    if ((control & DataFrame.MOST_OPTIONS) != options.length) {
      throw new FrameException("FOpts is not as long as FCtrl says");
    }
    ByteBuffer out =
        little(12 + options.length + (port < 0 ? 0 : 1 + payload.length))
            .put((byte) range(all, "MHdr", whole(all, "MHdr", null), 0, 255))
            .putInt(word(all, "DevAddr"))
            .put((byte) control)
            .putShort((short) range(all, "FCnt", whole(all, "FCnt", null), 0, 65_535))
            .put(options);
    if (port >= 0) {
      out.put((byte) port).put(payload);
    }
    return out.putInt(word(all, "MIC")).array();
  }

  private static ByteBuffer little(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The answer to {@code timesync}. */
  public static String time(long stationMicros, long unixMillis) {
    JsonObject answer = message("timesync");
    answer.addProperty("txtime", stationMicros);
    answer.addProperty("gpstime", (unixMillis - GPS_EPOCH * 1_000) * 1_000);
    answer.addProperty("MuxTime", unixMillis / 1e3);
    return answer.toString();
  }

  /** How a station may send a frame: the data rate of the region and where. */
  public record Window(int rate, int hertz) {}

  /**
   * A frame to be sent.
   *
   * @param id comes back when it was sent
   * @param device for which it is
   * @param pdu the PHYPayload
   * @param time of the frame that it answers; for one at once only its antenna counts
   * @param delay seconds from the answered frame to RX1; 0 for at once, as class C wants it
   * @param rx1 may be null
   * @param rx2 may be null, but not both; the only one at once
   */
  public record Order(
      long id, Eui device, byte[] pdu, StationTime time, int delay, Window rx1, Window rx2) {

    @Override
    public boolean equals(Object other) {
      return other instanceof Order that && id == that.id && device.equals(that.device);
    }

    @Override
    public int hashCode() {
      return Long.hashCode(id);
    }
  }

  /** As {@code dnmsg}. */
  public static String order(Order order, long unixMillis) {
    JsonObject all = message("dnmsg");
    all.addProperty("DevEui", order.device().dashed());
    all.addProperty("dC", order.delay() == 0 ? 2 : 0);
    all.addProperty("diid", order.id());
    all.addProperty("pdu", HexFormat.of().formatHex(order.pdu()));
    all.addProperty("priority", 0);
    all.addProperty("rctx", order.time().rctx());
    if (order.delay() > 0) {
      all.addProperty("RxDelay", order.delay());
      all.addProperty("xtime", order.time().xtime());
    }
    if (order.rx1() != null) {
      all.addProperty("RX1DR", order.rx1().rate());
      all.addProperty("RX1Freq", order.rx1().hertz());
    }
    if (order.rx2() != null) {
      all.addProperty("RX2DR", order.rx2().rate());
      all.addProperty("RX2Freq", order.rx2().hertz());
    }
    all.addProperty("MuxTime", unixMillis / 1e3);
    return all.toString();
  }

  private static JsonObject message(String type) {
    JsonObject all = new JsonObject();
    all.addProperty("msgtype", type);
    return all;
  }

  /** An EUI in the protocol's form of four groups, {@code ::1} for 0000000000000001. */
  static String id6(Eui eui) {
    StringBuilder text = new StringBuilder();
    for (int shift = 48; shift >= 0; shift -= 16) {
      text.append(Long.toHexString(eui.value() >>> shift & 0xffff)).append(shift > 0 ? ":" : "");
    }
    return text.toString();
  }

  /** An EUI in any of the forms that are in use: id6, 16 digits with or without hyphens, a number. */
  static Eui eui(JsonObject of, String key) throws FrameException {
    JsonElement value = of.get(key);
    if (value != null && value.isJsonPrimitive()) {
      String text = value.getAsString();
      try {
        if (value.getAsJsonPrimitive().isNumber()) {
          return new Eui(Long.parseUnsignedLong(text));
        }
        return text.contains(":") && ID6.matcher(text).matches() && !text.matches("(..:){7}..")
            ? groups(text)
            : Eui.parse(text);
      } catch (IllegalArgumentException wrong) {
        throw new FrameException(key + " is no EUI");
      }
    }
    throw new FrameException(key + " is missing");
  }

  private static Eui groups(String text) {
    int gap = text.indexOf("::");
    String[] before = split(gap < 0 ? text : text.substring(0, gap));
    String[] after = split(gap < 0 ? "" : text.substring(gap + 2));
    if (before.length + after.length > 4 || gap < 0 && before.length != 4) {
      throw new IllegalArgumentException("not four groups");
    }
    long value = 0;
    for (int i = 0; i < 4; i++) {
      int fromEnd = after.length - (4 - i);
      String group = i < before.length ? before[i] : fromEnd >= 0 ? after[fromEnd] : "0";
      if (group.isEmpty() || group.length() > 4) {
        throw new IllegalArgumentException("not four groups of up to four digits");
      }
      value = value << 16 | HexFormat.fromHexDigits(group);
    }
    return new Eui(value);
  }

  private static String[] split(String text) {
    return text.isEmpty() ? new String[0] : text.split(":", -1);
  }

  private static JsonObject object(String json) throws FrameException {
    if (json.length() > LONGEST) {
      throw new FrameException("longer than " + LONGEST + " characters");
    }
    try {
      if (JsonParser.parseString(json) instanceof JsonObject object) {
        return object;
      }
    } catch (JsonParseException malformed) {
      throw new FrameException("malformed JSON");
    }
    throw new FrameException("no JSON object");
  }

  private static String text(JsonObject of, String key) throws FrameException {
    if (of.get(key) == null || !of.get(key).isJsonPrimitive()) {
      throw new FrameException(key + " is missing");
    }
    return of.get(key).getAsString();
  }

  private static String optional(JsonObject of, String key) {
    JsonElement value = of.get(key);
    String text = value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    return text.substring(0, Math.min(80, text.length()));
  }

  /** A whole number; all 64 bits of it, which a floating one has not. */
  private static long whole(JsonObject of, String key, Integer absent) throws FrameException {
    JsonElement value = of.get(key);
    if (value == null && absent != null) {
      return absent;
    }
    String text = value == null || !value.isJsonPrimitive() ? "" : value.getAsString();
    Matcher matcher = WHOLE.matcher(text);
    if (!matcher.matches()) {
      throw new FrameException(key + " is missing or no whole number");
    }
    return Long.parseLong(matcher.group(1) == null ? text : text.substring(0, matcher.start(1)));
  }

  private static long range(JsonObject of, String key, long value, long min, long max)
      throws FrameException {
    if (value < min || value > max) {
      throw new FrameException(key + ' ' + of.get(key) + " is not " + min + " to " + max);
    }
    return value;
  }

  /** 32 bits that travel signed. */
  private static int word(JsonObject of, String key) throws FrameException {
    return (int) range(of, key, whole(of, key, null), Integer.MIN_VALUE, 0xffff_ffffL);
  }

  private static int hertz(JsonObject of, String key) throws FrameException {
    return (int) Math.round(real(of, key, 0, 100 * MICROS, 2_000 * MICROS));
  }

  private static double real(JsonObject of, String key, double absent, double min, double max)
      throws FrameException {
    JsonElement value = of.get(key);
    double number = value == null || value.isJsonNull() ? absent : value.getAsDouble();
    if (!(number >= min && number <= max)) {
      throw new FrameException(key + " is missing or out of range");
    }
    return number;
  }

  private static byte[] hex(JsonObject of, String key, int most) throws FrameException {
    JsonElement value = of.get(key);
    if (value == null || value instanceof JsonArray) {
      return new byte[0];
    }
    String text = value.getAsString();
    if (text.length() > 2 * most) {
      throw new FrameException(key + " is longer than " + most + " bytes");
    }
    return HexFormat.of().parseHex(text);
  }
}
