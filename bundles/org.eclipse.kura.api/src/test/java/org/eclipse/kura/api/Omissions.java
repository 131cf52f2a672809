package org.eclipse.kura.api;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The deliberate omissions of one bundle, each with its reason. */
public final class Omissions {

  private record Omission(String packageName, String type, String member, String reason) {

    boolean covers(Row row) {
      return (row.packageName().equals(packageName)
              || type.isEmpty() && row.packageName().startsWith(packageName + "."))
          && (type.isEmpty() || row.type().equals(type) || row.type().startsWith(type + "$"))
          && (member.isEmpty() || row.member().equals(member));
    }
  }

  private final List<Omission> all = new ArrayList<>();
  private final Set<Omission> used = new HashSet<>();

  private Omissions() {}

  /** Reads a resource of four columns: package, type, member, reason. */
  public static Omissions read(String resource) {
    Omissions omissions = new Omissions();
    for (String line : InterfaceTable.lines(Omissions.class.getResourceAsStream(resource))) {
      String[] cells = line.split("\t", -1);
      if (cells.length != 4 || cells[3].isBlank()) {
        throw new IllegalStateException("package, type, member and a reason, please: " + line);
      }
      omissions.all.add(new Omission(cells[0], cells[1], cells[2], cells[3]));
    }
    return omissions;
  }

  /** Whether the row is left out on purpose. */
  boolean cover(Row row) {
    boolean covered = false;
    for (Omission omission : all) {
      if (omission.covers(row)) {
        used.add(omission);
        covered = true;
      }
    }
    return covered;
  }

  /** Entries for which the table has no row. */
  List<String> unused() {
    return all.stream().filter(o -> !used.contains(o)).map(Omission::toString).toList();
  }
}
