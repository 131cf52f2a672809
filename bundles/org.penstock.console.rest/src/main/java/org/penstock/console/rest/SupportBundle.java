package org.penstock.console.rest;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A zip with what somebody needs who is to find a fault from afar; all of it goes through a {@link Redaction}. */
final class SupportBundle {

  /** All logs together, as they are before they are packed. */
  private static final int MOST_LOG = 32 << 20;

  private static final String README =
      """
      State of a Penstock gateway, for whoever looks for a fault.

      gateway.json        name, version, start, clock
      health.json         state of all things, with reasons and figures
      metrics.txt         the figures in Prometheus' text form
      bundles.json        versions and states of all bundles
      configuration.json  all components
      snapshots.json      when the configuration was changed, and by whom
      properties.json     properties of the system
      jobs.json           long work of late
      threads.txt         where each thread stood
      logs/               the log's files

      Passwords, keys and tokens are replaced by ***. Addresses, names and the configuration are
      not: give it only to whom you trust with those.
      """;

  private final Redaction redaction;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8);
  private final Gson gson =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create();
  private int logged;

  SupportBundle(Redaction redaction) throws IOException {
    this.redaction = redaction;
    put("README.txt", README);
  }

  private void put(String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  /** Adds a text. */
  void text(String name, String text) throws IOException {
    put(name, redaction.text(text));
  }

  /** Adds something as JSON. */
  void json(String name, Object content) throws IOException {
    text(name, gson.toJson(content));
  }

  /** Adds configurations without their definitions. */
  void configurations(List<ConfigurationJson.Component> components) throws IOException {
    List<ConfigurationJson.Component> clean =
        components.stream()
            .map(
                one -> {
                  Map<String, ConfigurationJson.Property> properties = new TreeMap<>();
                  if (one.properties() != null) {
                    one.properties().forEach((k, v) -> properties.put(k, redaction.property(k, v)));
                  }
                  return new ConfigurationJson.Component(
                      one.pid(), one.factoryPid(), null, properties);
                })
            .toList();
    json("configuration.json", clean);
  }

  /** Adds properties. */
  void properties(Map<String, String> properties) throws IOException {
    json("properties.json", new TreeMap<>(redaction.properties(properties)));
  }

  /** Adds where each thread stands. */
  void threads(Map<Thread, StackTraceElement[]> threads) throws IOException {
    StringBuilder text = new StringBuilder();
    threads.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(java.util.Comparator.comparing(Thread::getName)))
        .forEach(
            one -> {
              text.append('"').append(one.getKey().getName()).append("\" ");
              text.append(one.getKey().getState()).append('\n');
              for (StackTraceElement frame : one.getValue()) {
                text.append("    at ").append(frame).append('\n');
              }
              text.append('\n');
            });
    text("threads.txt", text.toString());
  }

  /** Adds the files of a log's folder, the newest first, as long as there is room. */
  void logs(Path folder) throws IOException {
    List<Path> files = List.of();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> all = Files.list(folder)) {
        files =
            all.filter(f -> f.getFileName().toString().matches("penstock(\\.\\d+)?\\.log(\\.gz)?"))
                .sorted(java.util.Comparator.comparing(f -> age(f.getFileName().toString())))
                .toList();
      }
    }
    for (Path file : files) {
      log(file);
    }
  }

  /** Of penstock.log 0, of penstock.3.log.gz 3. */
  private static int age(String name) {
    String number = name.replaceAll("\\D", "");
    return number.isEmpty() ? 0 : Integer.parseInt(number);
  }

  private void log(Path file) throws IOException {
    String name = file.getFileName().toString();
    boolean packed = name.endsWith(".gz");
    zip.putNextEntry(new ZipEntry("logs/" + name.replaceAll("\\.gz$", "")));
    try (InputStream in = Files.newInputStream(file);
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    packed ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      boolean inKey = false;
      while (line != null && logged < MOST_LOG) {
        boolean begins = line.contains("PRIVATE KEY-----") && line.contains("-----BEGIN");
        inKey = (inKey || begins) && !line.contains("-----END");
        if (inKey && !begins) {
          line = lines.readLine(); // a line of a key
          continue;
        }
        byte[] clean = (redaction.text(line) + "\n").getBytes(StandardCharsets.UTF_8);
        zip.write(clean);
        logged += clean.length;
        line = lines.readLine();
      }
      if (line != null) {
        zip.write("... the rest is left out\n".getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      zip.write((name + " can't be read: " + e.getMessage()).getBytes(StandardCharsets.UTF_8));
    }
    zip.closeEntry();
  }

  /** The whole zip. */
  byte[] bytes() throws IOException {
    zip.close();
    return bytes.toByteArray();
  }
}
