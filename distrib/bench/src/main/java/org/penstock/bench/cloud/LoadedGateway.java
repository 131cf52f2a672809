package org.penstock.bench.cloud;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.penstock.bench.BenchContext;
import org.penstock.bench.BenchFailure;
import org.penstock.demo.SeedSnapshot;
import org.penstock.demo.process.FreePort;
import org.penstock.demo.process.GatewayProcess;

/** A gateway with one plain connection to a broker, and {@link Load} inside. */
final class LoadedGateway implements AutoCloseable {

  private static final Duration STOP = Duration.ofSeconds(20);
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final String WRITTEN = "write_bytes:";
  private static final String PASSWORD = "correct horse";

  private final GatewayProcess process;
  private final Socket socket;
  private final BufferedReader in;
  private final PrintWriter out;

  private LoadedGateway(GatewayProcess process, int port) throws IOException {
    this.process = process;
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    this.in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    this.out = new PrintWriter(socket.getOutputStream(), true);
  }

  static LoadedGateway start(BenchContext context, int broker)
      throws IOException, InterruptedException, BenchFailure {
    Path folder = Files.createTempDirectory(context.work(), "cloud-");
    Path home = folder.resolve("home");
    GatewayProcess process =
        GatewayProcess.launch(
            new GatewayProcess.Plan(
                context.install(),
                home,
                FreePort.find(),
                Files.writeString(folder.resolve("password"), PASSWORD + "\n"),
                PASSWORD,
                Files.writeString(folder.resolve("seed.xml"), seed(broker)),
                context.profile()));
    try {
      process.awaitReady();
      Path deploy = Files.createDirectories(home.resolve("deploy"));
      bundle(folder.resolve("load.jar"));
      Files.move(folder.resolve("load.jar"), deploy.resolve("load.jar"));
      Path port = home.resolve("bench.port");
      long end = System.nanoTime() + LIMIT.toNanos();
      while (!Files.exists(port) || !Files.readString(port).endsWith("\n")) {
        if (System.nanoTime() > end) {
          throw new BenchFailure("the load bundle does not start: " + process.child().lastLines(9));
        }
        Thread.sleep(50);
      }
      return new LoadedGateway(process, Integer.parseInt(Files.readString(port).strip()));
    } catch (IOException | InterruptedException | BenchFailure failure) {
      process.close();
      throw failure;
    }
  }

  private static String seed(int broker) {
    String transport = "org.eclipse.kura.core.data.transport.mqtt.MqttDataTransport";
    String data = "org.eclipse.kura.data.DataService";
    return new SeedSnapshot()
        .component(
            transport,
            transport,
            "broker-url",
            "mqtt://127.0.0.1:" + broker,
            "client-id",
            "bench",
            "keep-alive",
            30)
        .component(
            data,
            data,
            "DataTransportService.target",
            "(kura.service.pid=" + transport + ")",
            "connect.auto-on-startup",
            false,
            "store.capacity",
            10_000_000,
            "store.capacity.mib",
            8000)
        // the load is meant: it is not taken for a bundle that runs wild
        .component("org.penstock.core.deployment", null, "load.s", 600)
        .xml();
  }

  private static void bundle(Path file) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", "bench.load");
    main.putValue("Bundle-Version", "1.0.0");
    main.putValue("Bundle-Activator", Load.class.getName());
    main.putValue(
        "Import-Package",
        "org.osgi.framework,org.osgi.util.tracker,org.eclipse.kura,org.eclipse.kura.data,"
            + "org.eclipse.kura.data.listener,org.penstock.api.outbox");
    String name = Load.class.getName().replace('.', '/') + ".class";
    try (OutputStream target = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(target, manifest);
        InputStream type = Load.class.getClassLoader().getResourceAsStream(name)) {
      jar.putNextEntry(new JarEntry(name));
      type.transferTo(jar);
    }
  }

  /** Tells the load something; gives its answer. */
  String ask(String line) throws IOException {
    out.println(line);
    String answer = in.readLine();
    if (answer == null) {
      throw new IOException("the load in the gateway has ended; see its output");
    }
    return answer;
  }

  /** As {@link #ask}, for what answers with nanoseconds. */
  double seconds(String line) throws IOException {
    return Long.parseLong(ask(line)) / 1e9;
  }

  double cpuSeconds() throws IOException {
    return process.child().figures().cpuSeconds();
  }

  /** Bytes that the process has given to the disk. */
  long written() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.child().pid() + "/io"))) {
      if (line.startsWith(WRITTEN)) {
        return Long.parseLong(line.substring(WRITTEN.length()).strip());
      }
    }
    throw new IOException("/proc tells nothing of written bytes");
  }

  @Override
  public void close() throws InterruptedException, IOException {
    socket.close();
    process.stop(STOP);
    process.close();
  }
}
