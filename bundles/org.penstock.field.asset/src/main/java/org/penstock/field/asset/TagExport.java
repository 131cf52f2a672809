package org.penstock.field.asset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.penstock.field.asset.table.TableWriter;

/** Writes channels as a table that can be imported again. */
final class TagExport {

  private static final int KURAS = TagColumns.GENERIC.indexOf(WriteRules.ORDER);

  private TagExport() {}

  /**
   * Writes header and rows, assets and channels by name.
   *
   * @param assets properties by pid
   */
  static void write(Map<String, Map<String, Object>> assets, TableWriter out) throws IOException {
    List<String> keys = keys(assets);
    List<String> header = new ArrayList<>(List.of(TagColumns.ASSET, TagColumns.DRIVER));
    keys.forEach(key -> header.add(TagColumns.header(key)));
    out.row(header);
    for (Map.Entry<String, Map<String, Object>> asset : new TreeMap<>(assets).entrySet()) {
      Object driver = asset.getValue().getOrDefault(TagColumns.DRIVER, "");
      Map<String, Map<String, Object>> channels =
          new TreeMap<>(TagAssetChange.byChannel(asset.getValue()));
      for (Map.Entry<String, Map<String, Object>> channel : channels.entrySet()) {
        List<String> cells = new ArrayList<>(header.size());
        cells.add(asset.getKey());
        cells.add(driver.toString());
        cells.add(channel.getKey());
        for (String key : keys.subList(1, keys.size())) {
          cells.add(channel.getValue().getOrDefault(key, "").toString());
        }
        out.row(cells);
      }
    }
  }

  /** Kura's columns always, the others as far as some channel has them. */
  private static List<String> keys(Map<String, Map<String, Object>> assets) {
    Set<String> used = new TreeSet<>();
    assets
        .values()
        .forEach(
            properties ->
                properties
                    .keySet()
                    .forEach(key -> ChannelKey.parse(key).ifPresent(k -> used.add(k.property()))));
    Set<String> keys = new LinkedHashSet<>(TagColumns.GENERIC.subList(0, KURAS));
    TagColumns.GENERIC.stream().filter(used::contains).forEach(keys::add);
    keys.addAll(used);
    return List.copyOf(keys);
  }
}
