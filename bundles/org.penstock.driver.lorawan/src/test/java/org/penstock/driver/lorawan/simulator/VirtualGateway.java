package org.penstock.driver.lorawan.simulator;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.penstock.driver.lorawan.codec.Datagram;
import org.penstock.driver.lorawan.codec.Eui;
import org.penstock.driver.lorawan.codec.FrameException;

/**
 * A gateway with a packet forwarder: a clock of its own in microseconds, and the rule that a frame must
 * come 40 ms before it is sent.
 */
public final class VirtualGateway implements AutoCloseable {

  private static final long CLOCK = 1L << 32;
  private static final long LEAD_MICROS = 40_000;

  private final Eui eui;
  private final double megahertz;
  private final SocketAddress server;
  private final DatagramChannel channel;
  private final Thread thread;
  private final long begun = System.nanoTime();
  private final BlockingQueue<JsonObject> sent = new LinkedBlockingQueue<>();
  private final BlockingQueue<Datagram.Kind> acknowledged = new LinkedBlockingQueue<>();
  private int token;

  /** One that sends its frames to this port on loopback, and hears them on EU868's first channel. */
  public VirtualGateway(Eui eui, int port) {
    this(eui, port, 868.1);
  }

  /** One that hears frames on this channel. */
  public VirtualGateway(Eui eui, int port, double megahertz) {
    this.eui = eui;
    this.megahertz = megahertz;
    this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try {
      channel = DatagramChannel.open();
      channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread = new Thread(this::receive, "test/gateway/" + eui);
    thread.setDaemon(true);
    thread.start();
  }

  /** Its clock, microseconds. */
  public long clock() {
    return (System.nanoTime() - begun) / 1_000 % CLOCK;
  }

  /** Keeps its way open. */
  public void pull() {
    send(new Datagram(Datagram.Kind.PULL_DATA, ++token, eui, ""));
  }

  /** Has just heard a frame; gives its clock at the frame's end. */
  public long hears(byte[] phy, double snr) {
    long now = clock();
    send(
        new Datagram(
            Datagram.Kind.PUSH_DATA,
            ++token,
            eui,
            "{\"rxpk\":[{\"tmst\":"
                + now
                + ",\"freq\":"
                + megahertz
                + ",\"stat\":1,\"modu\":\"LORA\",\"datr\":\"SF7BW125\",\"rssi\":-71,"
                + "\"lsnr\":"
                + snr
                + ",\"data\":\""
                + Base64.getEncoder().encodeToString(phy)
                + "\"}]}"));
    return now;
  }

  /** Sends anything. */
  public void raw(byte[] bytes) {
    try {
      channel.send(ByteBuffer.wrap(bytes), server);
    } catch (ClosedChannelException off) {
      return; // the gateway was switched off meanwhile
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized void send(Datagram datagram) {
    raw(datagram.encode());
  }

  /** What it has sent over the air, as {@code txpk}. */
  public BlockingQueue<JsonObject> sent() {
    return sent;
  }

  /** Acknowledgements of the server. */
  public BlockingQueue<Datagram.Kind> acknowledged() {
    return acknowledged;
  }

  private void receive() {
    ByteBuffer buffer = ByteBuffer.allocate(65_536);
    while (channel.isOpen()) {
      try {
        channel.receive(buffer.clear());
        byte[] bytes = new byte[buffer.flip().remaining()];
        buffer.get(bytes);
        Datagram datagram = Datagram.parse(bytes);
        if (datagram.kind() == Datagram.Kind.PULL_RESP) {
          transmit(datagram);
        } else {
          acknowledged.add(datagram.kind());
        }
      } catch (ClosedChannelException off) {
        return;
      } catch (IOException | FrameException wrong) {
        throw new IllegalStateException("the server sends nonsense", wrong);
      }
    }
  }

  private void transmit(Datagram datagram) {
    JsonObject txpk =
        JsonParser.parseString(datagram.json()).getAsJsonObject().getAsJsonObject("txpk");
    String error = "";
    if (!txpk.get("imme").getAsBoolean()) {
      long lead = Math.floorMod(txpk.get("tmst").getAsLong() - clock(), CLOCK);
      error = lead < LEAD_MICROS || lead > CLOCK / 2 ? "TOO_LATE" : "";
    }
    if (error.isEmpty()) {
      sent.add(txpk);
    }
    String json = error.isEmpty() ? "" : "{\"txpk_ack\":{\"error\":\"" + error + "\"}}";
    send(new Datagram(Datagram.Kind.TX_ACK, datagram.token(), eui, json));
  }

  @Override
  public void close() {
    try {
      channel.close();
      thread.join(1_000);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
