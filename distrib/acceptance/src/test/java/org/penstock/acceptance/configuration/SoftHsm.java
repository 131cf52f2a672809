package org.penstock.acceptance.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A token of SoftHSM, filled by its own tool and OpenSC's: neither is ours. */
final class SoftHsm {

  static final String PIN = "246810";

  private final Path folder;

  /** A token that holds nothing yet. */
  SoftHsm(Path folder) {
    this.folder = folder;
    try {
      Path tokens = Files.createDirectory(folder.resolve("tokens"));
      Files.writeString(configuration(), "directories.tokendir = " + tokens + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    run("softhsm2-util", "--init-token", "--free", "--label", "box", "--so-pin", "13579");
  }

  /** For the variable SOFTHSM2_CONF of whoever uses the token. */
  Path configuration() {
    return folder.resolve("softhsm2.conf");
  }

  static Path library() {
    return Stream.of("/usr/lib/softhsm", "/usr/lib/x86_64-linux-gnu/softhsm")
        .map(place -> Path.of(place, "libsofthsm2.so"))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new AssertionError("Debian's softhsm2 is not installed"));
  }

  /** Takes a private key (PKCS8, PEM) and its certificate (DER) in. */
  void hold(String label, Path key, Path certificate) {
    run(
        "softhsm2-util",
        "--import",
        key.toString(),
        "--token",
        "box",
        "--label",
        label,
        "--id",
        "01");
    run(
        "pkcs11-tool",
        "--module",
        library().toString(),
        "--token-label",
        "box",
        "--login",
        "--write-object",
        certificate.toString(),
        "--type",
        "cert",
        "--id",
        "01",
        "--label",
        label);
  }

  private void run(String... words) {
    List<String> command = Stream.concat(Stream.of(words), Stream.of("--pin", PIN)).toList();
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SOFTHSM2_CONF", configuration().toString());
    Path output = folder.resolve("softhsm.txt");
    try {
      Process process = builder.redirectOutput(output.toFile()).start();
      boolean ended = process.waitFor(60, TimeUnit.SECONDS);
      assertEquals(0, ended ? process.exitValue() : -1, Files.readString(output));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
