package org.penstock.acceptance.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Child;

/**
 * The console's tests in Debian's Chromium (bundles/org.penstock.console.web/src/main/web/e2e) on the assembled
 * product. Each of them is counted by its own name in TEST-playwright.xml; screenshots come to target/console.
 * Without it a page could look well on recorded data and change nothing in a gateway. With {@code
 * -Dpenstock.e2e=10-start,75-system} only these files of them run.
 */
@EnabledIfSystemProperty(named = "penstock.all", matches = "true")
class ConsoleTest {

  /** Twice what all of them take. */
  private static final Duration LIMIT = Duration.ofSeconds(1800);

  private static final Path WEB =
      Path.of(System.getProperty("penstock.top"), "bundles/org.penstock.console.web/src/main/web")
          .toAbsolutePath()
          .normalize();

  private static final String ONLY = System.getProperty("penstock.e2e", ".");

  private static final Path TARGET = Path.of("target").toAbsolutePath();

  @TempDir Path folder;

  @Test
  void pagesInChromiumOnTheAssembledProduct() throws IOException {
    Path report = TARGET.resolve("surefire-reports/TEST-playwright.xml");
    Files.deleteIfExists(report);
    try (Stage stage = new Stage(folder)) {
      List<String> command =
          new ArrayList<>(List.of("node", "node_modules/@playwright/test/cli.js", "test"));
      command.addAll(List.of(ONLY.split(",")));
      ProcessBuilder builder = new ProcessBuilder(command).directory(WEB.toFile());
      builder.environment().putAll(stage.facts());
      builder.environment().put("PENSTOCK_SHOTS", TARGET.resolve("console").toString());
      builder.environment().put("PLAYWRIGHT_JUNIT_OUTPUT_FILE", report.toString());
      builder.environment().put("FORCE_COLOR", "0");
      try (Child tests = new Child("playwright", builder)) {
        int status = tests.end(LIMIT);
        List<String> lines = tests.lines();
        lines.forEach(System.out::println);
        assertEquals(0, status, () -> String.join("\n", lines));
      }
    }
  }
}
