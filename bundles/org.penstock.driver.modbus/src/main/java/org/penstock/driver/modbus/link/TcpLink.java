package org.penstock.driver.modbus.link;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.penstock.api.driver.LinkState;
import org.penstock.driver.kit.BackOff;
import org.penstock.driver.kit.LinkSupervisor;
import org.penstock.driver.modbus.codec.Frame;
import org.penstock.driver.modbus.codec.Framing;

/**
 * One connection to a device or gateway, shared by all who talk to that address. It connects with the
 * first request. An answer must carry the transaction id and the unit id of a request in flight; bytes
 * that are no frame end the connection at once, since nothing after them can be trusted.
 */
public final class TcpLink implements Link, TcpLoop.Endpoint {

  private static final BackOff BACK_OFF =
      new BackOff(Duration.ofMillis(100), Duration.ofMillis(400));
  private static final int SILENCES_BEFORE_RECONNECT = 3;
  private static final int PAST_TRANSACTIONS = 4096;

  private final TcpLoop loop;
  private final String host;
  private final int port;
  private final Framing framing;
  private final LinkOptions options;
  private final LinkSupervisor supervisor;
  private final Schedule schedule;
  private final LinkCounters counters = new LinkCounters();
  private final ByteBuffer out;
  private final ByteBuffer carry;
  private SocketChannel channel;
  private SelectionKey key;
  private long connectBy;
  private long timerAt = Long.MAX_VALUE;
  private int transaction;
  private int silences;
  private boolean proven;

  /** A link that connects when it is first used. */
  public TcpLink(TcpLoop loop, String host, int port, Framing framing, LinkOptions options) {
    this.loop = loop;
    this.host = host;
    this.port = port;
    this.framing = framing;
    this.options = options;
    String name = host + ":" + port;
    this.supervisor = new LinkSupervisor("driver/modbus " + name, BACK_OFF);
    this.schedule = new Schedule(name, options);
    this.out = ByteBuffer.allocateDirect(framing.longest() * Math.max(1, options.window()));
    this.carry = ByteBuffer.allocate(framing.longest() * (options.window() + 1));
    loop.add(this);
  }

  @Override
  public void send(Collection<Exchange> exchanges) {
    loop.execute(() -> enqueue(exchanges));
    if (loop.isClosed()) {
      loop.execute(() -> schedule.failAll("the driver is stopped"));
    }
  }

  private void enqueue(Collection<Exchange> exchanges) {
    long now = System.nanoTime();
    for (Exchange exchange : exchanges) {
      schedule.add(exchange, now);
    }
    if (channel == null && !schedule.idle()) {
      connect(now);
    }
    pump(now);
  }

  private void connect(long now) {
    if (loop.isClosed()) {
      schedule.failAll("the driver is stopped");
    } else if (supervisor.tryToConnect()) {
      try {
        channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        key = channel.register(loop.selector(), SelectionKey.OP_CONNECT, this);
        connectBy = now + options.connectTimeout().toNanos();
        if (channel.connect(new InetSocketAddress(host, port))) {
          connected();
        } else {
          arm(connectBy);
        }
      } catch (IOException | UnresolvedAddressException problem) {
        lost(reasonOf(problem));
      }
    } else {
      schedule.failAll(
          supervisor.refusal().map(Throwable::getMessage).orElse("waiting to connect again"));
    }
  }

  private String reasonOf(Exception problem) {
    return problem instanceof UnresolvedAddressException
        ? "host name " + host + " is unknown; check it"
        : problem.getMessage() + "; check address, port and that the device is on";
  }

  private boolean isConnected() {
    return channel != null && channel.isConnected();
  }

  private void connected() {
    silences = 0;
    proven = false;
    out.clear();
    carry.clear();
    key.interestOps(SelectionKey.OP_READ);
    counters.connected();
    supervisor.online();
  }

  /** The connection is gone, or could not be made: whoever waits hears of it. */
  private void lost(String reason) {
    drop();
    supervisor.offline(reason);
    schedule.failAll(reason);
  }

