package org.penstock.acceptance.witness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import org.penstock.acceptance.product.BundleJar;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Seed;

/** The test's end of the pipe, and the bundle of the {@link Publisher}. */
public final class Witness implements AutoCloseable {

  private static final long STRIDE = 1_000_000;

  private final Path pipe;
  private final RandomAccessFile open;
  private final Set<Long> acknowledged = new ConcurrentSkipListSet<>();
  private final AtomicLong runs = new AtomicLong();

  /** Makes the pipe and reads it. */
  public Witness(Path folder) {
    pipe = folder.resolve("witness");
    try {
      int status = new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor();
      if (status != 0) {
        throw new IllegalStateException("mkfifo " + pipe + " ended with " + status);
      }
      open = new RandomAccessFile(pipe.toFile(), "rw"); // both ends: a killed writer is no end
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    Thread reader = new Thread(this::read, "test/witness");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Channels.newInputStream(open.getChannel()), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        acknowledged.add(Long.parseLong(line));
      }
    } catch (IOException e) {
      acknowledged.remove(-1L); // closed by the test
    }
  }

  /** All numbers whose id publish() has returned. */
  public Set<Long> acknowledged() {
    return acknowledged;
  }

  /** Each start of the gateway publishes numbers of its own. */
  public void prepare(Gateway gateway) {
    gateway.java(
        "-D" + Publisher.PIPE + "=" + pipe,
        "-D" + Publisher.FIRST + "=" + runs.getAndIncrement() * STRIDE);
  }

  /** Puts the publisher into the gateway. */
  public static void install(Gateway gateway) {
    new BundleJar("test.witness", "1.0.0")
        .header("Import-Package", "org.eclipse.kura,org.eclipse.kura.data")
        .header("Service-Component", "OSGI-INF/witness.xml")
        .type(Publisher.class)
        .file(
            "OSGI-INF/witness.xml",
            "<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.1.0\" name=\"test.witness\""
                + " immediate=\"true\"><implementation class=\""
                + Publisher.class.getName()
                + "\"/><reference name=\"DataService\" interface=\"org.eclipse.kura.data.DataService\""
                + " policy=\"dynamic\" cardinality=\"1..1\" bind=\"start\" unbind=\"stop\""
                + " target=\"(kura.service.pid="
                + Seed.DATA_SERVICE
                + ")\"/></scr:component>")
        .to(gateway.home().resolve("deploy/witness.jar"));
  }

  @Override
  public void close() {
    try {
      open.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
