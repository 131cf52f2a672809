package org.eclipse.kura.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A foreign bundle that was compiled against Kura links here only if every row holds. */
class InterfaceTest {

  private static final Path CLASSES = Path.of("target", "classes");

  private final InterfaceTable table = InterfaceTable.read(Set.of("api", "kura6-delta"));
  private final InterfaceComparison comparison =
      new InterfaceComparison(
          table, CompiledInterface.read(CLASSES), Omissions.read("/omissions.tsv"));

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

  @Test
  void theComparisonNamesEveryRowThatIsMissingOrDiffers(@TempDir Path nothing) throws IOException {
    Omissions none = Omissions.read("/omissions.tsv");
    InterfaceComparison bare =
        new InterfaceComparison(table, CompiledInterface.read(nothing), none);
    Set<String> there = CompiledInterface.read(CLASSES).rows().keySet();
    long expected = table.rows().keySet().stream().filter(there::contains).count();
    assertEquals(expected, bare.missingOrDifferent().size());
    Path stranger = Files.createDirectories(nothing.resolve("org/eclipse/kura/clock"));
    Files.copy(
        CLASSES.resolve("org/eclipse/kura/clock/ClockEvent.class"),
        stranger.resolve("ClockEvent.class"));
    InterfaceTable others = InterfaceTable.read(Set.of("impl-export"));
    List<String> unknown =
        new InterfaceComparison(others, CompiledInterface.read(nothing), none).notInTheTable();
    assertEquals(3, unknown.size(), unknown::toString);
    Row row = table.rows().get("org.eclipse.kura.clock.ClockEvent (type)");
    Row changed =
        new Row(
            row.packageName(),
            row.type(),
            "enum",
            row.supertypes(),
            "@Odd",
            row.member(),
            row.descriptor(),
            row.signature(),
            "public final",
            "",
            "");
    assertEquals(3, row.differences(changed).size());
  }

  @Test
  void theTableWasReadWhole() {
    assertTrue(table.rows().size() > 2600, "only " + table.rows().size() + " rows");
  }

  @Test
  void theBundleIsCalledAsKurasIsAtVersionTwoEight() throws IOException {
    Attributes headers = manifest();
    assertEquals("org.eclipse.kura.api", headers.getValue("Bundle-SymbolicName"));
    assertEquals("2.8.0", headers.getValue("Bundle-Version"));
  }

  @Test
  void itAsksForNothingBeyondJavaSeventeen() throws IOException {
    String required = manifest().getValue("Require-Capability");
    assertEquals("osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=17))\"", required);
  }

  private static Attributes manifest() throws IOException {
    try (InputStream file = Files.newInputStream(CLASSES.resolve("META-INF/MANIFEST.MF"))) {
      return new Manifest(file).getMainAttributes();
    }
  }

  private static String lines(List<String> differences) {
    return String.join("\n", differences);
  }
}
