package org.penstock.field.asset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.kura.asset.provider.AssetConstants;
import org.penstock.api.tags.TagProblem;
import org.penstock.field.asset.table.TableRow;

/** The header of a table of channels: which column holds which property. Unchangeable. */
final class TagColumns {

  static final String ASSET = "asset";
  static final String DRIVER = WireAssetConfig.DRIVER_PID;
  static final String NAME = AssetConstants.NAME.value();

  /** Kura's columns, in the order in which they are exported, then ours. */
  static final List<String> GENERIC =
      List.of(
          NAME,
          AssetConstants.ENABLED.value(),
          AssetConstants.TYPE.value(),
          AssetConstants.VALUE_TYPE.value(),
          AssetConstants.SCALE_OFFSET_TYPE.value(),
          AssetConstants.VALUE_SCALE.value(),
          AssetConstants.VALUE_OFFSET.value(),
          AssetConstants.VALUE_UNIT.value(),
          WireAssetConfig.LISTEN,
          WriteRules.ORDER,
          WriteRules.HOLD,
          WriteRules.INTERVAL,
          WriteRules.MIN,
          WriteRules.MAX,
          WriteRules.READ_BACK);

  private static final Set<String> OWN = Set.of(ASSET, DRIVER);

  private final List<String> headers;
  private final List<String> keys = new ArrayList<>();
  private final Map<String, Integer> index = new HashMap<>();
  private final List<String> properties;

  /** Reads the header; what is wrong with it goes to the problems. */
  TagColumns(TableRow header, boolean needsAsset, List<TagProblem> problems) {
    this.headers = header.cells();
    for (int i = 0; i < headers.size(); i++) {
      String key = key(headers.get(i));
      keys.add(key);
      if (!key.isEmpty() && index.put(key, i) != null) {
        problems.add(problem(header, i, "the column is there twice; leave one"));
      }
    }
    this.properties =
        keys.stream()
            .filter(key -> !key.isEmpty() && !OWN.contains(key) && !key.equals(NAME))
            .toList();
    require(header, NAME, "name", problems);
    if (needsAsset) {
      require(header, ASSET, ASSET, problems);
    }
  }

  private void require(TableRow header, String key, String name, List<TagProblem> problems) {
    if (!index.containsKey(key)) {
      problems.add(
          new TagProblem(
              header.number(), name, "", "the column '" + name + "' is missing in the header"));
    }
  }

  private TagProblem problem(TableRow header, int column, String text) {
    return new TagProblem(header.number(), headers.get(column), headers.get(column), text);
  }

  /** Kura writes generic properties without their plus sign. */
  private static String key(String header) {
    String plus = "+" + header;
    return GENERIC.contains(plus) ? plus : header;
  }

  /** How a property's column is called. */
  static String header(String key) {
    return GENERIC.contains(key) ? key.substring(1) : key;
  }

  /** The cell of that property; empty when there is no such column. */
  String cell(TableRow row, String key) {
    Integer column = index.get(key);
    return column == null ? "" : row.cell(column);
  }

  boolean has(String key) {
    return index.containsKey(key);
  }

  /** The properties of channels among the columns, without the name. */
  List<String> properties() {
    return properties;
  }

  /** The header's own text for a property. */
  String shown(String key) {
    Integer column = index.get(key);
    return column == null ? header(key) : headers.get(column);
  }
}
