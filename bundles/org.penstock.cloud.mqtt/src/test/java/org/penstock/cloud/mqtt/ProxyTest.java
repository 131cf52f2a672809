package org.penstock.cloud.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.cloud.mqtt.Transports.Events;

/** Without it a gateway behind a company's proxy would not get out. */
@Timeout(150)
class ProxyTest {

  @TempDir Path folder;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  @Test
  void anHttpProxyIsAskedForTheBrokerByName() throws Exception {
    try (Mosquitto broker = new Mosquitto(folder, "allow_anonymous true");
        ServerSocket proxy = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> serve(proxy, broker.port), "test/proxy");
      thread.setDaemon(true);
      thread.start();
      MqttDataTransport transport =
          Transports.to(
              1,
              Map.of(
                  "broker-url",
                  "mqtt://broker.invalid:" + broker.port,
                  "proxy.url",
                  "http://127.0.0.1:" + proxy.getLocalPort()));
      Events events = new Events();
      transport.addDataTransportListener(events);
      transport.connect();
      assertEquals("established", events.next());
      assertTrue(asked.get(0).startsWith("CONNECT broker.invalid:" + broker.port), "" + asked);
      transport.stop();
    }
  }

  @Test
  void aSocksProxyIsAskedForTheBrokerByName() throws Exception {
    try (Mosquitto broker = new Mosquitto(folder, "allow_anonymous true");
        ServerSocket proxy = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> serveSocks(proxy, broker.port), "test/proxy");
      thread.setDaemon(true);
      thread.start();
      MqttDataTransport transport =
          Transports.to(
              1,
              Map.of(
                  "broker-url",
                  "mqtt://broker.invalid:" + broker.port,
                  "proxy.url",
                  "socks://127.0.0.1:" + proxy.getLocalPort()));
      transport.connect();
      assertTrue(transport.isConnected());
      assertEquals("broker.invalid:" + broker.port, asked.get(0));
      transport.stop();
    }
  }

  /** SOCKS 5 (RFC 1928) without authentication, CONNECT to a name. */
  private void serveSocks(ServerSocket proxy, int broker) {
    try {
      Socket client = proxy.accept();
      DataInputStream in = new DataInputStream(client.getInputStream());
      in.readByte();
      in.readNBytes(in.readByte());
      client.getOutputStream().write(new byte[] {5, 0});
      in.readNBytes(3);
      String host =
          in.readByte() == 3
              ? new String(in.readNBytes(in.readByte()), StandardCharsets.US_ASCII)
              : "no name";
      asked.add(host + ":" + in.readUnsignedShort());
      Socket onward = new Socket(InetAddress.getLoopbackAddress(), broker);
      client.getOutputStream().write(new byte[] {5, 0, 0, 1, 127, 0, 0, 1, 0, 0});
      pass(client, onward);
      pass(onward, client);
    } catch (IOException e) {
      asked.add("failed: " + e);
    }
  }

  private void serve(ServerSocket proxy, int broker) {
    try {
      Socket client = proxy.accept();
      StringBuilder head = new StringBuilder();
      while (!head.toString().endsWith("\r\n\r\n")) {
        head.append((char) client.getInputStream().read());
      }
      asked.add(head.toString());
      Socket onward = new Socket(InetAddress.getLoopbackAddress(), broker);
      client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      pass(client, onward);
      pass(onward, client);
    } catch (IOException e) {
      asked.add("failed: " + e);
    }
  }

  private void pass(Socket from, Socket to) {
    Thread thread =
        new Thread(
            () -> {
              try (InputStream in = from.getInputStream()) {
                in.transferTo(to.getOutputStream());
              } catch (IOException e) {
                asked.add("ended: " + e);
              }
            },
            "test/proxy");
    thread.setDaemon(true);
    thread.start();
  }
}
