package org.penstock.acceptance.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.Ports;
import org.penstock.acceptance.product.Script;

/** Without it the README would promise what no longer works. Commands run in a copy of the tree. */
@Tag("beside")
class ReadmeTest {

  private static final Path TOP =
      Path.of(System.getProperty("penstock.top")).toAbsolutePath().normalize();
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Duration STOP = Duration.ofSeconds(20);
  private static final List<String> STORIES =
      List.of("pump 2 had no water: it was stopped", "has an order", "has a work order");
  private static final Pattern BLOCK = Pattern.compile("(?s)```sh\n(.*?)```");
  private static final Pattern INLINE = Pattern.compile("`(\\./penstock [^`]+)`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

  @TempDir Path folder;

  private static Set<String> commands(String readme) {
    Set<String> commands = new LinkedHashSet<>();
    Matcher block = BLOCK.matcher(readme);
    while (block.find()) {
      commands.addAll(block.group(1).lines().filter(l -> !l.isBlank()).toList());
    }
    Matcher inline = INLINE.matcher(readme);
    while (inline.find()) {
      commands.add(inline.group(1));
    }
    return commands;
  }

  @TestFactory
  List<DynamicTest> everyCommandWorks() throws IOException {
    String readme = Files.readString(TOP.resolve("README.md"));
    Set<String> commands = commands(readme);
    assertTrue(commands.contains("./penstock demo"), "nothing was found: " + commands);
    Path copy = folder.resolve("copy");
    Copy.make(TOP, copy);
    return commands.stream().map(c -> DynamicTest.dynamicTest(c, () -> run(copy, c))).toList();
  }

  private static void run(Path copy, String command) {
    List<String> words = new ArrayList<>(Arrays.asList(command.split(" +")));
    assertEquals("./penstock", words.remove(0), "no command of ours: " + command);
    switch (words.get(0)) {
      case "demo" -> demo(copy, words);
      case "run" -> gateway(copy, words);
      default -> {
        try (Script script = Script.start(copy, words.toArray(String[]::new))) {
          assertEquals(0, script.end(LIMIT), () -> command + " printed " + script.lines());
        }
      }
    }
  }

  private static void demo(Path copy, List<String> words) {
    try (Script demo = Script.start(copy, words.toArray(String[]::new))) {
      Await.until(
          LIMIT,
          () -> "nothing flows: " + demo.lines(),
          () -> demo.lines().stream().anyMatch(l -> l.matches(".* published +[1-9].*")));
      Await.until(
          LIMIT,
          () -> "rules do nothing: " + demo.lines(),
          () -> STORIES.stream().allMatch(s -> demo.lines().stream().anyMatch(l -> tells(l, s))));
      demo.interrupt();
      demo.end(STOP);
    }
  }

  private static boolean tells(String line, String story) {
    return line.startsWith("rule ") && line.contains(story);
  }

  private static void gateway(Path copy, List<String> words) {
    words.addAll(List.of("--https-port", Integer.toString(Ports.free())));
    Path log = copy.resolve("penstock-home/logs/penstock.log");
    try (Script script = Script.start(copy, words.toArray(String[]::new))) {
      script.line("ready https://localhost:", LIMIT);
      script.line("admin password: ", LIMIT);
      Await.until(
          LIMIT,
          () -> "no value in the log, but " + read(log),
          () -> read(log).contains("level = "));
      assertEquals(0, script.terminate(STOP));
    }
  }

  private static String read(Path log) {
    try {
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Also of the documentation: a page that is moved takes its readers along. */
  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(TOP.resolve("README.md")));
    try (var all = Files.walk(TOP.resolve("distrib/docs"))) {
      all.filter(p -> p.toString().endsWith(".md")).forEach(pages::add);
    }
    List<String> dead = new ArrayList<>();
    for (Path page : pages) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        if (!Files.exists(page.resolveSibling(link.group(1)))) {
          dead.add(TOP.relativize(page) + " -> " + link.group(1));
        }
      }
    }
    assertEquals(List.of(), dead);
    assertFalse(pages.size() < 5, pages::toString);
  }
}
