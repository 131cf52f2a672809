package org.penstock.console.rest;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.penstock.console.rest.ChannelsResource.Entry;

/** Which channels are wanted, in which order. */
final class ChannelQuery {

  static final int MOST = 1000;

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
  @DefaultValue("asset,name")
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

  ChannelsResource.Page page(List<Entry> all) {
    if (offset < 0 || limit < 1 || limit > MOST) {
      throw new BadRequestException("offset: 0 or more; limit: 1 to " + MOST);
    }
    String wanted = text.toLowerCase(Locale.ROOT);
    List<Entry> found = all.stream().filter(e -> wants(e, wanted)).sorted(order()).toList();
    int from = Math.min(offset, found.size());
    List<Entry> page = found.subList(from, Math.min(found.size(), from + limit));
    return new ChannelsResource.Page(found.size(), offset, page);
  }

  private boolean wants(Entry entry, String wanted) {
    String found = entry.state() == null ? "NONE" : entry.state().quality();
    return (quality == null || List.of(quality.split(",")).contains(found))
        && (type == null || type.equals(entry.type()))
        && (wanted.isEmpty()
            || entry.name().toLowerCase(Locale.ROOT).contains(wanted)
            || entry.asset().toLowerCase(Locale.ROOT).contains(wanted));
  }

  private Comparator<Entry> order() {
    Comparator<Entry> order = null;
    for (String key : sort.split(",")) {
      boolean down = key.startsWith("-");
      Comparator<Entry> next = Comparator.comparing(by(down ? key.substring(1) : key));
      next = down ? next.reversed() : next;
      order = order == null ? next : order.thenComparing(next);
    }
    return order;
  }

  private static Function<Entry, String> by(String key) {
    return switch (key) {
      case "asset" -> Entry::asset;
      case "name" -> Entry::name;
      case "type" -> Entry::type;
      case "valueType" -> Entry::valueType;
      case "unit" -> Entry::unit;
      case "quality" -> e -> e.state() == null ? "" : e.state().quality();
      case "at" -> e -> e.state() == null ? "" : e.state().at();
      default ->
          throw new BadRequestException(
              "sort by "
                  + key
                  + ": one of asset name type valueType unit quality at, - before it"
                  + " for descending order");
    };
  }
}
