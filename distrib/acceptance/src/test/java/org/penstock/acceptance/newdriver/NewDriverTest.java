package org.penstock.acceptance.newdriver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.BundleJar;
import org.penstock.acceptance.product.Gateway;

/** {@code ./penstock new-driver} on a copy of the tree. If deleted: nobody could begin a driver. */
@Tag("beside")
class NewDriverTest {

  private static final Path TOP =
      Path.of(System.getProperty("penstock.top")).toAbsolutePath().normalize();
  private static final String NAME = "org.penstock.driver.heatpump";
  private static final Duration LIMIT = Duration.ofSeconds(120);

  @TempDir static Path copy;

  @BeforeAll
  static void make() throws Exception {
    for (String path : run(TOP, 60, "git", "ls-files").split("\n")) {
      Path source = TOP.resolve(path);
      if (Files.isRegularFile(source)) {
        Path target = copy.resolve(path);
        Files.createDirectories(target.getParent());
        Files.copy(source, target);
      }
    }
    assertTrue(copy.resolve("penstock").toFile().setExecutable(true));
    run(copy, 300, "./penstock", "new-driver", "heatpump");
  }

  /** Runs a command to its end and gives what it printed. */
  private static String run(Path folder, int seconds, String... command) throws Exception {
    Path output = Files.createTempFile("command", ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
    process.destroyForcibly();
    String printed = Files.readString(output);
    Files.delete(output);
    assertTrue(ended, () -> String.join(" ", command) + " takes longer than " + seconds + " s");
    assertEquals(0, process.exitValue(), () -> String.join(" ", command) + "\n" + printed);
    return printed;
  }

  @Test
  void isInTheBuildAndOnTheMapAndNothingOfTheTemplateIsLeft() throws IOException {
    assertTrue(Files.readString(copy.resolve("bundles/pom.xml")).contains("<module>" + NAME + "<"));
    assertTrue(Files.readString(copy.resolve("bundles/README.md")).contains('`' + NAME + '`'));
    List<String> left = new ArrayList<>();
    try (Stream<Path> files = Files.walk(copy.resolve("bundles").resolve(NAME))) {
      for (Path file :
          files
              .filter(Files::isRegularFile)
              .filter(f -> !f.toString().contains("/target/"))
              .toList()) {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        boolean named = file.toString().toLowerCase().contains("template");
        boolean mentioned =
            text.replace("Begun from the template", "").toLowerCase().contains("template");
        if (named || mentioned) {
          left.add(file.toString());
        }
      }
    }
    assertEquals(List.of(), left);
  }

  @Test
  void aNameThatIsNoneAndOneThatIsTakenAreRefused() throws Exception {
    for (String wrong : List.of("Heat-Pump", "", "template")) {
      Process process =
          new ProcessBuilder("./penstock", "new-driver", wrong).directory(copy.toFile()).start();
      assertTrue(process.waitFor(30, TimeUnit.SECONDS));
      assertEquals(1, process.exitValue(), wrong);
    }
  }

  /** Takes minutes: a build of what the driver needs, and the suite that it inherits. */
  @Test
  @EnabledIfSystemProperty(named = "penstock.all", matches = "true")
  void isBuiltAndPassesTheSuiteAndAppearsInTheGateway(@TempDir Path folder) throws Exception {
    run(
        copy,
        900,
        "mvn",
        "-B",
        "-q",
        "verify",
        "-pl",
        "bundles/" + NAME,
        "-am",
        "-Dtest=Heatpump*Test",
        "-Dsurefire.failIfNoSpecifiedTests=false");
    Path jar = copy.resolve("bundles/" + NAME + "/target/" + NAME + "-0.1.0-SNAPSHOT.jar");
    try (Gateway gateway = new Gateway(folder, null).start()) {
      BundleJar.drop(gateway.home().resolve("deploy/heatpump.jar"), Files.readAllBytes(jar));
      String factories = "/services/configuration/v2/factoryComponents";
      Await.until(
          LIMIT,
          () -> gateway.get(factories).body(),
          () -> gateway.get(factories).body().contains('"' + NAME + '"'));
      String made =
          gateway
              .send(
                  "POST",
                  factories,
                  "{\"configs\":[{\"pid\":\"hp\",\"factoryPid\":\"" + NAME + "\"}]}")
              .body();
      Await.until(
          LIMIT,
          () -> made + gateway.health(),
          () -> gateway.health().toString().contains("/hp\""));
    }
  }
}
