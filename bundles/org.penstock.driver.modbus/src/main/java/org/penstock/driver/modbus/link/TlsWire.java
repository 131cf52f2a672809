package org.penstock.driver.modbus.link;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;

/** TCP with TLS (Modbus/TCP Security, MB-TCP-Security-v21): the same frames, encrypted. */
final class TlsWire implements Wire {

  private final TcpWire tcp = new TcpWire();
  private final SSLEngine engine;
  private final ByteBuffer sealed; // to be sent
  private final ByteBuffer arrived; // still sealed
  private final ByteBuffer opened; // not yet taken

  TlsWire(SSLEngine engine) throws IOException {
    this.engine = engine;
    int packet = engine.getSession().getPacketBufferSize();
    this.sealed = ByteBuffer.allocate(2 * packet);
    this.arrived = ByteBuffer.allocate(2 * packet);
    this.opened = ByteBuffer.allocate(2 * engine.getSession().getApplicationBufferSize());
  }

  @Override
  public SelectableChannel channel() {
    return tcp.channel();
  }

  @Override
  public boolean connect(SocketAddress address) throws IOException {
    return tcp.connect(address) && finish();
  }

  @Override
  public boolean finish() throws IOException {
    if (!tcp.finish()) {
      return false;
    }
    if (engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING
        && engine.getSession().getProtocol().equals("NONE")) {
      engine.beginHandshake();
    }
    return shake();
  }

  /** Goes on with the handshake as far as bytes allow; true when there is none (any more). */
  private boolean shake() throws IOException {
    while (true) {
      flush();
      switch (engine.getHandshakeStatus()) {
        case NEED_TASK -> runTasks();
        case NEED_WRAP -> {
          if (sealed.position() > 0) {
            return false; // the socket is full
          }
          engine.wrap(ByteBuffer.allocate(0), sealed);
        }
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
          if (!unwrap()) {
            return false;
          }
        }
        default -> {
          return true;
        }
      }
    }
  }

  private void runTasks() {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
  }

  /** Opens one packet; false when more bytes are needed. */
  private boolean unwrap() throws IOException {
    while (true) {
      arrived.flip();
      SSLEngineResult result = engine.unwrap(arrived, opened);
      arrived.compact();
      if (result.getStatus() == Status.OK) {
        return true;
      }
      if (result.getStatus() == Status.CLOSED) {
        throw new IOException("the other end has closed the TLS session");
      }
      if (result.getStatus() == Status.BUFFER_OVERFLOW) {
        return false; // what is opened must be taken first
      }
      int count = tcp.read(arrived);
      if (count < 0) {
        throw new IOException("the other end closed during the TLS handshake");
      }
      if (count == 0) {
        return false;
      }
    }
  }

  @Override
  public boolean wantsToSend() {
    return sealed.position() > 0;
  }

  @Override
  public boolean packets() {
    return false;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    int count = tcp.read(arrived);
    while (arrived.position() > 0) {
      int before = arrived.position();
      arrived.flip();
      SSLEngineResult result = engine.unwrap(arrived, opened);
      arrived.compact();
      if (engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
        shake(); // a key update or a new ticket
      }
      if (result.getStatus() != Status.OK || arrived.position() == before) {
        break;
      }
    }
    opened.flip();
    int taken = Math.min(opened.remaining(), into.remaining());
    into.put(opened.slice(opened.position(), taken));
    opened.position(opened.position() + taken);
    opened.compact();
    return taken == 0 && (count < 0 || engine.isInboundDone()) ? -1 : taken;
  }

  @Override
  public void write(ByteBuffer from) throws IOException {
    flush();
    while (from.hasRemaining() && sealed.remaining() >= engine.getSession().getPacketBufferSize()) {
      engine.wrap(from, sealed);
    }
    flush();
  }

  private void flush() throws IOException {
    if (sealed.position() > 0) {
      sealed.flip();
      tcp.write(sealed);
      sealed.compact();
    }
  }

  @Override
  public void close() throws IOException {
    engine.closeOutbound();
    tcp.close();
  }
}
