package org.penstock.acceptance.broker;

import com.hivemq.embedded.EmbeddedHiveMQ;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** HiveMQ Community Edition on loopback: plain, websockets, and websockets over TLS. Ends with its input. */
public final class HiveMq {

  private static final String CONFIGURATION =
      """
      <hivemq>
        <listeners>
          <tcp-listener><port>%s</port><bind-address>127.0.0.1</bind-address></tcp-listener>
          <websocket-listener>
            <port>%s</port><bind-address>127.0.0.1</bind-address><path>/mqtt</path>
          </websocket-listener>
          <tls-websocket-listener>
            <port>%s</port><bind-address>127.0.0.1</bind-address><path>/mqtt</path>
            <tls>
              <keystore>
                <path>%s</path><password>changeit</password>
                <private-key-password>changeit</private-key-password>
              </keystore>
            </tls>
          </tls-websocket-listener>
        </listeners>
        <persistence><mode>in-memory</mode></persistence>
        <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
      </hivemq>
      """;

  private HiveMq() {}

  /**
   * Starts it and prints {@code ready}.
   *
   * @param words folder, port, port of websockets, port of websockets over TLS, key store
   * @throws IOException the folder can't be written
   */
  public static void main(String[] words) throws IOException {
    Path folder = Path.of(words[0]);
    Path configuration = Files.createDirectories(folder.resolve("conf"));
    Files.writeString(
        configuration.resolve("config.xml"),
        CONFIGURATION.formatted(words[1], words[2], words[3], words[4]));
    EmbeddedHiveMQ broker =
        EmbeddedHiveMQ.builder()
            .withConfigurationFolder(configuration)
            .withDataFolder(Files.createDirectories(folder.resolve("data")))
            .withExtensionsFolder(Files.createDirectories(folder.resolve("extensions")))
            .build();
    broker.start().join();
    System.out.println("ready");
    if (System.in.read() < 0) {
      System.exit(0);
    }
  }
}
