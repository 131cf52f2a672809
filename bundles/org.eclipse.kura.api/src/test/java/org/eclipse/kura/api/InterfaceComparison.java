package org.eclipse.kura.api;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.osgi.framework.Version;

/** Compares the compiled interface with the table, in both directions, and names every difference. */
public final class InterfaceComparison {

  private final InterfaceTable table;
  private final CompiledInterface compiled;
  private final Omissions omissions;

  /** Compares these. */
  public InterfaceComparison(
      InterfaceTable table, CompiledInterface compiled, Omissions omissions) {
    this.table = table;
    this.compiled = compiled;
    this.omissions = omissions;
  }

  /** Rows of the table that the classes lack or state otherwise. */
  public List<String> missingOrDifferent() {
    List<String> found = new ArrayList<>();
    new TreeMap<>(table.rows())
        .forEach(
            (key, row) -> {
              Row ours = compiled.rows().get(key);
              if (omissions.cover(row)) {
                if (ours != null) {
                  found.add(key + ": is in the list of omissions, and is there");
                }
              } else if (ours == null) {
                found.add(key + ": is missing");
              } else {
                row.differences(ours).forEach(d -> found.add(key + ": " + d));
              }
            });
    return found;
  }

  /** Public and protected types and members of the classes that the table has not. */
  public List<String> notInTheTable() {
    Map<String, Row> known = table.rows();
    Set<String> untold = typesWithoutRowOfTheirOwn(known);
    return compiled.rows().values().stream()
        .filter(r -> !known.containsKey(r.key()))
        .filter(r -> !untold.contains(r.typeName()) || !r.isImplied())
        .map(Row::key)
        .sorted()
        .toList();
  }

  /** Types that Kura 6 added and of which the table has some members only. */
  private static Set<String> typesWithoutRowOfTheirOwn(Map<String, Row> known) {
    Set<String> types = new HashSet<>();
    known.values().forEach(r -> types.add(r.typeName()));
    known.values().stream()
        .filter(r -> r.member().equals(Row.TYPE))
        .forEach(r -> types.remove(r.typeName()));
    return types;
  }

  /** Packages that are exported at another version than the table's, or not, or needlessly. */
  public List<String> packages() {
    Set<String> needed = new HashSet<>();
    table.rows().values().stream()
        .filter(r -> !omissions.cover(r))
        .forEach(r -> needed.add(r.packageName()));
    List<String> found = new ArrayList<>();
    for (Map.Entry<String, Version> entry : table.versions().entrySet()) {
      String expected = needed.contains(entry.getKey()) ? entry.getValue().toString() : null;
      String actual = compiled.exports().get(entry.getKey());
      if (expected == null ? actual != null : !expected.equals(actual)) {
        found.add(entry.getKey() + " is exported at " + actual + " instead of " + expected);
      }
    }
    compiled.exports().keySet().stream()
        .filter(p -> !table.versions().containsKey(p))
        .forEach(p -> found.add(p + " is exported and not in the table"));
    return found;
  }

  /** Entries of the list of omissions that leave nothing out. */
  public List<String> needlessOmissions() {
    table.rows().values().forEach(omissions::cover);
    return omissions.unused();
  }
}
