package org.penstock.driver.modbus.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.LongAdder;

/**
 * A Modbus TCP device or gateway with several units, for tests, demonstrations and trials by hand.
 * It shares no code with the driver. Units that were not asked for with {@link #unit} are silent;
 * unit id 0 is a broadcast, as on the serial lines behind a gateway.
 *
 * <pre>
 * try (ModbusSimulator plant = ModbusSimulator.open(0)) {
 *   plant.unit(1).holdingRegisters().set(100, 42);
 *   plant.unit(1).coils().onWrite((address, value) -> ...);
 *   ... plant.port() ...
 * }
 * </pre>
 */
public final class ModbusSimulator implements AutoCloseable {

  /** Hears of each good answer to a read, before it is sent, in the connection's thread. */
  @FunctionalInterface
  public interface ReadListener {

    /**
     * Values are about to be sent.
     *
     * @param unit id
     * @param function 1 to 4
     * @param address of the first
     * @param count registers or bits
     */
    void read(int unit, int function, int address, int count);
  }

  private final InetAddress address;
  private final int port;
  private final Map<Integer, SimulatedUnit> units = new ConcurrentHashMap<>();
  private final List<ReadListener> readListeners = new CopyOnWriteArrayList<>();
  private final Set<SimulatedConnection> connections = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService delays;
  private final LongAdder requests = new LongAdder();
  private final LongAdder answers = new LongAdder();
  private final LongAdder values = new LongAdder();
  private final LongAdder accepted = new LongAdder();
  private volatile Behaviour.Script script = Behaviour.always(Behaviour.NORMAL);
  private volatile ServerSocket server;

  private ModbusSimulator(ServerSocket server) {
    this.address = server.getInetAddress();
    this.port = server.getLocalPort();
    this.delays =
        Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "simulator-delays"));
    listen(server);
  }

  /**
   * A simulator on the loopback interface.
   *
   * @param port 0 for any free one
   */
  public static ModbusSimulator open(int port) throws IOException {
    return open(InetAddress.getLoopbackAddress(), port);
  }

  /** A simulator on the given interface. */
  public static ModbusSimulator open(InetAddress address, int port) throws IOException {
    return new ModbusSimulator(bind(address, port));
  }

  /** The port on which it listens. */
  public int port() {
    return port;
  }

  /** The unit with this id; from the first call on it answers. */
  public SimulatedUnit unit(int id) {
    return units.computeIfAbsent(id, SimulatedUnit::new);
  }

  /** From now on this unit is silent. */
  public void remove(int id) {
    units.remove(id);
  }

  /** How answers are treated from now on. */
  public void script(Behaviour.Script next) {
    script = next;
  }

  /** Adds a listener of answers to reads. */
  public void onRead(ReadListener listener) {
    readListeners.add(listener);
  }

  /** Requests received. */
  public long requests() {
    return requests.sum();
  }

  /** Answers sent, exceptions included. */
  public long answers() {
    return answers.sum();
  }

  /** Registers and bits sent in answers to reads. */
  public long values() {
    return values.sum();
  }

  /** Connections accepted since the beginning. */
  public long accepted() {
    return accepted.sum();
  }

  /** Connections open now. */
  public int connections() {
    return connections.size();
  }

  /** Goes away (true: no listening socket, connections cut) or comes back at the same port. */
  public synchronized void absent(boolean away) {
    try {
      if (away) {
        server.close();
        connections.forEach(SimulatedConnection::close);
      } else if (server.isClosed()) {
        listen(bind(address, port));
      }
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  /** Cuts all connections; new ones are accepted. */
  public void dropConnections() {
    connections.forEach(SimulatedConnection::close);
  }

  @Override
  public void close() {
    absent(true);
    delays.shutdownNow();
  }

  SimulatedUnit find(int id) {
    return units.get(id);
  }

  /** All units act on it, none answers. */
  void broadcast(byte[] request) {
    units.values().forEach(unit -> unit.answer(request));
  }

  Behaviour next(int unit, int function) {
    return script.next(unit, function);
  }

  ScheduledExecutorService delays() {
    return delays;
  }

  void received() {
    requests.increment();
  }

  /** An answer goes out; called before the bytes do, so that a counter is never behind the wire. */
  void answered(int unit, byte[] request, byte[] answer) {
    answers.increment();
    int function = answer[0] & 0xff;
    if (function >= 1 && function <= 4) {
      int first = (request[1] & 0xff) << 8 | request[2] & 0xff;
      int count = (request[3] & 0xff) << 8 | request[4] & 0xff;
      values.add(count);
      readListeners.forEach(listener -> listener.read(unit, function, first, count));
    }
  }

  void gone(SimulatedConnection connection) {
    connections.remove(connection);
  }

  private void listen(ServerSocket next) {
    server = next;
    daemon(() -> acceptAll(next), "simulator-" + port).start();
  }

  private void acceptAll(ServerSocket listening) {
    try {
      while (true) {
        Socket socket = listening.accept();
        accepted.increment();
        SimulatedConnection connection = new SimulatedConnection(this, socket);
        connections.add(connection);
        if (listening.isClosed()) {
          connection.close();
        }
        daemon(connection, "simulator-" + port + "-" + socket.getPort()).start();
      }
    } catch (IOException closed) {
      connections.removeIf(SimulatedConnection::isClosed);
    }
  }

  private static ServerSocket bind(InetAddress address, int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(address, port), 512);
    return socket;
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