  private void drop() {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException alreadyGone) {
        counters.damaged();
      }
    }
    channel = null;
    key = null;
  }

  /**
   * The connection has become useless. A new one is made at once, and what waits goes on there, unless
   * this one never was of use.
   */
  private void restart(String reason, long now) {
    if (!proven) {
      lost(reason);
      return;
    }
    drop();
    schedule.requeue(reason, now);
    if (!schedule.idle()) {
      connect(now);
    }
  }

  private void pump(long now) {
    if (!isConnected()) {
      return;
    }
    while (out.remaining() >= framing.longest()) {
      Optional<Exchange> next = schedule.next(now);
      if (next.isEmpty()) {
        break;
      }
      encode(next.get(), now);
    }
    flush();
    arm(schedule.wakeAt(now));
  }

  private void encode(Exchange exchange, long now) {
    transaction = transaction + 1 & 0xffff;
    framing.encode(out, transaction, exchange.unit(), exchange.request().pdu());
    schedule.sent(exchange, transaction, now);
    counters.sent();
  }

  private void flush() {
    if (out.position() == 0) {
      return;
    }
    out.flip();
    try {
      channel.write(out);
    } catch (IOException broken) {
      out.compact();
      lost(reasonOf(broken));
      return;
    }
    boolean all = !out.hasRemaining();
    out.compact();
    int interest = all ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
    if (key.interestOps() != interest) {
      key.interestOps(interest);
    }
  }

  @Override
  public void ready(SelectionKey ready, long now) {
    try {
      if (ready.isConnectable() && channel.finishConnect()) {
        connected();
      }
      if (ready.isReadable()) {
        receive(now);
      }
      pump(now);
    } catch (IOException broken) {
      lost(reasonOf(broken));
    }
  }

  private void receive(long now) throws IOException {
    ByteBuffer in = loop.received();
    in.clear();
    in.put(carry.flip());
    carry.clear();
    int count = channel.read(in);
    in.flip();
    if (count < 0) {
      restart("the device closed the connection", now);
      return;
    }
    try {
      Optional<Frame> frame = framing.decode(in);
      while (frame.isPresent() && isConnected()) {
        in.position(frame.get().end());
        take(in, frame.get(), now);
        frame = framing.decode(in);
      }
      if (isConnected()) {
        carry.put(in);
      }
    } catch (Framing.DamagedException damaged) {
      counters.damaged();
      restart(damaged.getMessage(), now);
    }
  }

  private void take(ByteBuffer in, Frame frame, long now) {
    Optional<Exchange> match =
        schedule.inFlight(
            e ->
                frame.transaction() == Frame.NO_TRANSACTION
                    || e.progress().transaction == frame.transaction());
    if (match.isEmpty()) {
      stray(frame, now);
      return;
    }
    Exchange exchange = match.get();
    ByteBuffer pdu = in.duplicate().limit(frame.pdu() + frame.length()).position(frame.pdu());
    if (frame.unit() != exchange.unit()) {
      unusable(exchange, "unit " + frame.unit() + " answered instead", now);
    } else if (!exchange.request().fits(pdu)) {
      unusable(exchange, "the answer does not fit the request", now);
    } else {
      silences = 0;
      proven = true;
      counters.answered();
      schedule.answered(exchange, pdu, now);
    }
  }

  /** An answer to nothing: a late one is dropped, any other one must be the damaged answer. */
  private void stray(Frame frame, long now) {
    int age = transaction - frame.transaction() & 0xffff;
    boolean late = age > 0 && age < PAST_TRANSACTIONS;
    counters.stray();
    if (!late && schedule.inFlight() == 1) {
      schedule
          .inFlight(any -> true)
          .ifPresent(e -> unusable(e, "the answer carries another transaction id", now));
    }
  }

  private void unusable(Exchange exchange, String reason, long now) {
    counters.damaged();
    if (schedule.mayRepeat(exchange, now) && out.remaining() >= framing.longest()) {
      counters.repeated();
      encode(exchange, now);
    } else {
      schedule.failed(exchange, reason);
    }
  }

  @Override
  public void timer(long now) {
    if (timerAt == Long.MAX_VALUE || timerAt - now > 0) {
      return; // an earlier one has taken its place
    }
    timerAt = Long.MAX_VALUE;
    if (channel != null && !isConnected()) {
      if (now - connectBy >= 0) {
        lost("no connection within " + options.connectTimeout().toMillis() + " ms; check address");
      } else {
        arm(connectBy);
      }
      return;
    }
    for (Exchange exchange : schedule.due(now)) {
      if (schedule.mayRepeat(exchange, now) && out.remaining() >= framing.longest()) {
        counters.repeated();
        encode(exchange, now);
      } else {
        counters.timedOut();
        silences++;
        schedule.silent(exchange, now);
      }
    }
    if (silences >= SILENCES_BEFORE_RECONNECT && isConnected()) {
      restart("the device is silent", now);
    }
    pump(now);
  }

  private void arm(long at) {
    if (at != Long.MAX_VALUE && (timerAt == Long.MAX_VALUE || at - timerAt < 0)) {
      timerAt = at;
      loop.wakeAt(at, this);
    }
  }

  @Override
  public void abort(String reason) {
    if (channel != null && !isConnected()) {
      supervisor.offline(reason);
    }
    drop();
    schedule.failAll(reason);
  }

  @Override
  public void release(Object owner) {
    awaitInLoop(() -> schedule.release(owner));
  }

  @Override
  public void close() {
    awaitInLoop(
        () -> {
          drop();
          schedule.failAll("the driver is stopped");
          loop.remove(this);
        });
  }

  private void awaitInLoop(Runnable task) {
    CountDownLatch done = new CountDownLatch(1);
    loop.execute(
        () -> {
          task.run();
          done.countDown();
        });
    try {
      if (!loop.isClosed()) {
        done.await(1, TimeUnit.SECONDS);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public LinkState state() {
    return supervisor.state();
  }

  @Override
  public LinkState unitState(int unit) {
    return schedule.unitState(unit);
  }

  @Override
  public Map<String, Object> figures() {
    return counters.figures();
  }
}
