package org.penstock.driver.modbus.link;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.penstock.api.driver.LinkState;
import org.penstock.driver.kit.BackOff;
import org.penstock.driver.kit.FrameTrace;
import org.penstock.driver.kit.LinkSupervisor;
import org.penstock.driver.modbus.codec.Frame;
import org.penstock.driver.modbus.codec.Framing;

/**
 * One connection to a device or gateway, shared by all who talk to that address. It connects with the
 * first request. An answer must carry the transaction id and the unit id of a request in flight; bytes
 * that are no frame end the connection at once, since nothing after them can be trusted.
 */
final class NetworkLink implements Link, NetworkLoop.Endpoint {

  private static final BackOff BACK_OFF =
      new BackOff(Duration.ofMillis(100), Duration.ofMillis(400));
  private static final int SILENCES_BEFORE_RECONNECT = 3;
  private static final int USELESS_BEFORE_BACK_OFF = 3;
  private static final int PAST_TRANSACTIONS = 4096;

  private static final String STOPPED = "the driver is stopped";

  private final NetworkLoop loop;
  private final String host;
  private final int port;
  private final Wire.Opener opener;
  private final Framing framing;
  private final LinkOptions options;
  private final LinkSupervisor supervisor;
  private final Schedule schedule;
  private final Trace trace;
  private final LinkCounters counters = new LinkCounters();
  private final ByteBuffer out;
  private final ByteBuffer carry;
  private final Connection connection = new Connection();
  private boolean closed; // the loop's thread only

  /** A link that connects when it is first used. */
  NetworkLink(
      NetworkLoop loop,
      String host,
      int port,
      Wire.Opener opener,
      Framing framing,
      LinkOptions options) {
    this.loop = loop;
    this.host = host;
    this.port = port;
    this.opener = opener;
    this.framing = framing;
    this.options = framing.hasTransactions() ? options : options.oneAtATime();
    String name = host + ":" + port;
    this.supervisor = new LinkSupervisor("driver/modbus " + name, BACK_OFF);
    this.schedule = new Schedule(name, this.options, framing.hasTransactions());
    this.trace = new Trace(options.trace());
    int largest = new Window(this.options.window()).largest();
    this.out = ByteBuffer.allocateDirect(framing.longest() * (largest + 1));
    this.carry = ByteBuffer.allocate(framing.longest() * (largest + 2));
    loop.add(this);
  }

  @Override
  public void send(Collection<Exchange> exchanges) {
    loop.execute(() -> enqueue(exchanges));
    if (loop.isClosed()) {
      loop.executeWhenClosed(() -> schedule.failAll(STOPPED));
    }
  }

  private void enqueue(Collection<Exchange> exchanges) {
    long now = System.nanoTime();
    for (Exchange exchange : exchanges) {
      schedule.add(exchange, now);
    }
    if (connection.wire == null && !schedule.idle()) {
      connect();
    }
    pump(now);
  }

  private void connect() {
    if (connection.resolving) {
      return;
    }
    if (closed || loop.isClosed()) {
      schedule.failAll(STOPPED);
    } else if (supervisor.tryToConnect()) {
      connection.resolving = true;
      connection.connectBy = System.nanoTime() + options.connectTimeout().toNanos();
      arm(connection.connectBy);
      Resolver.resolve(host, port)
          .whenComplete((address, problem) -> loop.execute(() -> open(address)));
    } else {
      schedule.failAll(
          supervisor.refusal().map(Throwable::getMessage).orElse("waiting to connect again"));
    }
  }

  private void open(InetSocketAddress address) {
    if (!connection.resolving) {
      return; // given up meanwhile
    }
    connection.resolving = false;
    if (address == null || address.isUnresolved()) {
      lost(Resolver.wrong(host, port));
      return;
    }
    try {
      connection.wire = opener.open();
      connection.usable = false;
      connection.silences = 0;
      out.clear();
      carry.clear();
      connection.key = connection.wire.channel().register(loop.selector(), 0, this);
      if (connection.wire.connect(address)) {
        connected();
      } else {
        connection.key.interestOps(SelectionKey.OP_CONNECT);
      }
    } catch (IOException problem) {
      lost(reasonOf(problem));
    }
  }

  private static String reasonOf(IOException problem) {
    String text = problem.getMessage() == null ? problem.toString() : problem.getMessage();
    return text + "; check address, port and that the device is on";
  }

  private void connected() {
    connection.usable = true;
    connection.key.interestOps(SelectionKey.OP_READ);
    counters.connected();
    supervisor.online();
    pump(System.nanoTime());
  }

  /** The connection is gone, or could not be made: whoever waits hears of it. */
  private void lost(String reason) {
    connection.drop(counters);
    supervisor.offline(reason);
    schedule.failAll(reason);
  }

  /**
   * The connection has become useless. A new one is made at once, and what waits goes on there, unless
   * several in a row never were of use.
   */
  private void restart(String reason, long now) {
    connection.useless++;
    if (connection.useless >= USELESS_BEFORE_BACK_OFF) {
      connection.useless = 0;
      lost(reason);
      return;
    }
    connection.drop(counters);
    schedule.requeue(reason, now);
    if (!schedule.idle()) {
      connect();
    }
  }

