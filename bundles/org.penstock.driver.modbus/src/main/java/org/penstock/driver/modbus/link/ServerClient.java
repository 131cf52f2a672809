package org.penstock.driver.modbus.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.penstock.driver.modbus.codec.Frame;
import org.penstock.driver.modbus.codec.Framing;
import org.penstock.driver.modbus.codec.TcpFraming;

/** One client of the server. All in the loop's thread. */
final class ServerClient implements NetworkLoop.Endpoint {

  private static final int BUFFERED = 8_192;

  private final NetworkLoop loop;
  private final SocketChannel channel;
  private final ServerHandler handler;
  private final LongAdder requests;
  private final Consumer<ServerClient> onClose;
  private final Framing framing = new TcpFraming();
  private final ByteBuffer in = ByteBuffer.allocate(BUFFERED);
  private final ByteBuffer out = ByteBuffer.allocate(BUFFERED);
  private final SelectionKey key;
  private long heardAt = System.nanoTime();

  ServerClient(
      NetworkLoop loop,
      SocketChannel channel,
      ServerHandler handler,
      LongAdder requests,
      Consumer<ServerClient> onClose)
      throws IOException {
    this.loop = loop;
    this.channel = channel;
    this.handler = handler;
    this.requests = requests;
    this.onClose = onClose;
    channel.configureBlocking(false);
    channel.socket().setTcpNoDelay(true);
    channel.socket().setKeepAlive(true);
    key = channel.register(loop.selector(), SelectionKey.OP_READ, this);
    loop.add(this);
  }

  @Override
  public void ready(SelectionKey ready, long now) {
    try {
      if (ready.isWritable()) {
        flush();
      }
      if (ready.isReadable()) {
        heardAt = now;
        if (channel.read(in) < 0) {
          abort("the client has closed");
          return;
        }
      }
      in.flip();
      Optional<Frame> frame = framing.decode(in);
      while (frame.isPresent()) {
        take(frame.get());
        in.position(frame.get().end());
        frame = framing.decode(in);
      }
      in.compact();
    } catch (IOException | Framing.DamagedException broken) {
      abort(broken.getMessage());
    }
  }

  /** Nanoseconds since it said something. */
  long silentSince(long now) {
    return now - heardAt;
  }

  private void take(Frame frame) {
    requests.increment();
    byte[] pdu = new byte[frame.length()];
    in.get(frame.pdu(), pdu);
    handler.request(
        frame.unit(),
        pdu,
        answer ->
            loop.execute(
                () -> {
                  if (channel.isOpen()) {
                    send(frame, answer);
                  }
                }));
  }

  private void send(Frame request, byte[] answer) {
    if (out.remaining() < framing.longest()) {
      abort("the client does not read its answers");
      return;
    }
    framing.encode(out, request.transaction(), request.unit(), answer);
    try {
      flush();
    } catch (IOException broken) {
      abort(broken.getMessage());
    }
  }

  private void flush() throws IOException {
    out.flip();
    channel.write(out);
    out.compact();
    key.interestOps(
        out.position() == 0 ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
  }

  @Override
  public void timer(long now) {
    // asks for none
  }

  @Override
  public void abort(String reason) {
    loop.remove(this);
    onClose.accept(this);
    try {
      channel.close();
    } catch (IOException alreadyGone) {
      in.clear();
    }
  }
}
