package org.penstock.field.asset;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.configuration.metatype.Option;
import org.eclipse.kura.configuration.metatype.Scalar;
import org.penstock.api.driver.DriverException;
import org.penstock.api.tags.TagProblem;
import org.penstock.field.asset.table.TableRow;

/** Turns rows into channels, and names every cell that cannot be used. For one import only. */
final class TagRowCheck {

  /**
   * One channel of a table.
   *
   * @param driver for an asset that is to be made; empty otherwise
   * @param properties by plain name, without empty ones unless empty cells are texts
   */
  record Tag(String asset, String driver, String name, Map<String, Object> properties) {}

  private final TagColumns columns;
  private final Optional<String> only;
  private final boolean emptyIsText;
  private final Function<String, Optional<String>> driverOfAsset;
  private final Function<String, Optional<List<? extends AD>>> attributesOfDriver;
  private final Map<String, Optional<Map<String, AD>>> attributes = new HashMap<>();
  private final Set<String> seen = new HashSet<>();
  private final Map<String, String> texts = new HashMap<>();

  /**
   * A check.
   *
   * @param only the asset of all rows, if the table does not say
   * @param driverOfAsset the driver of an asset that is there
   * @param attributesOfDriver what a driver that is there wants of a channel
   */
  TagRowCheck(
      TagColumns columns,
      Optional<String> only,
      boolean emptyIsText,
      Function<String, Optional<String>> driverOfAsset,
      Function<String, Optional<List<? extends AD>>> attributesOfDriver) {
    this.columns = columns;
    this.only = only;
    this.emptyIsText = emptyIsText;
    this.driverOfAsset = driverOfAsset;
    this.attributesOfDriver = attributesOfDriver;
  }

  /** The channel, or empty after its problems were added. */
  Optional<Tag> check(TableRow row, List<TagProblem> problems) {
    int before = problems.size();
    String asset = only.orElseGet(() -> columns.cell(row, TagColumns.ASSET));
    String name = columns.cell(row, TagColumns.NAME);
    String given = columns.cell(row, TagColumns.DRIVER);
    Optional<String> running = asset.isEmpty() ? Optional.empty() : driverOfAsset.apply(asset);
    if (asset.isEmpty()) {
      problems.add(problem(row, TagColumns.ASSET, "name an asset"));
    } else if (running.isEmpty() && given.isEmpty()) {
      problems.add(
          problem(
              row,
              TagColumns.ASSET,
              "there is no asset " + asset + "; correct the name, or add a column driver.pid"));
    } else if (running.isPresent() && !given.isEmpty() && !running.get().equals(given)) {
      problems.add(
          problem(row, TagColumns.DRIVER, "the asset's driver is " + running.get() + " already"));
    }
    if (ChannelKey.parse(name + "#x").filter(key -> key.channel().equals(name)).isEmpty()) {
      problems.add(
          problem(
              row,
              TagColumns.NAME,
              "a channel's name is not empty and has none of # / + , and no space"));
    } else if (!seen.add(asset + '\n' + name)) {
      problems.add(problem(row, TagColumns.NAME, asset + " has that channel in a row above"));
    }
    Map<String, Object> properties = new HashMap<>();
    properties.put(TagColumns.NAME, name);
    String driver = running.orElse(given);
    for (String key : columns.properties()) {
      cell(row, driver, key, properties, problems);
    }
    if (problems.size() > before) {
      return Optional.empty();
    }
    return Optional.of(new Tag(text(asset), text(given), name, properties));
  }

  private void cell(
      TableRow row,
      String driver,
      String key,
      Map<String, Object> properties,
      List<TagProblem> problems) {
    String text = columns.cell(row, key);
    if (text.isEmpty() && !emptyIsText) {
      return;
    }
    if (TagColumns.GENERIC.contains(key)) {
      generic(row, key, text, properties, problems);
      return;
    }
    Optional<Map<String, AD>> known = attributes.computeIfAbsent(driver, this::attributes);
    AD ad = known.map(all -> all.get(key)).orElse(null);
    if (text.isEmpty() && (ad == null || ad.getType() != Scalar.STRING)) {
      return; // only a text can be empty
    }
    String problem = null;
    if (known.isPresent() && ad == null) {
      problem =
          "driver %s has no such attribute; it has %s".formatted(driver, known.get().keySet());
    } else if (ad != null) {
      problem = problem(ad, text);
    }
    if (problem == null) {
      properties.put(text(key), ad == null ? text(text) : typed(ad, text));
    } else {
      problems.add(problem(row, key, problem));
    }
  }

  private Optional<Map<String, AD>> attributes(String driver) {
    return attributesOfDriver
        .apply(driver)
        .map(all -> all.stream().collect(Collectors.toMap(AD::getId, ad -> ad, (a, b) -> a)));
  }

  private void generic(
      TableRow row,
      String key,
      String text,
      Map<String, Object> properties,
      List<TagProblem> problems) {
    boolean isFlag =
        key.equals(TagColumns.GENERIC.get(1))
            || key.equals(WireAssetConfig.LISTEN)
            || key.equals(WriteRules.READ_BACK);
    if (!isFlag) {
      properties.put(key, text(text));
    } else if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      properties.put(key, Boolean.valueOf(text));
    } else if (!text.isEmpty()) {
      problems.add(problem(row, key, "must be true or false"));
    }
  }

  private static String problem(AD ad, String text) {
    List<Option> options = ad.getOption();
    if (options != null && !options.isEmpty()) {
      List<String> values = options.stream().map(Option::getValue).toList();
      return values.contains(text) ? null : "must be one of " + String.join(", ", values);
    }
    Object typed = typed(ad, text);
    if (typed == null) {
      return "must be " + ad.getType().value();
    }
    boolean isNumber = typed instanceof Number && (ad.getMin() != null || ad.getMax() != null);
    BigDecimal value = isNumber ? new BigDecimal(text.strip()) : null;
    if (isNumber && ad.getMin() != null && value.compareTo(new BigDecimal(ad.getMin())) < 0) {
      return "must be " + ad.getMin() + " or more";
    }
    if (isNumber && ad.getMax() != null && value.compareTo(new BigDecimal(ad.getMax())) > 0) {
      return "must be " + ad.getMax() + " or less";
    }
    return null;
  }

  /** The cell as the attribute's type; null when it cannot be. */
  private static Object typed(AD ad, String text) {
    if (ad.getType() == Scalar.BOOLEAN
        && !text.equalsIgnoreCase("true")
        && !text.equalsIgnoreCase("false")) {
      return null;
    }
    return Definitions.typed(Map.of(ad.getId(), text), key -> ad).get(ad.getId());
  }

  /** Complains about a property of a channel that the asset itself would refuse. */
  void wrongChannel(TableRow row, AssetConfigurationException fault, List<TagProblem> problems) {
    problems.add(problem(row, fault.property(), fault.problem()));
  }

  /** Complains about a channel that its driver refuses, at the first cell that the words name. */
  void wrongForDriver(TableRow row, DriverException fault, List<TagProblem> problems) {
    String words = String.valueOf(fault.getMessage());
    String key =
        columns.properties().stream()
            .filter(one -> words.contains("property " + one + " "))
            .findFirst()
            .orElse(TagColumns.NAME);
    problems.add(problem(row, key, words));
  }

  private TagProblem problem(TableRow row, String key, String text) {
    return new TagProblem(row.number(), columns.shown(key), columns.cell(row, key), text);
  }

  /** One object for each text: fifty thousand channels repeat the same few. */
  private String text(String text) {
    return Objects.requireNonNullElse(texts.putIfAbsent(text, text), text);
  }
}
