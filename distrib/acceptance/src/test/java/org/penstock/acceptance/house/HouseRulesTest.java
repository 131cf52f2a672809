package org.penstock.acceptance.house;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.jar.Attributes;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Without it the rules of the house would be wishes. */
class HouseRulesTest {

  private static final Set<String> TOP_LEVEL =
      Set.of(
          "pom.xml",
          "README.md",
          "LICENSE",
          "NOTICE",
          "CHANGELOG.md",
          "penstock",
          "bundles",
          "distrib",
          "target-platform");
  private static final Set<String> ROOMS =
      Set.of("api", "core", "field", "driver", "link", "flow", "cloud", "console");
  private static final List<String> DRIVER_HEADINGS =
      List.of(
          "what it speaks",
          "devices tried",
          "configuration",
          "channel addressing",
          "worked example",
          "limits and known faults",
          "try it with the simulator");
  private static final int MAX_FILE = 400;

  @Test
  void nothingElseStandsAtTheTop() {
    Set<String> strangers = new TreeSet<>();
    for (String path : Tree.tracked()) {
      String first = path.split("/")[0];
      if (!first.startsWith(".") && !TOP_LEVEL.contains(first)) {
        strangers.add(first);
      }
    }
    assertEquals(Set.of(), strangers, "entries outside the ground plan");
  }

  @Test
  void noBuildOutputIsTracked() {
    Pattern output = Pattern.compile("(^|/)(target|node_modules|dist)/");
    assertEquals(List.of(), Tree.tracked().stream().filter(p -> output.matcher(p).find()).toList());
  }

  @Test
  void theMapOfBundlesHasALineForEach() {
    String map = Tree.read(Tree.TOP.resolve("bundles/README.md"));
    assertEquals(
        List.of(),
        Tree.bundles().stream().filter(b -> !map.contains("`" + b + "`")).toList(),
        "missing in the map");
  }

  @TestFactory
  List<DynamicTest> everyBundleHasAReadme() {
    return each(b -> assertTrue(Files.exists(Tree.folder(b).resolve("README.md")), "README.md"));
  }

  @TestFactory
  List<DynamicTest> folderIsSymbolicNameAndRoom() {
    return eachBundle(
        b -> {
          String name = Tree.manifest(b).getMainAttributes().getValue("Bundle-SymbolicName");
          assertEquals(b, name.split(";")[0]);
          if (b.startsWith("org.penstock.")) {
            assertTrue(ROOMS.contains(b.split("\\.")[2]), "room of " + b);
          }
        });
  }

  @TestFactory
  List<DynamicTest> arrowsPointToTheApi() {
    return eachBundle(
        b -> {
          List<String> wrong = new ArrayList<>();
          for (String name : packages(b, "Import-Package")) {
            if (name.startsWith("org.penstock.") && !mayImport(b, name)) {
              wrong.add(name);
            }
          }
          assertEquals(List.of(), wrong, b + " imports from another room");
        });
  }

  private static boolean mayImport(String bundle, String name) {
    boolean isDriver = bundle.startsWith("org.penstock.driver.");
    return name.startsWith("org.penstock.api.")
        || isDriver && name.startsWith("org.penstock.driver.kit")
        || isDriver && name.startsWith("org.penstock.link.serial")
        || packages(bundle, "Export-Package").contains(name);
  }

  @TestFactory
  List<DynamicTest> onlyApiKitAndKurasPackagesAreExported() {
    return eachBundle(
        b -> {
          List<String> wrong = new ArrayList<>();
          for (String name : packages(b, "Export-Package")) {
            boolean allowed =
                name.startsWith("org.eclipse.kura.")
                    || name.equals("org.eclipse.kura")
                    || b.startsWith("org.penstock.api")
                    || b.equals("org.penstock.driver.kit")
                    || b.equals("org.penstock.link.serial");
            if (!allowed || name.contains("internal")) {
              wrong.add(name);
            }
          }
          assertEquals(List.of(), wrong);
        });
  }

  @TestFactory
  List<DynamicTest> onlyOneBundleImportsPahoAndOneASerialLibrary() {
    return eachBundle(
        b -> {
          List<String> imports = packages(b, "Import-Package");
          assertTrue(
              b.equals("org.penstock.cloud.mqtt")
                  || imports.stream().noneMatch(i -> i.startsWith("org.eclipse.paho")));
          assertTrue(
              b.equals("org.penstock.link.serial")
                  || imports.stream().noneMatch(i -> i.startsWith("com.fazecast")));
        });
  }

  @TestFactory
  List<DynamicTest> driversAreCompleteInTheirFolder() {
    return each(
        b -> {
          if (b.startsWith("org.penstock.driver.") && !b.endsWith(".kit")) {
            String readme = Tree.read(Tree.folder(b).resolve("README.md")).toLowerCase();
            assertEquals(
                List.of(),
                DRIVER_HEADINGS.stream()
                    .filter(h -> !readme.matches("(?s).*\n#+ " + h + ".*"))
                    .toList());
            assertTrue(Files.exists(Tree.folder(b).resolve("QUALITY.yaml")), "QUALITY.yaml");
          }
        });
  }

