package org.penstock.core.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.configuration.Password;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jazzer, guided by what of the readers was reached: no crash, no hang (10 s for one input), bounded
 * memory (256 MB). Without it a hostile document could stop the gateway at its start.
 */
class SnapshotJazzerTest {

  private static final int RUNS = Boolean.getBoolean("penstock.all") ? 1_000_000 : 15_000;
  private static final Duration LIMIT =
      Boolean.getBoolean("penstock.all") ? Duration.ofMinutes(60) : Duration.ofMinutes(3);

  @TempDir Path folder;

  @Test
  void whatJazzerFindsIsAcceptedOrRefusedInWords() throws Exception {
    String arch = System.getProperty("os.arch");
    Assumptions.assumeTrue(arch.equals("amd64"), "Jazzer has no native part for " + arch);
    Path corpus = Files.createDirectory(folder.resolve("corpus"));
    var good =
        List.of(
            Box.configuration("p", Map.of("a", 1, "b", "text & <more>", "c", new Long[] {1L})),
            Box.configuration("q", Map.of("pw", new Password("x"), "t", new Boolean[] {true})));
    Files.writeString(corpus.resolve("xml"), SnapshotXmlWriter.configurations(good));
    Files.writeString(corpus.resolve("json"), SnapshotJsonWriter.configurations(good));
    Files.writeString(
        corpus.resolve("entity"),
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><esf:configurations>&e;"
            + "</esf:configurations>");
    Path output = folder.resolve("output");
    Process jazzer = start(corpus, output);
    if (!jazzer.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      jazzer.destroyForcibly();
      throw new AssertionError("not within " + LIMIT + ": " + tail(output));
    }
    assertEquals(0, jazzer.exitValue(), () -> tail(output));
    assertTrue(Files.readString(output).contains("Done " + RUNS + " runs"), () -> tail(output));
  }

  private Process start(Path corpus, Path output) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=" + SnapshotFuzzTarget.class.getName(),
            "--instrumentation_includes=org.penstock.core.configuration.**",
            "-runs=" + RUNS,
            "-seed=7",
            "-timeout=10",
            "-max_len=4096",
            corpus.toString())
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  private static String tail(Path output) {
    try {
      List<String> lines = Files.readAllLines(output, java.nio.charset.StandardCharsets.ISO_8859_1);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
