package org.penstock.simulator.zigbee;

import org.penstock.simulator.zigbee.network.Faults;
import org.penstock.simulator.zigbee.network.FrontEnd;
import org.penstock.simulator.zigbee.network.SimulatedTime;
import org.penstock.simulator.zigbee.network.VirtualNetwork;

/**
 * A ZigBee network behind a simulated stick on a TCP port of loopback. All methods may be called by any thread; closing
 * frees the port and ends the threads.
 */
public final class ZigBeeSimulator implements AutoCloseable {

  /** IEEE address of the coordinator unless told otherwise. */
  public static final long COORDINATOR = 0x00124B0011223344L;

  private final VirtualNetwork network;
  private final FrontEnd frontEnd;
  private final StickLine line;
  private volatile boolean isPlugged;

  private ZigBeeSimulator(Protocol protocol, int port, long ieee, SimulatedTime time) {
    network = new VirtualNetwork(ieee, time);
    line = new StickLine(port, this::connected, this::received);
    frontEnd = protocol.frontEnd(network.coordinator(), this::write);
    network.attach(frontEnd);
    plug();
  }

  /** Starts one on a free port, with the wall's clock. */
  public static ZigBeeSimulator start(Protocol protocol) {
    return start(protocol, 0, COORDINATOR, SimulatedTime.real());
  }

  /**
   * Starts one.
   *
   * @param port 0 = any free one
   * @param ieee IEEE address of the coordinator
   * @param time clock of the devices; it is closed with the simulator
   */
  public static ZigBeeSimulator start(Protocol protocol, int port, long ieee, SimulatedTime time) {
    return new ZigBeeSimulator(protocol, port, ieee, time);
  }

  private void connected() {
    network.coordinator().loop().run(() -> frontEnd.connected());
  }

  private void received(byte... octets) {
    network
        .coordinator()
        .loop()
        .run(
            () -> {
              if (isPlugged) {
                frontEnd.received(octets);
              }
            });
  }

  private void write(byte... octets) {
    if (isPlugged) {
      line.write(octets);
    }
  }

  /** TCP port on loopback; stays the same over {@link #unplug} and {@link #plug}. */
  public int port() {
    return line.port();
  }

  /** Whether a host is connected. */
  public boolean hasHost() {
    return line.hasHost();
  }

  /** Devices, joining, what the coordinator runs. */
  public VirtualNetwork network() {
    return network;
  }

  /** What goes wrong on the air and on the line. */
  public Faults faults() {
    return network.faults();
  }

  /** Pulls the stick: the connection is closed, the port refuses, the coordinator is off the air. */
  public void unplug() {
    isPlugged = false;
    line.close();
    network.call(
        () -> {
          frontEnd.powerCycle();
          return null;
        });
  }

  /** Plugs it in again: it has its memory, and waits for the host to start the network. */
  public void plug() {
    isPlugged = true;
    line.open();
  }

  /** Only the line fails: the host is cut off and may connect again at once; the network runs on. */
  public void dropLine() {
    line.close();
    line.open();
  }

  /** The stick resets by itself, as by its watchdog; the line stays. */
  public void reset() {
    network.call(
        () -> {
          frontEnd.powerCycle();
          return null;
        });
  }

  @Override
  public void close() {
    isPlugged = false;
    line.close();
    network.close();
  }
}
