package org.penstock.console.rest;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.kura.channel.Channel;
import org.penstock.api.driver.ChannelState;
import org.penstock.console.rest.ChannelsResource.Entry;
import org.penstock.console.rest.Plants.Plant;

/** Which channels are wanted, in which order. */
final class ChannelQuery {

  static final int MOST = 1000;

  private static final String ORDER = "asset,name";

  /** A channel before it is turned into JSON; the state is null when it was never read. */
  private record Found(String asset, Channel channel, ChannelState state) {
    String quality() {
      return state == null ? "NONE" : state.quality().level().name();
    }

    Instant at() {
      return state == null ? Instant.EPOCH : state.at();
    }
  }

  @QueryParam("asset")
  private String asset;

  @QueryParam("q")
  @DefaultValue("")
  private String text;

  @QueryParam("quality")
  private String quality;

  @QueryParam("type")
  private String type;

  @QueryParam("sort")
  @DefaultValue(ORDER)
  private String sort;

  @QueryParam("offset")
  @DefaultValue("0")
  private int offset;

  @QueryParam("limit")
  @DefaultValue("100")
  private int limit;

  /** The asset's channels may be among the wanted ones. */
  boolean wants(String pid) {
    return asset == null || List.of(asset.split(",")).contains(pid);
  }

  /** The page of those that are wanted; only what is on it is turned into JSON. */
  ChannelsResource.Page page(List<Plant> plants) {
    if (offset < 0 || limit < 1 || limit > MOST) {
      throw new BadRequestException("offset: 0 or more; limit: 1 to " + MOST);
    }
    boolean all = text.isEmpty() && quality == null && type == null && sort.equals(ORDER);
    return all ? straight(plants) : searched(plants);
  }

  /** Everything in order of asset and name: assets before and after the page are only counted. */
  private ChannelsResource.Page straight(List<Plant> plants) {
    List<Entry> page = new ArrayList<>();
    int total = 0;
    for (Plant plant : plants) {
      Map<String, Channel> channels = ChannelsResource.channels(plant);
      int skip = Math.max(0, offset - total);
      int take = limit - page.size();
      if (skip < channels.size() && take > 0) {
        Map<String, ChannelState> states = ChannelsResource.states(plant);
        new TreeMap<>(channels)
            .values().stream()
                .skip(skip)
                .limit(take)
                .map(c -> ChannelsResource.entry(plant.pid(), c, states.get(c.getName())))
                .forEach(page::add);
      }
      total += channels.size();
    }
    return new ChannelsResource.Page(total, offset, page);
  }

  private ChannelsResource.Page searched(List<Plant> plants) {
    String wanted = text.toLowerCase(Locale.ROOT);
    List<Found> found = new ArrayList<>();
    for (Plant plant : plants) {
      Map<String, ChannelState> states = ChannelsResource.states(plant);
      for (Channel channel : ChannelsResource.channels(plant).values()) {
        Found one = new Found(plant.pid(), channel, states.get(channel.getName()));
        if (wants(one, wanted)) {
          found.add(one);
        }
      }
    }
    found.sort(order());
    int from = Math.min(offset, found.size());
    List<Entry> page =
        found.subList(from, Math.min(found.size(), from + limit)).stream()
            .map(f -> ChannelsResource.entry(f.asset(), f.channel(), f.state()))
            .toList();
    return new ChannelsResource.Page(found.size(), offset, page);
  }

  private boolean wants(Found one, String wanted) {
    return (quality == null || List.of(quality.split(",")).contains(one.quality()))
        && (type == null || type.equals(one.channel().getType().name()))
        && (wanted.isEmpty()
            || one.channel().getName().toLowerCase(Locale.ROOT).contains(wanted)
            || one.asset().toLowerCase(Locale.ROOT).contains(wanted));
  }

  private Comparator<Found> order() {
    Comparator<Found> order = null;
    for (String key : sort.split(",")) {
      boolean down = key.startsWith("-");
      Comparator<Found> next = by(down ? key.substring(1) : key);
      next = down ? next.reversed() : next;
      order = order == null ? next : order.thenComparing(next);
    }
    return order == null ? by("asset") : order;
  }

  private static Comparator<Found> by(String key) {
    return switch (key) {
      case "asset" -> Comparator.comparing(Found::asset);
      case "name" -> Comparator.comparing(f -> f.channel().getName());
      case "type" -> Comparator.comparing(f -> f.channel().getType());
      case "valueType" -> Comparator.comparing(f -> f.channel().getValueType());
      case "unit" -> Comparator.comparing(f -> f.channel().getUnit());
      case "quality" -> Comparator.comparing(Found::quality);
      case "at" -> Comparator.comparing(Found::at);
      default ->
          throw new BadRequestException(
              "sort by "
                  + key
                  + ": one of asset name type valueType unit quality at, - before it"
                  + " for descending order");
    };
  }
}
