package org.penstock.driver.kit.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A device on TCP to begin a simulator with: it listens on a free port of the loopback interface,
 * takes any number of connections, and can be made to show every {@link Fault}. A protocol's
 * simulator extends it, cuts requests out of the stream, and answers them. One daemon thread for
 * each connection; nothing is left after {@link #close}.
 */
public abstract class TcpSimulator implements AutoCloseable {

  private static final byte[] NOISE = {0x13, 0x37, 0x00, (byte) 0xff, 0x55, (byte) 0xaa, 0x01};

  private final AtomicReference<Fault> fault = new AtomicReference<>(Fault.NONE);
  private final AtomicReference<ServerSocket> server = new AtomicReference<>();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final int port;

  /** Listens from now on. */
  protected TcpSimulator() {
    try {
      port = listen(0);
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
  }

  /**
   * Reads one request.
   *
   * @return null at the end of the stream
   */
  protected abstract byte[] readRequest(InputStream in) throws IOException;

  /** The right answer to a request. Any thread. */
  protected abstract byte[] answer(byte[] request);

  /** The port on which it listens, also while it is absent. */
  public final int port() {
    return port;
  }

  /** Connections that are open now. */
  public final int connections() {
    return connections.size();
  }

  /** Behaves so from now on. */
  public final synchronized void set(Fault next) {
    Fault before = fault.getAndSet(next);
    try {
      if (next == Fault.ABSENT) {
        disappear();
      } else if (before == Fault.ABSENT) {
        listenAgain();
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** The driver's own next try may have been given this very port meanwhile, for a moment. */
  private void listenAgain() throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (true) {
      try {
        listen(port);
        return;
      } catch (BindException taken) {
        if (System.nanoTime() > end) {
          throw taken;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
    }
  }

  private int listen(int wanted) throws IOException {
    ServerSocket next = new ServerSocket();
    next.setReuseAddress(true);
    next.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
    server.set(next);
    start(() -> accept(next));
    return next.getLocalPort();
  }

  private void disappear() throws IOException {
    server.get().close();
    for (Socket connection : connections) {
      connection.close();
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "simulator");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept(ServerSocket listening) {
    while (!listening.isClosed()) {
      try {
        Socket connection = listening.accept();
        connections.add(connection);
        start(() -> serve(connection));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      InputStream in = connection.getInputStream();
      OutputStream out = connection.getOutputStream();
      for (byte[] request = readRequest(in); request != null; request = readRequest(in)) {
        respond(out, answer(request), connection);
      }
    } catch (IOException gone) {
      connections.remove(connection); // the other end has gone, or this one was made to
    } finally {
      connections.remove(connection);
    }
  }

  private void respond(OutputStream out, byte[] answer, Socket connection) throws IOException {
    switch (fault.get()) {
      case NONE -> out.write(answer);
      case GARBAGE -> out.write(NOISE);
      case TRUNCATED -> {
        out.write(Arrays.copyOf(answer, answer.length / 2));
        connection.close();
      }
      case SILENT, ABSENT -> out.flush();
    }
  }

  /** Stops listening and cuts all connections. */
  @Override
  public synchronized void close() throws IOException {
    disappear();
  }
}
