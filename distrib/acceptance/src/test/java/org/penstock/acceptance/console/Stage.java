package org.penstock.acceptance.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.penstock.acceptance.product.BundleJar;
import org.penstock.acceptance.product.DemoPlant;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Mosquitto;
import org.penstock.acceptance.product.Ports;
import org.penstock.acceptance.product.ZigbeeStick;

/**
 * What the browser's tests play on: an unclaimed gateway on a port that stays, the demo's plant, mosquitto, a
 * simulated ZigBee stick, and a door through which the tests kill and start the gateway and command the stick.
 */
final class Stage implements AutoCloseable {

  private static final String PACKAGE = "org.penstock.e2e.lamp";

  private final Path folder;
  private final DemoPlant plant = new DemoPlant();
  private final ZigbeeStick stick = new ZigbeeStick("znp-3.x.0");
  private final Mosquitto broker;
  private final Gateway gateway;
  private final HttpServer door;
  private final String code;

  Stage(Path folder) {
    this.folder = folder;
    broker = new Mosquitto(folder);
    gateway =
        new Gateway(folder, null)
            .unclaimed()
            .with("--supervise", "--https-port", "" + Ports.free())
            .launch();
    String line = gateway.process().line("admin password: ", Duration.ofSeconds(60));
    code = line.substring("admin password: ".length());
    gateway.awaitReady();
    write("lamp-1.0.0.jar", new BundleJar(PACKAGE, "1.0.0").activator("").bytes());
    write(
        "lamp-1.1.0.jar",
        new BundleJar(PACKAGE, "1.1.0")
            .activator("throw new IllegalStateException(\"the lamp is broken\");")
            .bytes());
    try {
      door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    action("/gateway/kill", gateway::kill);
    action("/gateway/start", gateway::start);
    action("/broker/kill", broker::kill);
    action("/broker/start", broker::start);
    door.createContext("/stick", this::command);
    door.start();
  }

  /** Gives the body as a command to the stick, and back what it answered. */
  private void command(HttpExchange exchange) throws IOException {
    String wanted = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    try {
      answer(exchange, 200, stick.say(wanted));
    } catch (AssertionError refused) {
      answer(exchange, 500, refused.getMessage());
    }
  }

  private void write(String name, byte[] content) {
    try {
      Files.write(folder.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void action(String path, Runnable action) {
    door.createContext(
        path,
        exchange -> {
          try {
            action.run();
            answer(exchange, 200, "done");
          } catch (AssertionError | RuntimeException e) {
            answer(exchange, 500, e.toString());
          }
        });
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** What the tests are told, as variables of their environment. */
  Map<String, String> facts() {
    return Map.of(
        "PENSTOCK_ADDRESS",
        gateway.address(),
        "PENSTOCK_CODE",
        code,
        "PENSTOCK_PASSWORD",
        Gateway.PASSWORD,
        "PENSTOCK_PLANT",
        "" + plant.port(),
        "PENSTOCK_BROKER",
        "" + broker.port(),
        "PENSTOCK_STICK",
        "" + stick.port(),
        "PENSTOCK_DOOR",
        "http://127.0.0.1:" + door.getAddress().getPort(),
        "PENSTOCK_FILES",
        folder.toString());
  }

  @Override
  public void close() {
    door.stop(0);
    gateway.close();
    broker.close();
    plant.close();
    stick.close();
  }
}
