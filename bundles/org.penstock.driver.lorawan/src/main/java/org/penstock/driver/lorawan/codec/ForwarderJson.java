package org.penstock.driver.lorawan.codec;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The JSON within Semtech's datagrams (PROTOCOL.TXT, sections 4 and 6). Pure. */
public final class ForwarderJson {

  /** Most receptions that are taken from one datagram. */
  public static final int MOST = 256;

  private static final double MEGA = 1e6;

  private ForwarderJson() {}

  /**
   * What a PUSH_DATA carries.
   *
   * @param receptions with a good checksum, or without statement about it
   * @param damaged receptions with a bad checksum or none, or that make no sense
   * @param statistics the gateway's {@code stat} as JSON, or empty
   */
  public record Push(List<Reception> receptions, int damaged, String statistics) {}

  /**
   * Reads a PUSH_DATA.
   *
   * @throws FrameException when it is no JSON object
   */
  public static Push push(String json) throws FrameException {
    JsonObject all = object(json);
    List<Reception> receptions = new ArrayList<>();
    int damaged = 0;
    if (all.get("rxpk") instanceof JsonArray list) {
      for (JsonElement each : list) {
        try {
          if (receptions.size() + damaged >= MOST || number(each, "stat", 1, -9, 9) != 1) {
            damaged++;
          } else {
            receptions.add(reception(each.getAsJsonObject()));
          }
        } catch (FrameException
            | IllegalArgumentException
            | IllegalStateException
            | UnsupportedOperationException
            | ClassCastException senseless) {
          damaged++;
        }
      }
    }
    String statistics = all.get("stat") instanceof JsonObject stat ? stat.toString() : "";
    return new Push(receptions, damaged, statistics);
  }

  private static Reception reception(JsonObject rx) throws FrameException {
    byte[] bytes = Base64.getDecoder().decode(text(rx, "data"));
    double rssi = number(rx, "rssi", -200, -300, 100);
    double snr = number(rx, "lsnr", -20, -100, 100);
    if (rx.get("rsig") instanceof JsonArray antennas) {
      for (JsonElement antenna : antennas) {
        if (number(antenna, "lsnr", -20, -100, 100) > snr || !rx.has("lsnr")) {
          snr = number(antenna, "lsnr", -20, -100, 100);
          rssi = number(antenna, "rssic", rssi, -300, 100);
        }
      }
    }
    String rate = text(rx, "datr");
    boolean fsk = rx.has("modu") && rx.get("modu").getAsString().equals("FSK");
    return new Reception(
        (long) number(rx, "tmst", -1, 0, 0xffff_ffffL),
        (int) Math.round(number(rx, "freq", -1, 100, 2_000) * MEGA),
        Modulation.parse(fsk ? "FSK" + rate : rate),
        rssi,
        snr,
        bytes);
  }

  /** What a gateway could not do, or empty; a warning is none. */
  public static String refusal(String json) throws FrameException {
    if (json.isBlank()) {
      return "";
    }
    JsonElement acknowledgement = object(json).get("txpk_ack");
    JsonElement error =
        acknowledgement instanceof JsonObject known && known.has("error")
            ? known.get("error")
            : null;
    String text = error != null && error.isJsonPrimitive() ? error.getAsString() : "NONE";
    return text.equals("NONE") ? "" : text.substring(0, Math.min(40, text.length()));
  }

  /** A PULL_RESP. */
  public static String response(Transmission tx) {
    JsonObject txpk = new JsonObject();
    if (tx.micros() == Transmission.AT_ONCE) {
      txpk.addProperty("imme", true);
    } else {
      txpk.addProperty("imme", false);
      txpk.addProperty("tmst", tx.micros());
    }
    txpk.addProperty("freq", tx.hertz() / MEGA);
    txpk.addProperty("rfch", 0);
    txpk.addProperty("powe", tx.dbm());
    if (tx.modulation().isLora()) {
      txpk.addProperty("modu", "LORA");
      txpk.addProperty("datr", tx.modulation().toString());
      txpk.addProperty("codr", "4/5");
      txpk.addProperty("ipol", true);
      txpk.addProperty("prea", 8);
    } else {
      txpk.addProperty("modu", "FSK");
      txpk.addProperty("datr", tx.modulation().bits());
      txpk.addProperty("fdev", tx.modulation().bits() / 2);
      txpk.addProperty("prea", 5);
    }
    txpk.addProperty("ncrc", true);
    txpk.addProperty("size", tx.bytes().length);
    txpk.addProperty("data", Base64.getEncoder().encodeToString(tx.bytes()));
    JsonObject all = new JsonObject();
    all.add("txpk", txpk);
    return all.toString();
  }

  private static JsonObject object(String json) throws FrameException {
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
    if (of.get(key) == null) {
      throw new FrameException(key + " is missing");
    }
    return of.get(key).getAsString();
  }

  private static double number(JsonElement of, String key, double absent, double min, double max)
      throws FrameException {
    JsonElement value = of.getAsJsonObject().get(key);
    double number = value == null || value.isJsonNull() ? absent : value.getAsDouble();
    if (value != null && !(number >= min && number <= max) || number == -1 && absent == -1) {
      throw new FrameException(key + " is missing or out of range");
    }
    return number;
  }
}
