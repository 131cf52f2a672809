package org.penstock.driver.modbus.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jazzer, guided by what of the codec was reached: 50,000 inputs, with {@code -Dpenstock.all=true} 10
 * million. If deleted: a frame of a shape that nobody thought of could end the link's thread.
 */
class FrameJazzerTest {

  private static final boolean ALL = Boolean.getBoolean("penstock.all");
  private static final int RUNS = ALL ? 10_000_000 : 50_000;
  private static final Duration LIMIT = ALL ? Duration.ofMinutes(28) : Duration.ofMinutes(5);

  @TempDir Path folder;

  @Test
  void whatJazzerFindsIsAFrameOrRefusedInWords() throws Exception {
    String arch = System.getProperty("os.arch");
    Assumptions.assumeTrue(arch.equals("amd64"), "Jazzer has no native part for " + arch);
    Path corpus = seeds(Files.createDirectory(folder.resolve("corpus")));
    Path output = folder.resolve("output");
    Process jazzer = start(corpus, output);
    if (!jazzer.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      jazzer.destroyForcibly();
      throw new AssertionError("not within " + LIMIT + ": " + tail(output));
    }
    assertEquals(0, jazzer.exitValue(), () -> tail(output));
    assertTrue(tail(output).contains("Done " + RUNS + " runs"), () -> tail(output));
  }

  private static Path seeds(Path corpus) throws IOException {
    List<Framing> framings = List.of(new TcpFraming(), new RtuFraming(), new AsciiFraming());
    for (String answer : FuzzTest.ANSWERS) {
      for (int way = 0; way < framings.size(); way++) {
        ByteBuffer out = ByteBuffer.allocate(600);
        out.put((byte) way).put((byte) answer.length());
        framings.get(way).encode(out, 0x1501, 17, HexFormat.of().parseHex(answer));
        byte[] bytes = new byte[out.flip().remaining()];
        out.get(bytes);
        Files.write(corpus.resolve(way + answer), bytes);
      }
    }
    for (Request request : FuzzTest.REQUESTS) {
      ByteBuffer out = ByteBuffer.allocate(300).put((byte) 3).put((byte) 0).put(request.pdu());
      byte[] bytes = new byte[out.flip().remaining()];
      out.get(bytes);
      Files.write(corpus.resolve("request" + request.function()), bytes);
    }
    return corpus;
  }

  private Process start(Path corpus, Path output) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=" + FrameFuzzTarget.class.getName(),
            "--instrumentation_includes=org.penstock.driver.modbus.codec.**",
            "-runs=" + RUNS,
            "-seed=7",
            "-timeout=10",
            "-max_len=600",
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
