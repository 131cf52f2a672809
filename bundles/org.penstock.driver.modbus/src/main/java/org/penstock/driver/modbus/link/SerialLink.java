package org.penstock.driver.modbus.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.penstock.api.driver.LinkState;
import org.penstock.driver.kit.BackOff;
import org.penstock.driver.kit.FrameTrace;
import org.penstock.driver.kit.LinkSupervisor;
import org.penstock.driver.modbus.codec.Frame;
import org.penstock.driver.modbus.codec.Framing;
import org.penstock.link.serial.SerialLine;
import org.penstock.link.serial.SerialSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One serial line, shared by all who talk over it, with a thread of its own. One request at a time;
 * between a frame and the next there is always the silent interval of 3.5 characters (Modbus over
 * Serial Line V1.02, section 2.5.1.1), 1.75 ms above 19,200 baud. After damage it waits until the line
 * is quiet.
 */
public final class SerialLink implements Link, Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(SerialLink.class);
  private static final BackOff BACK_OFF =
      new BackOff(Duration.ofMillis(250), Duration.ofSeconds(2));
  private static final int FAST_BAUD = 19_200;
  private static final long FAST_SILENCE = 1_750_000;
  private static final double SILENT_CHARACTERS = 3.5;
  private static final int READ_REQUEST = 5;
  private static final int EMPTY_ANSWER = 2;
  private static final int LONGEST_GAP = 124;
  private static final int CLOSE_WAIT_MS = 1_500;
  private static final long LONGEST_DRAIN = 500_000_000L;
  private static final String STOPPED = "the driver is stopped";

  private final SerialSettings settings;
  private final SerialLine.Opener opener;
  private final Framing framing;
  private final LinkOptions options;
  private final LinkSupervisor supervisor;
  private final Schedule schedule;
  private final Trace trace;
  private final LinkCounters counters = new LinkCounters();
  private final Map<Integer, Long> turnarounds = new ConcurrentHashMap<>();
  private final LongAdder busyNanos = new LongAdder();
  private final long created = System.nanoTime();
  private final long silence;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicInteger faults = new AtomicInteger();
  private final byte[] bytes;
  private final ByteBuffer received;
  private final Thread thread;
  private SerialLine line;
  private long quietSince;

  /** A link that opens its line when it is first used. */
  public SerialLink(
      SerialSettings settings, SerialLine.Opener opener, Framing framing, LinkOptions options) {
    this.settings = settings;
    this.opener = opener;
    this.framing = framing;
    this.options = options.oneAtATime();
    this.supervisor = new LinkSupervisor("driver/modbus " + settings.device(), BACK_OFF);
    this.schedule = new Schedule(settings.device(), this.options, false, true);
    this.trace = new Trace(options.trace());
    this.silence =
        settings.baud() > FAST_BAUD ? FAST_SILENCE : settings.nanosFor(SILENT_CHARACTERS);
    this.bytes = new byte[2 * framing.longest()];
    this.received = ByteBuffer.wrap(bytes);
    this.thread = new Thread(this, "driver/modbus/" + settings.device());
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void send(Collection<Exchange> exchanges) {
    execute(
        () -> {
          long now = System.nanoTime();
          exchanges.forEach(exchange -> schedule.add(exchange, now));
        });
  }

  private void execute(Runnable task) {
    tasks.add(task);
    LockSupport.unpark(thread);
    if (closed.get() && !thread.isAlive()) {
      runTasks();
      schedule.failAll(STOPPED);
    }
  }

  private synchronized void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  @Override
  public void run() {
    while (!closed.get()) {
      try {
        turn();
      } catch (RuntimeException | LinkageError bug) { // thread start
        if (faults.getAndIncrement() == 0) {
          LOG.error("{}: an error that should not happen; opened anew", thread.getName(), bug);
        }
        broken("internal error, see the log: " + bug);
      }
    }
    if (line != null) {
      line.close();
    }
    runTasks();
    schedule.failAll(STOPPED);
  }

  private void turn() {
    runTasks();
    long now = System.nanoTime();
    Optional<Exchange> next = schedule.next(now);
    if (next.isPresent()) {
      transact(next.get());
    } else if (tasks.isEmpty()) {
      rest(schedule.wakeAt(now), now);
    }
  }

  /** The line is of no use now: whoever waits hears of it. */
  private void broken(String reason) {
    if (line != null) {
      line.close();
    }
    line = null;
    supervisor.offline(reason);
    schedule.failAll(reason);
  }

  private static void rest(long until, long now) {
    if (until == Long.MAX_VALUE) {
      LockSupport.park();
    } else if (until - now > 0) {
      LockSupport.parkNanos(until - now);
    }
  }

  private void transact(Exchange exchange) {
    try {
      if (!ready()) {
        schedule.failAll(
            supervisor.refusal().map(Throwable::getMessage).orElse("waiting to open again"));
        return;
      }
      boolean again = true;
      while (again && !closed.get()) {
        again = once(exchange);
      }
    } catch (IOException problem) {
      broken(problem.getMessage());
    }
  }

  private boolean ready() throws IOException {
    if (line == null && supervisor.tryToConnect()) {
      line = opener.open(settings);
      quietSince = System.nanoTime();
      counters.connected();
      supervisor.online();
    }
    return line != null;
  }

  /** Sends the request and waits for its answer; true when it is to be sent again. */
  private boolean once(Exchange exchange) throws IOException {
    awaitSilence();
    long begin = System.nanoTime();
    received.clear();
    framing.encode(received, 0, exchange.unit(), exchange.request().pdu());
    int length = received.position();
    trace.add(true, received, 0, length);
    line.write(bytes, 0, length);
    long onLine = begin + settings.nanosFor(length);
    schedule.sent(exchange, 0, onLine);
    counters.sent();
    quietSince = onLine;
    if (broadcasts(exchange.unit())) {
      schedule.broadcast(exchange, onLine);
      return false;
    }
    boolean again = answer(exchange);
    busyNanos.add(System.nanoTime() - begin);
    return again;
  }

  /** Line noise and what came too late for the request before are thrown away. */
  private void awaitSilence() throws IOException {
    long end = System.nanoTime() + LONGEST_DRAIN;
    long left = quietSince + silence - System.nanoTime();
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = quietSince + silence - System.nanoTime();
    }
    while (System.nanoTime() - end < 0 && line.read(bytes, 0, bytes.length, 0) > 0) {
      counters.stray();
      quietSince = System.nanoTime();
      LockSupport.parkNanos(silence);
    }
  }

  private boolean answer(Exchange exchange) throws IOException {
    int count = 0;
    received.clear();
    while (!closed.get()) {
      long now = System.nanoTime();
      long left = exchange.progress().end - now;
      if (left <= 0) {
        counters.timedOut();
        schedule.silent(exchange, now);
        return false;
      }
      int more = line.read(bytes, count, bytes.length - count, left);
      if (more > 0) {
        count += more;
        quietSince = System.nanoTime();
        try {
          Optional<Frame> frame = framing.decode(received.clear().limit(count));
          if (frame.isPresent() && taken(exchange, frame.get(), count)) {
            return false;
          }
          count = frame.isPresent() ? 0 : count;
        } catch (Framing.DamagedException damaged) {
          return unusable(exchange, damaged.getMessage());
        }
        if (count == bytes.length) {
          return unusable(exchange, "the answer never ends");
        }
      }
    }
    return false;
  }

  /** The frame answers the request; what another unit says is none of its business. */
  private boolean taken(Exchange exchange, Frame frame, int count) {
    trace.add(false, received, 0, count);
    ByteBuffer pdu = received.duplicate().limit(frame.pdu() + frame.length()).position(frame.pdu());
    if (frame.unit() != exchange.unit() || !exchange.request().fits(pdu)) {
      counters.stray();
      return false;
    }
    counters.answered();
    long now = System.nanoTime();
    long took = Math.max(0, now - exchange.progress().sent - settings.nanosFor(count));
    turnarounds.merge(exchange.unit(), took, (usual, last) -> usual + (last - usual) / 8);
    schedule.answered(exchange, pdu, now);
    return true;
  }

  private boolean unusable(Exchange exchange, String reason) throws IOException {
    counters.damaged();
    long end = System.nanoTime() + LONGEST_DRAIN;
    while (System.nanoTime() - end < 0 && line.read(bytes, 0, bytes.length, 2 * silence) > 0) {
      quietSince = System.nanoTime();
    }
    if (schedule.mayRepeat(exchange, System.nanoTime())) {
      counters.repeated();
      return true;
    }
    schedule.failed(exchange, reason);
    return false;
  }

  @Override
  public void release(Object owner) {
    execute(() -> schedule.release(owner));
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
  public Map<String, Object> figures() {
    Map<String, Object> figures = new HashMap<>(counters.figures(1));
    long life = Math.max(1, System.nanoTime() - created);
    figures.put("line.utilisation.percent", 100 * busyNanos.sum() / life);
    return figures;
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

  @Override
  public void close() {
    closed.set(true);
    LockSupport.unpark(thread);
    try {
      thread.join(CLOSE_WAIT_MS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public int gap(int unit) {
    return gap(settings, framing, silence, turnarounds.getOrDefault(unit, 0L));
  }

  /**
   * What a request costs by what a register costs: request and answer without registers, a silent
   * interval before each, and the time that the unit takes to begin its answer.
   *
   * @param turnaround of the unit in nanoseconds
   */
  static int gap(SerialSettings settings, Framing framing, long silence, long turnaround) {
    int empty = framing.characters(EMPTY_ANSWER);
    long request = settings.nanosFor(framing.characters(READ_REQUEST) + empty);
    long register = settings.nanosFor(framing.characters(EMPTY_ANSWER + 2) - empty);
    return (int)
        Math.min(LONGEST_GAP, Math.round((double) (request + 2 * silence + turnaround) / register));
  }

  /** Nanoseconds that have to pass between two frames. */
  long silence() {
    return silence;
  }
}