  @TestFactory
  List<DynamicTest> filesAreShort() {
    return each(
        b -> {
          List<String> long_ = new ArrayList<>();
          for (Path file : Tree.sources(Tree.folder(b).resolve("src"))) {
            int lines = Sources.codeLines(Tree.read(file).split("\n", -1));
            if (lines > MAX_FILE && !isKuras(file)) {
              long_.add(file.getFileName() + ": " + lines);
            }
          }
          assertEquals(List.of(), long_, "code lines above " + MAX_FILE);
        });
  }

  @TestFactory
  List<DynamicTest> sourcesKeepTheLimits() {
    return each(
        b -> {
          List<Path> files =
              Tree.sources(Tree.folder(b).resolve("src/main/java")).stream()
                  .filter(f -> !isKuras(f))
                  .toList();
          if (files.isEmpty()) {
            return;
          }
          Sources s = Sources.of(files);
          assertAll(
              () -> assertEquals(List.of(), s.broadCatches),
              () -> assertEquals(List.of(), s.badNames),
              () -> assertEquals(List.of(), s.undocumentedTypes),
              () ->
                  assertTrue(
                      s.documentedMethods >= 0.9 * s.methods,
                      "documented methods: " + s.documentedMethods + " of " + s.methods),
              () ->
                  assertTrue(
                      s.finalFields >= 0.8 * s.fields,
                      "final fields: " + s.finalFields + " of " + s.fields),
              () ->
                  assertTrue(
                      s.logCalls <= Math.max(3, 12 * s.codeLines / 1000),
                      "log calls: " + s.logCalls + " in " + s.codeLines + " lines"));
        });
  }

  @TestFactory
  List<DynamicTest> nothingUnfinishedOrShouting() {
    Pattern bad =
        Pattern.compile(
            "\\b(TODO|FIXME|XXX)\\b|printStackTrace\\(\\)|UnsupportedOperationException\\(\\)");
    Pattern shout = Pattern.compile("System\\.(out|err)\\.print");
    return each(
        b -> {
          List<String> found = new ArrayList<>();
          int shouting = 0;
          for (Path file : Tree.sources(Tree.folder(b).resolve("src/main/java"))) {
            String text = Tree.read(file);
            if (bad.matcher(text).find()) {
              found.add(file.getFileName().toString());
            }
            shouting += shout.matcher(text).find() ? 1 : 0;
          }
          assertEquals(List.of(), found);
          boolean mayShout =
              b.equals("org.penstock.core.launcher")
                  || b.equals("org.penstock.core.system")
                  || b.equals("org.penstock.core.security");
          assertTrue(shouting <= (mayShout ? 1 : 0), "classes that print: " + shouting);
        });
  }

  @TestFactory
  List<DynamicTest> nobodyMentionsAPathOfTheMakersMachine() {
    Pattern path = Pattern.compile("/work/|\\.\\./shared|/root/");
    return Tree.tracked().stream()
        .filter(p -> p.matches(".*\\.(java|md|xml|yaml|sh|ts|py)|penstock|\\.ci/run"))
        .filter(p -> !p.endsWith("HouseRulesTest.java"))
        .filter(p -> Files.exists(Tree.TOP.resolve(p)))
        .filter(p -> path.matcher(Tree.read(Tree.TOP.resolve(p))).find())
        .map(
            p ->
                DynamicTest.dynamicTest(
                    p, () -> assertEquals("", p, "mentions a path of the makers' machine")))
        .toList();
  }

  private static boolean isKuras(Path file) {
    return file.toString().contains("/org/eclipse/kura/");
  }

  private static List<DynamicTest> each(Consumer<String> check) {
    return Tree.bundles().stream()
        .map(b -> DynamicTest.dynamicTest(b, () -> check.accept(b)))
        .toList();
  }

  private static List<DynamicTest> eachBundle(Consumer<String> check) {
    return Tree.bundles().stream()
        .filter(b -> !b.equals("org.penstock.core.launcher"))
        .map(b -> DynamicTest.dynamicTest(b, () -> check.accept(b)))
        .toList();
  }

  private static List<String> packages(String bundle, String header) {
    Attributes manifest = Tree.manifest(bundle).getMainAttributes();
    String value = manifest.getValue(header);
    List<String> names = new ArrayList<>();
    if (value != null) {
      String unquoted = value.replaceAll("\"[^\"]*\"", "");
      for (String clause : unquoted.split(",")) {
        for (String part : clause.split(";")) {
          if (!part.contains("=")) {
            names.add(part.trim());
          }
        }
      }
    }
    return names;
  }
}
