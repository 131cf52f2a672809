package org.penstock.field.asset;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.penstock.api.tags.TagProblem;
import org.penstock.field.asset.table.TableRow;

/** One device type for many instances: the rows of each instance, placeholders filled in. */
final class TagTemplate {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");

  private final List<TableRow> channels;
  private final List<TableRow> instances;

  TagTemplate(List<TableRow> channels, List<TableRow> instances) {
    this.channels = channels.stream().filter(row -> !row.isBlank()).toList();
    this.instances = instances.stream().filter(row -> !row.isBlank()).toList();
  }

  /** Gives all rows of all instances to the import. */
  void expand(TagImport into) {
    if (channels.isEmpty() || instances.isEmpty()) {
      into.problem(new TagProblem(1, "", "", "a table is empty; its first row is the header"));
      return;
    }
    List<String> columns = instances.get(0).cells();
    List<String> extra = new ArrayList<>();
    for (String name : List.of(TagColumns.ASSET, TagColumns.DRIVER)) {
      if (columns.contains(name) && !channels.get(0).cells().contains(name)) {
        extra.add(name);
      }
    }
    List<String> header = new ArrayList<>(channels.get(0).cells());
    header.addAll(extra);
    into.header(new TableRow(channels.get(0).number(), header));
    for (TableRow instance : instances.subList(1, instances.size())) {
      Map<String, String> values = values(columns, instance);
      for (TableRow channel : channels.subList(1, channels.size())) {
        expand(channel, header, extra, values, instance, into);
      }
    }
  }

  private static Map<String, String> values(List<String> columns, TableRow instance) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      values.put(columns.get(i), instance.cell(i));
    }
    return values;
  }

  private static void expand(
      TableRow channel,
      List<String> header,
      List<String> extra,
      Map<String, String> values,
      TableRow instance,
      TagImport into) {
    String place = " (instance in row " + instance.number() + ")";
    List<String> cells = new ArrayList<>(header.size());
    for (int i = 0; i < header.size() - extra.size(); i++) {
      String text = channel.cell(i);
      String unknown = unknown(text, values);
      if (unknown != null) {
        into.problem(
            new TagProblem(
                channel.number(),
                header.get(i),
                text,
                "instances have no column '%s'; they have %s%s"
                    .formatted(unknown, values.keySet(), place)));
        return;
      }
      cells.add(fill(text, values));
    }
    extra.forEach(name -> cells.add(values.get(name)));
    into.row(new TableRow(channel.number(), cells), place);
  }

  private static String unknown(String text, Map<String, String> values) {
    Matcher matcher = PLACEHOLDER.matcher(text);
    while (matcher.find()) {
      if (!values.containsKey(matcher.group(1))) {
        return matcher.group(1);
      }
    }
    return null;
  }

  private static String fill(String text, Map<String, String> values) {
    return text.contains("${")
        ? PLACEHOLDER
            .matcher(text)
            .replaceAll(m -> Matcher.quoteReplacement(values.get(m.group(1))))
        : text;
  }
}