  private void pump(long now) {
    if (!connection.usable) {
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
    connection.transaction = connection.transaction + 1 & 0xffff;
    int start = out.position();
    framing.encode(out, connection.transaction, exchange.unit(), exchange.request().pdu());
    trace.add(true, out, start, out.position());
    schedule.sent(exchange, connection.transaction, now);
    counters.sent();
    if (connection.wire.packets()) {
      flush();
    }
    if (broadcasts(exchange.unit())) {
      schedule.broadcast(exchange, now);
    }
  }

  private void flush() {
    if (out.position() == 0 && (connection.wire == null || !connection.wire.wantsToSend())) {
      return;
    }
    out.flip();
    try {
      connection.wire.write(out);
      out.compact();
      boolean all = out.position() == 0 && !connection.wire.wantsToSend();
      interest(all ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    } catch (IOException broken) {
      out.clear();
      lost(reasonOf(broken));
    }
  }

  private void interest(int operations) {
    if (connection.key.interestOps() != operations) {
      connection.key.interestOps(operations);
    }
  }

  @Override
  public void ready(SelectionKey ready, long now) {
    try {
      if (!connection.usable) {
        if (connection.wire.finish()) {
          connected();
        } else if (connection.wire.channel().isOpen()) {
          interest(
              connection.wire.wantsToSend()
                  ? SelectionKey.OP_READ | SelectionKey.OP_WRITE
                  : SelectionKey.OP_READ);
        }
        return;
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
    int before = in.position();
    int count = connection.wire.read(in);
    in.flip();
    if (count < 0) {
      restart("the device closed the connection", now);
      return;
    }
    trace.add(false, in, before, in.limit());
    try {
      Optional<Frame> frame = framing.decode(in);
      while (frame.isPresent() && connection.usable) {
        in.position(frame.get().end());
        Optional<Frame> next = framing.decode(in);
        if (next.isEmpty() && in.hasRemaining() && schedule.inFlight() == 1) {
          framing.refuseRest();
        }
        take(in, frame.get(), now);
        frame = next;
      }
      if (connection.usable && !connection.wire.packets()) {
        carry.put(in);
      }
    } catch (Framing.DamagedException damaged) {
      counters.damaged();
      if (connection.wire == null || !connection.wire.packets()) {
        restart(damaged.getMessage(), now);
      }
    }
  }

  private void take(ByteBuffer in, Frame frame, long now) {
    boolean matches = framing.hasTransactions();
    Optional<Exchange> match =
        schedule.inFlight(
            e ->
                matches
                    ? e.progress().transaction == frame.transaction()
                    : e.unit() == frame.unit());
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
      connection.silences = 0;
      connection.useless = 0;
      counters.answered();
      schedule.answered(exchange, pdu, now);
    }
  }

  /** An answer to nothing: a late one is dropped, any other one must be the damaged answer. */
  private void stray(Frame frame, long now) {
    counters.stray();
    if (!framing.hasTransactions()) {
      return;
    }
    int age = connection.transaction - frame.transaction() & 0xffff;
    boolean late = age > 0 && age < PAST_TRANSACTIONS;
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
    if (connection.timerAt == Long.MAX_VALUE || connection.timerAt - now > 0) {
      return; // an earlier one has taken its place
    }
    connection.timerAt = Long.MAX_VALUE;
    if (connection.resolving || connection.wire != null && !connection.usable) {
      if (now - connection.connectBy >= 0) {
        lost("no connection within " + options.connectTimeout().toMillis() + " ms; check address");
      } else {
        arm(connection.connectBy);
      }
      return;
    }
    List<Exchange> due = schedule.due(now);
    if (!due.isEmpty() && carry.position() > 0) {
      // a length that is not true would swallow whatever the device sends next
      counters.damaged();
      restart("the rest of an answer does not come", now);
      pump(now);
      return;
    }
    for (Exchange exchange : due) {
      if (schedule.mayRepeatInSilence(exchange, now) && out.remaining() >= framing.longest()) {
        counters.repeated();
        encode(exchange, now);
      } else if (schedule.isOver(exchange, now)) {
        counters.timedOut();
        connection.silences++;
        schedule.silent(exchange, now);
      } else {
        schedule.park(exchange);
      }
    }
    boolean late = !framing.hasTransactions() && connection.silences > 0;
    if ((late || connection.silences >= SILENCES_BEFORE_RECONNECT) && connection.usable) {
      connection.silences = 0;
      restart("the device is silent", now);
    }
    pump(now);
  }

  private void arm(long at) {
    if (at != Long.MAX_VALUE
        && (connection.timerAt == Long.MAX_VALUE || at - connection.timerAt < 0)) {
      connection.timerAt = at;
      loop.wakeAt(at, this);
    }
  }

  @Override
  public void abort(String reason) {
    if (connection.resolving || connection.wire != null && !connection.usable) {
      supervisor.offline(reason);
    }
    connection.drop(counters);
    schedule.failAll(reason);
  }

  @Override
  public void release(Object owner) {
    loop.executeAndWait(() -> schedule.release(owner));
  }

  @Override
  public void close() {
    loop.executeAndWait(
        () -> {
          closed = true;
          connection.drop(counters);
          schedule.failAll(STOPPED);
          loop.remove(this);
        });
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
  public boolean broadcasts(int unit) {
    return unit == 0 && options.broadcasts();
  }

  @Override
  public int window(int unit) {
    return schedule.window(unit);
  }

  @Override
  public Map<String, Object> figures() {
    return counters.figures(schedule.window());
  }

  @Override
  public List<FrameTrace.Frame> frames() {
    return trace.frames();
  }

  @Override
  public void keepFrames(int count) {
    trace.keep(count);
  }

  @Override
  public Framing framing() {
    return framing;
  }
}
