package org.penstock.api.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.eclipse.kura.api.CompiledInterface;
import org.eclipse.kura.api.InterfaceComparison;
import org.eclipse.kura.api.InterfaceTable;
import org.eclipse.kura.api.Omissions;
import org.junit.jupiter.api.Test;

/** A foreign bundle that uses Kura's helper packages links here only if every row holds. */
class CompatInterfaceTest {

  private final InterfaceComparison comparison =
      new InterfaceComparison(
          InterfaceTable.read(Set.of("impl-export")),
          CompiledInterface.read(Path.of("target", "classes")),
          Omissions.read("/compat-omissions.tsv"));

  @Test
  void everyRowOfTheTableIsInTheBundleAsItStands() {
    assertEquals("", lines(comparison.missingOrDifferent()));
  }

  @Test
  void theBundleHasNoTypeAndNoMemberThatTheTableHasNot() {
    assertEquals("", lines(comparison.notInTheTable()));
  }

  @Test
  void eachPackageIsExportedAtTheHighestVersionOfTheTable() {
    assertEquals("", lines(comparison.packages()));
  }

  @Test
  void everyEntryOfTheListOfOmissionsLeavesSomethingOut() {
    assertEquals("", lines(comparison.needlessOmissions()));
  }

  private static String lines(List<String> differences) {
    return String.join("\n", differences);
  }
}
