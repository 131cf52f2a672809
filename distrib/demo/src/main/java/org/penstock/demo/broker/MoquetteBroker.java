package org.penstock.demo.broker;

import io.moquette.broker.Server;
import io.moquette.broker.config.MemoryConfig;
import java.io.IOException;
import java.util.Properties;

/** Moquette as a program: {@code PORT}; ends at the end of its input, so that it never outlives the demo. */
final class MoquetteBroker {

  private MoquetteBroker() {}

  /** Serves until its input ends. */
  public static void main(String... args) throws IOException {
    Properties settings = new Properties();
    settings.setProperty("host", "127.0.0.1");
    settings.setProperty("port", args[0]);
    settings.setProperty("allow_anonymous", "true");
    settings.setProperty("persistence_enabled", "false");
    settings.setProperty("telemetry_enabled", "false");
    Server server = new Server();
    server.startServer(new MemoryConfig(settings));
    int next = System.in.read();
    while (next >= 0) {
      next = System.in.read();
    }
    server.stopServer();
  }
}
