package org.penstock.driver.lorawan.region;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.penstock.driver.lorawan.codec.Modulation;
import org.penstock.driver.lorawan.region.Region.Channel;

/**
 * What a Basics Station is told of a region: data rates and the channels of its concentrator ({@code
 * router_config}), for one with an SX1301 or SX1302 of eight demodulators. Pure.
 */
public final class RouterConfig {

  private static final int RATES = 16;
  private static final int DEMODULATORS = 8;

  /** How far a channel of 125 kHz may lie from its radio's centre. */
  private static final int REACH = 400_000;

  private RouterConfig() {}

  /**
   * As JSON.
   *
   * @param group 1 to 8 of a grouped region; 0 means the first, since no concentrator hears all
   */
  public static String of(Region region, int group) {
    List<Channel> channels = channels(region, group);
    JsonObject all = new JsonObject();
    all.addProperty("msgtype", "router_config");
    all.add("NetID", JsonNull.INSTANCE); // devices with ABP may have any
    all.add("JoinEui", JsonNull.INSTANCE);
    all.addProperty("region", name(region.name()));
    all.addProperty("hwspec", "sx1301/1");
    all.add("freq_range", range(region));
    all.add("DRs", rates(region));
    JsonArray boards = new JsonArray();
    boards.add(board(region, channels, group));
    all.add("sx1301_conf", boards);
    return all.toString();
  }

  /** The names that stations know. */
  private static String name(String region) {
    return switch (region) {
      case "EU868" -> "EU863";
      case "US915" -> "US902";
      case "AU915" -> "AU915";
      default -> region;
    };
  }

  private static JsonArray range(Region region) {
    int least = region.rx2Hertz();
    int greatest = least;
    List<Channel> all = new ArrayList<>(region.uplinks());
    all.addAll(region.downlinks());
    for (Channel each : all) {
      least = Math.min(least, each.hertz());
      greatest = Math.max(greatest, each.hertz());
    }
    JsonArray range = new JsonArray();
    range.add(least - 1_000_000);
    range.add(greatest + 1_000_000);
    return range;
  }

  private static JsonArray rates(Region region) {
    JsonArray rates = new JsonArray();
    for (int i = 0; i < RATES; i++) {
      Modulation rate = i < region.rates().size() ? region.rates().get(i) : null;
      boolean up = i < region.rx1().size() && !region.rx1().get(i).isEmpty();
      JsonArray row = new JsonArray();
      row.add(rate == null ? -1 : rate.factor());
      row.add(rate == null ? 0 : rate.kilohertz());
      row.add(rate == null || up ? 0 : 1);
      rates.add(row);
    }
    return rates;
  }

  /** Up to eight channels of 125 kHz. */
  private static List<Channel> channels(Region region, int group) {
    List<Channel> uplinks = region.uplinks();
    int from = region.grouped() ? Math.max(0, group - 1) * DEMODULATORS : 0;
    return uplinks.subList(from, Math.min(uplinks.size(), from + DEMODULATORS)).stream()
        .sorted(Comparator.comparingInt(Channel::hertz))
        .toList();
  }

  private static JsonObject board(Region region, List<Channel> channels, int group) {
    int first = channels.get(0).hertz() + REACH;
    int second =
        channels.stream()
            .mapToInt(Channel::hertz)
            .filter(hertz -> hertz > first + REACH)
            .map(hertz -> hertz + REACH)
            .findFirst()
            .orElse(first);
    JsonObject board = new JsonObject();
    board.add("radio_0", radio(first));
    board.add("radio_1", radio(second));
    for (int i = 0; i < channels.size(); i++) {
      board.add("chan_multiSF_" + i, channel(channels.get(i).hertz(), first, second));
    }
    if (region.grouped()) {
      int wide = region.uplinks().get(8 * DEMODULATORS + Math.max(0, group - 1)).hertz();
      board.add("chan_Lora_std", wide(wide, 500_000, 8, first, second));
    } else if (region.rates().contains(Modulation.lora(7, 250))) {
      int hertz = region.uplinks().get(Math.min(1, region.uplinks().size() - 1)).hertz();
      board.add("chan_Lora_std", wide(hertz, 250_000, 7, first, second));
    }
    return board;
  }

  private static JsonObject radio(int hertz) {
    JsonObject radio = new JsonObject();
    radio.addProperty("enable", true);
    radio.addProperty("freq", hertz);
    return radio;
  }

  private static JsonObject channel(int hertz, int first, int second) {
    int radio = Math.abs(hertz - first) <= Math.abs(hertz - second) ? 0 : 1;
    JsonObject channel = new JsonObject();
    channel.addProperty("enable", true);
    channel.addProperty("radio", radio);
    channel.addProperty("if", hertz - (radio == 0 ? first : second));
    return channel;
  }

  private static JsonObject wide(int hertz, int bandwidth, int factor, int first, int second) {
    JsonObject channel = channel(hertz, first, second);
    channel.addProperty("bandwidth", bandwidth);
    channel.addProperty("spread_factor", factor);
    return channel;
  }
}
