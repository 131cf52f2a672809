package org.penstock.driver.lorawan.link;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.java_websocket.WebSocket;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.framing.Framedata;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.SSLParametersWebSocketServerFactory;
import org.java_websocket.server.WebSocketServer;

/** A port for websockets, plain or with TLS: texts in, texts out; no meaning. */
public final class StationLink implements AutoCloseable {

  private static final int LONGEST = 65_536;
  private static final int MOST = 1_000;
  private static final int LOST_SECONDS = 30;
  private static final int START_SECONDS = 10;
  private static final int STOP_MILLIS = 1_000;

  private final Server server;
  private final LongAdder faults = new LongAdder();
  private final CountDownLatch started = new CountDownLatch(1);
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  /** Hears what happens, in threads of the link, and must return at once. */
  public interface Receiver {
    /** Somebody has connected, whose request has this path; true when it may stay. */
    boolean opened(Peer peer, String path);

    /** It has sent a text, or with null: it has answered to the link's question if it lives. */
    void text(Peer peer, String text);

    /** It has gone. */
    void closed(Peer peer);
  }

  /**
   * How it is protected.
   *
   * @param tls null for none
   * @param clients they must show a certificate that is trusted
   * @param authorization what the header Authorization must be; empty for anything
   */
  public record Guard(SSLContext tls, boolean clients, String authorization) {}

  /** One that is connected; the same object for all its life. */
  public static final class Peer {
    private final WebSocket socket;
    private final String base;
    private final AtomicBoolean served = new AtomicBoolean();

    private Peer(WebSocket socket, String base) {
      this.socket = socket;
      this.base = base;
    }

    /** The address that it has used for this server, without path. */
    public String base() {
      return base;
    }

    /** It has come to stay. */
    public void serve() {
      served.set(true);
    }

    /** It has come to stay. */
    public boolean served() {
      return served.get();
    }

    /** Where it is; null when it has gone. */
    public InetSocketAddress address() {
      return socket.getRemoteSocketAddress();
    }

    /** Sends a text; false when it has gone. Any thread may call; does not wait. */
    public boolean send(String text) {
      boolean open = socket.isOpen();
      if (open) {
        socket.send(text);
      }
      return open;
    }

    /** Sends it away. */
    public void close(String why) {
      socket.close(CloseFrame.POLICY_VALIDATION, why);
    }
  }

  /**
   * Binds the port and begins.
   *
   * @param name of the thread
   * @throws IOException when the port can't be had
   */
  public StationLink(String name, InetSocketAddress local, Guard guard, Receiver receiver)
      throws IOException {
    this.server = new Server(local, guard, receiver);
    server.setDaemon(true);
    server.setReuseAddr(true);
    server.setTcpNoDelay(true);
    server.setConnectionLostTimeout(LOST_SECONDS);
    if (guard.tls() != null) {
      SSLParameters parameters = guard.tls().getDefaultSSLParameters();
      parameters.setNeedClientAuth(guard.clients());
      parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
      server.setWebSocketFactory(new SSLParametersWebSocketServerFactory(guard.tls(), parameters));
    }
    Thread thread = new Thread(server, name);
    thread.setDaemon(true);
    thread.start();
    try {
      if (!started.await(START_SECONDS, TimeUnit.SECONDS) || failure.get() != null) {
        close();
        throw new IOException(local + " can't be bound: " + failure.get(), failure.get());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      close();
      throw new IOException("interrupted", stopped);
    }
  }

  /** The port that was really bound. */
  public int port() {
    return server.getPort();
  }

  /** Connections that ended with an error. */
  public long faults() {
    return faults.sum();
  }

  @Override
  public void close() {
    try {
      server.stop(STOP_MILLIS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Server extends WebSocketServer {

    private final Guard guard;
    private final Receiver receiver;

    private Server(InetSocketAddress local, Guard guard, Receiver receiver) {
      super(local, 1, List.of(new Draft_6455(List.of(), LONGEST)));
      this.guard = guard;
      this.receiver = receiver;
    }

    @Override
    public void onStart() {
      started.countDown();
    }

    @Override
    public void onOpen(WebSocket socket, ClientHandshake request) {
      String scheme = guard.tls() == null ? "ws://" : "wss://";
      Peer peer = new Peer(socket, scheme + request.getFieldValue("Host"));
      socket.setAttachment(peer);
      boolean known =
          guard.authorization().isEmpty()
              || guard.authorization().equals(request.getFieldValue("Authorization"));
      boolean many = getConnections().size() > MOST;
      if (many || !known || !receiver.opened(peer, request.getResourceDescriptor())) {
        peer.close("not served here");
      }
    }

    @Override
    public void onMessage(WebSocket socket, String text) {
      receiver.text(socket.getAttachment(), text);
    }

    @Override
    public void onMessage(WebSocket socket, ByteBuffer bytes) {
      socket.close(CloseFrame.REFUSE, "only text");
    }

    @Override
    public void onWebsocketPong(WebSocket socket, Framedata frame) {
      super.onWebsocketPong(socket, frame);
      receiver.text(socket.getAttachment(), null);
    }

    @Override
    public void onClose(WebSocket socket, int code, String reason, boolean remote) {
      Peer peer = socket.getAttachment();
      if (peer != null) {
        receiver.closed(peer);
      }
    }

    @Override
    public void onError(WebSocket socket, Exception error) {
      faults.increment();
      if (socket == null && started.getCount() > 0) {
        failure.set(error);
        started.countDown();
      }
    }
  }
}
