package org.penstock.driver.lorawan.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jazzer, guided by what of the codec was reached: frames and datagrams that nobody would send; with {@code --all} a
 * million of each kind. No crash, no hang (10 s for one input), bounded memory (256 MB). If deleted: anybody with a radio, or in
 * reach of the UDP port, could end the driver's thread.
 */
class LorawanJazzerTest {

  private static final boolean ALL = Boolean.getBoolean("penstock.all");
  private static final int RUNS = ALL ? 1_000_000 : 30_000;
  private static final Duration LIMIT = ALL ? Duration.ofMinutes(60) : Duration.ofMinutes(3);

  @TempDir Path folder;

  @Test
  void whatJazzerFindsIsAcceptedOrRefusedInWords() throws Exception {
    String arch = System.getProperty("os.arch");
    Assumptions.assumeTrue(arch.equals("amd64"), "Jazzer has no native part for " + arch);
    if (ALL) {
      for (LorawanFuzzTarget.Kind kind : LorawanFuzzTarget.Kind.values()) {
        fuzz(kind.name());
      }
    } else {
      fuzz("");
    }
  }

  /** Inputs of one kind, or of all when it is empty. */
  private void fuzz(String kind) throws Exception {
    Path corpus = Files.createDirectory(folder.resolve("corpus" + kind));
    for (Vectors.Vector vector : Vectors.of("")) {
      if (vector.in().containsKey("phy")) {
        boolean accept = vector.kind().startsWith("join-accept");
        seed(corpus, vector.id(), accept ? 2 : 0, vector.bytes("phy"));
      } else if (vector.in().containsKey("datagram")) {
        seed(corpus, vector.id(), 1, vector.bytes("datagram"));
      }
    }
    seed(corpus, "mac", 3, new byte[] {2, 3, 7, 6, -2, 5});
    seed(corpus, "updf", 4, StationJsonTest.DATA.getBytes(StandardCharsets.UTF_8));
    seed(corpus, "jreq", 5, StationJsonTest.JOIN.getBytes(StandardCharsets.UTF_8));
    seed(corpus, "router", 6, "{\"router\":\"::1\"}".getBytes(StandardCharsets.UTF_8));
    Path output = folder.resolve("output" + kind);
    Process jazzer = start(kind, corpus, output);
    if (!jazzer.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      jazzer.destroyForcibly();
      throw new AssertionError("not within " + LIMIT + ": " + tail(output));
    }
    assertEquals(0, jazzer.exitValue(), () -> tail(output));
    String done = "Done " + RUNS + " runs";
    assertTrue(Files.readString(output).contains(done), () -> tail(output));
    System.out.println((kind.isEmpty() ? "all kinds" : kind) + ": " + done);
  }

  private static void seed(Path corpus, String name, int first, byte[] rest) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(first);
    bytes.write(rest);
    Files.write(corpus.resolve(name), bytes.toByteArray());
  }

  private Process start(String kind, Path corpus, Path output) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-D" + LorawanFuzzTarget.KIND + "=" + kind,
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=" + LorawanFuzzTarget.class.getName(),
            "--instrumentation_includes=org.penstock.driver.lorawan.**",
            "-runs=" + RUNS,
            "-seed=7",
            "-timeout=10",
            "-max_len=2048",
            corpus.toString())
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  private static String tail(Path output) {
    try {
      List<String> lines = Files.readAllLines(output, StandardCharsets.ISO_8859_1);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
