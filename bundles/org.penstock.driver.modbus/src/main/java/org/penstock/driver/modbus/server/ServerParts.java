package org.penstock.driver.modbus.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.penstock.api.driver.DriverException;
import org.penstock.api.driver.ErrorKind;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;
import org.penstock.driver.modbus.codec.Notation;
import org.penstock.driver.modbus.link.NetworkLoop;
import org.penstock.driver.modbus.link.SerialServer;
import org.penstock.driver.modbus.link.ServerListener;
import org.penstock.link.serial.SerialLines;
import org.penstock.link.serial.SerialSettings;

/**
 * What a running server is made of.
 *
 * @param network listens, where it does
 * @param line answers, where it does
 * @param since when
 */
public record ServerParts(
    Optional<ServerListener> network, Optional<SerialServer> line, Instant since) {

  /**
   * As configured.
   *
   * @param map lines
   * @param notation of addresses
   * @param unit id
   * @param lastGood shown for bad values
   * @param line null for the network
   * @param listen address
   * @param port to listen on
   * @param allowed clients
   * @param clients at a time
   */
  public record Settings(
      String map,
      Notation notation,
      int unit,
      boolean lastGood,
      SerialSettings line,
      String listen,
      int port,
      String allowed,
      int clients) {}

  /**
   * Listens from now on.
   *
   * @throws DriverException of kind CONFIGURATION that names the property
   * @throws IOException when the port cannot be had
   */
  public static ServerParts open(NetworkLoop loop, AssetPlant plant, Settings settings)
      throws DriverException, IOException {
    RegisterMap map = RegisterMap.parse(settings.map(), settings.notation());
    RegisterImage image = new RegisterImage(settings.unit(), map, settings.lastGood(), plant);
    Instant now = Instant.now();
    if (settings.line() != null) {
      SerialServer server = new SerialServer(settings.line(), SerialLines::open, image);
      return new ServerParts(Optional.empty(), Optional.of(server), now);
    }
    InetSocketAddress address = new InetSocketAddress(listen(settings), settings.port());
    AllowList allowed = AllowList.parse(settings.allowed());
    ServerListener listener = new ServerListener(loop, address, allowed, settings.clients(), image);
    return new ServerParts(Optional.of(listener), Optional.empty(), now);
  }

  private static InetAddress listen(Settings settings) throws DriverException {
    try {
      return InetAddress.getByName(settings.listen());
    } catch (UnknownHostException unknown) {
      throw new DriverException(
          ErrorKind.CONFIGURATION,
          "property listen.address",
          "is '" + settings.listen() + "', must be an address of this machine or 0.0.0.0",
          unknown);
    }
  }

  /** Where it listens; 0 on a serial line. */
  public int port() {
    return network.map(ServerListener::port).orElse(0);
  }

  /** For the health page. */
  public HealthSource health(String name) {
    return new HealthSource() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public HealthState health() {
        return new HealthState(HealthState.Level.OK, "", since, figures());
      }
    };
  }

  private Map<String, Object> figures() {
    if (network.isPresent()) {
      ServerListener server = network.get();
      return Map.of(
          "server.clients", server.clients(),
          "server.requests", server.requests(),
          "server.refused.clients", server.refused());
    }
    return line.<Map<String, Object>>map(
            server -> Map.of("server.requests", server.requests(), "server.late", server.late()))
        .orElse(Map.of());
  }

  /** Ends it. */
  public void close() {
    network.ifPresent(ServerListener::close);
    line.ifPresent(SerialServer::close);
  }
}
