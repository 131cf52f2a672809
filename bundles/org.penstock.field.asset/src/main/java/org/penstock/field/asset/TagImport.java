package org.penstock.field.asset;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.kura.asset.provider.AssetConstants;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.configuration.metatype.AD;
import org.penstock.api.driver.ChannelCheck;
import org.penstock.api.driver.DriverException;
import org.penstock.api.tags.ImportOptions;
import org.penstock.api.tags.TagProblem;
import org.penstock.api.tags.TagReport;
import org.penstock.field.asset.table.TableRow;

/** Takes rows in, one after the other, and tells in the end what they would change. */
final class TagImport {

  static final int MOST_PROBLEMS = 1000;

  private final ImportOptions options;
  private final Function<String, Optional<Map<String, Object>>> assets;
  private final Function<String, Optional<List<? extends AD>>> attributes;
  private final Function<String, Optional<ChannelCheck>> checks;
  private final Map<String, Optional<Map<String, Object>>> there = new HashMap<>();
  private final Map<String, Optional<ChannelCheck>> drivers = new HashMap<>();
  private final List<TagProblem> problems = new ArrayList<>();
  private final Map<String, TagAssetChange> changes = new LinkedHashMap<>();
  private TagColumns columns;
  private TagRowCheck check;
  private int rows;

  /**
   * An import.
   *
   * @param assets the properties of an asset that is there
   * @param attributes what a driver that is there wants of a channel
   * @param checks what a driver that is there says of a channel
   */
  TagImport(
      ImportOptions options,
      Function<String, Optional<Map<String, Object>>> assets,
      Function<String, Optional<List<? extends AD>>> attributes,
      Function<String, Optional<ChannelCheck>> checks) {
    this.options = options;
    this.assets = assets;
    this.attributes = attributes;
    this.checks = checks;
  }

  /** The header. */
  void header(TableRow header) {
    columns = new TagColumns(header, options.asset().isEmpty(), problems);
    check =
        new TagRowCheck(
            columns, options.asset(), options.emptyIsText(), this::driverOf, attributes);
  }

  private Optional<String> driverOf(String asset) {
    return properties(asset)
        .map(properties -> String.valueOf(properties.get(WireAssetConfig.DRIVER_PID)));
  }

  /** Asked once an asset, so that all rows of a table see the same. */
  private Optional<Map<String, Object>> properties(String asset) {
    return there.computeIfAbsent(asset, assets);
  }

  /** The next row of a table whose first row is the header. */
  void row(TableRow row) {
    if (columns == null) {
      header(row);
    } else if (!row.isBlank()) {
      row(row, "");
    }
  }

  /** A row with something to be added to each of its problems. */
  void row(TableRow row, String place) {
    rows++;
    if (problems.size() >= MOST_PROBLEMS) {
      return;
    }
    int before = problems.size();
    check.check(row, problems).ifPresent(tag -> take(row, tag));
    if (!place.isEmpty()) {
      for (int i = before; i < problems.size(); i++) {
        problems.set(i, with(problems.get(i), place));
      }
    }
  }

  private static TagProblem with(TagProblem problem, String place) {
    return new TagProblem(
        problem.row(), problem.column(), problem.value(), problem.problem() + place);
  }

  /** Something is wrong with a row that cannot be checked further. */
  void problem(TagProblem problem) {
    problems.add(problem);
  }

  private void take(TableRow row, TagRowCheck.Tag tag) {
    TagAssetChange change =
        changes.computeIfAbsent(
            tag.asset(),
            asset -> new TagAssetChange(asset, tag.driver(), properties(asset).orElse(null)));
    Map<String, Object> merged = change.merged(tag.name(), tag.properties());
    for (AssetConstants needed : List.of(AssetConstants.TYPE, AssetConstants.VALUE_TYPE)) {
      if (String.valueOf(merged.getOrDefault(needed.value(), "")).isBlank()) {
        problems.add(
            new TagProblem(
                row.number(), columns.shown(needed.value()), "", "a new channel needs it"));
        return;
      }
    }
    try {
      Optional<Channel> channel = Channels.check(tag.name(), merged);
      // asked once an asset: both look-ups cost more than a row may
      Optional<ChannelCheck> driver =
          drivers.computeIfAbsent(
              tag.asset(), asset -> checks.apply(driverOf(asset).orElse(tag.driver())));
      if (channel.isPresent() && driver.isPresent()) {
        driver.get().checkChannel(record(channel.get()));
      }
      change.add(tag.name(), merged);
    } catch (AssetConfigurationException fault) {
      check.wrongChannel(row, fault, problems);
    } catch (DriverException fault) {
      check.wrongForDriver(row, fault, problems);
    }
  }

  /** As the asset would hand it to its driver. */
  private static ChannelRecord record(Channel channel) {
    ChannelRecord record =
        ChannelRecord.createReadRecord(channel.getName(), Scaling.of(channel).readType());
    record.setChannelConfig(ReadPlan.driverConfig(channel));
    return record;
  }

  /** Nothing was found wrong. */
  boolean isGood() {
    if (columns == null) {
      problems.add(new TagProblem(1, "", "", "the table is empty; its first row is the header"));
    }
    return problems.isEmpty();
  }

  /** What is to be changed. */
  Collection<TagAssetChange> changes() {
    return changes.values();
  }

  /** The report. */
  TagReport report(boolean applied) {
    boolean good = problems.isEmpty();
    int added = changes.values().stream().mapToInt(TagAssetChange::added).sum();
    int changed = changes.values().stream().mapToInt(TagAssetChange::changed).sum();
    int removed = changes.values().stream().mapToInt(c -> c.removed(options.replace())).sum();
    return new TagReport(
        applied, rows, good ? added : 0, good ? changed : 0, good ? removed : 0, problems);
  }
}
