package org.penstock.acceptance.product;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Stands between the gateway and a broker and notes what really passes: each QoS 1 PUBLISH on its way
 * there and each PUBACK on its way back. A broker that forgets what it acknowledged when it is killed
 * can't be taken for a gateway that loses messages.
 */
public final class MqttTap implements AutoCloseable {

  private static final int PUBLISH = 3;
  private static final int PUBACK = 4;

  private final ServerSocket server;
  private final int broker;
  private final String topic;
  private final Queue<String> sent = new ConcurrentLinkedQueue<>();
  private final Set<String> confirmed = ConcurrentHashMap.newKeySet();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /** Listens on a free port for clients of the broker; notes payloads of this topic. */
  public MqttTap(int broker, String topic) {
    this.broker = broker;
    this.topic = topic;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread(this::accept);
  }

  public int port() {
    return server.getLocalPort();
  }

  /** Payloads in the order in which they passed, again for each time. */
  public List<String> sent() {
    return List.copyOf(sent);
  }

  /** Payloads for which a PUBACK passed. */
  public Set<String> confirmed() {
    return Collections.unmodifiableSet(confirmed);
  }

  private static void thread(Runnable task) {
    Thread thread = new Thread(task, "test/tap");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        open.add(client);
        connect(client);
      } catch (IOException e) {
        open.removeIf(Socket::isClosed); // closed by the test
      }
    }
  }

  private void connect(Socket client) throws IOException {
    try {
      Socket onward = new Socket(InetAddress.getLoopbackAddress(), broker);
      open.add(onward);
      client.setTcpNoDelay(true);
      onward.setTcpNoDelay(true);
      Map<Integer, String> flying = new ConcurrentHashMap<>();
      thread(() -> pass(client, onward, packet -> published(packet, flying)));
      thread(() -> pass(onward, client, packet -> acknowledged(packet, flying)));
    } catch (IOException e) {
      client.close(); // the broker is away
    }
  }

  /** Looks at a whole packet before it goes on. */
  private interface Note {
    void packet(byte[] packet);
  }

  private void pass(Socket from, Socket to, Note note) {
    try (from;
        to) {
      DataInputStream in =
          new DataInputStream(new BufferedInputStream(from.getInputStream(), 65536));
      OutputStream out = to.getOutputStream();
      while (true) {
        byte[] packet = packet(in);
        note.packet(packet);
        out.write(packet);
      }
    } catch (IOException e) {
      open.removeIf(Socket::isClosed); // one side has gone, so goes the other
    }
  }

  private static byte[] packet(DataInputStream in) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(5).put(in.readByte());
    int length = 0;
    int shift = 0;
    byte next;
    do {
      next = in.readByte();
      head.put(next);
      length |= (next & 0x7f) << shift;
      shift += 7;
    } while (next < 0);
    byte[] whole = new byte[head.position() + length];
    System.arraycopy(head.array(), 0, whole, 0, head.position());
    readFully(in, whole, head.position());
    return whole;
  }

  private static void readFully(InputStream in, byte[] whole, int from) throws IOException {
    int count = in.readNBytes(whole, from, whole.length - from);
    if (count < whole.length - from) {
      throw new IOException("ends within a packet");
    }
  }

  private static ByteBuffer body(byte[] packet) {
    int at = 2;
    while (packet[at - 1] < 0) {
      at++;
    }
    return ByteBuffer.wrap(packet, at, packet.length - at);
  }

  private void published(byte[] packet, Map<Integer, String> flying) {
    if ((packet[0] & 0xff) >> 4 != PUBLISH || (packet[0] >> 1 & 3) == 0) {
      return;
    }
    ByteBuffer in = body(packet);
    byte[] name = new byte[in.getShort()];
    in.get(name);
    int id = in.getShort() & 0xffff;
    if (new String(name, StandardCharsets.UTF_8).equals(topic)) {
      String payload = StandardCharsets.UTF_8.decode(in).toString();
      flying.put(id, payload);
      sent.add(payload);
    }
  }

  private void acknowledged(byte[] packet, Map<Integer, String> flying) {
    if ((packet[0] & 0xff) >> 4 == PUBACK) {
      String payload = flying.remove(body(packet).getShort() & 0xffff);
      if (payload != null) {
        confirmed.add(payload);
      }
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket each : open) {
        each.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
