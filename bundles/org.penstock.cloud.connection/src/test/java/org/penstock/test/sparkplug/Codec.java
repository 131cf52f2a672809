package org.penstock.test.sparkplug;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** npm's sparkplug-payload in a process of its own: no code of ours reads or writes a payload here. */
public final class Codec implements AutoCloseable {

  private static final String FOLDER = "target/sparkplug";

  private final Process process;
  private final BufferedReader out;
  private final Writer in;

  /** Starts it. */
  public Codec() {
    Path own = Path.of(FOLDER);
    Path folder =
        Files.exists(own)
            ? own
            : Path.of("../../bundles/org.penstock.cloud.connection").resolve(FOLDER);
    try {
      process =
          new ProcessBuilder("node", "codec.js")
              .directory(folder.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out = process.inputReader(StandardCharsets.UTF_8);
    in = process.outputWriter(StandardCharsets.UTF_8);
  }

  private synchronized String ask(String line) {
    try {
      in.write(line + "\n");
      in.flush();
      String answer = out.readLine();
      if (answer == null || answer.contains("\"error\":")) {
        throw new AssertionError("no Sparkplug payload: " + answer);
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonObject decode(byte[] payload) {
    return JsonParser.parseString(ask("D " + Base64.getEncoder().encodeToString(payload)))
        .getAsJsonObject();
  }

  /** A payload from its JSON. */
  public byte[] encode(String json) {
    return Base64.getDecoder().decode(ask("E " + json));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
