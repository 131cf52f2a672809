package org.penstock.driver.modbus.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Iterator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread and selector of all network links of this bundle. It runs no code that waits: the
 * links' own, and handlers of answers.
 */
public final class NetworkLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NetworkLoop.class);
  private static final int READ_BUFFER = 65_536;
  private static final int CLOSE_WAIT_MS = 1_500;
  private static final String INTERNAL_ERROR = "internal error, see the log";

  /** Something with a channel. Called in the loop's thread only. */
  interface Endpoint {

    /** Its channel can be used. */
    void ready(SelectionKey key, long now);

    /** A time it asked for has come. */
    void timer(long now);

    /** The loop ends, or the endpoint did something the code rules out. */
    void abort(String reason);
  }

  private record Timer(long at, Endpoint endpoint) implements Comparable<Timer> {
    @Override
    public int compareTo(Timer other) {
      return Long.compare(at - other.at, 0);
    }
  }

  private final Selector selector;
  private final Thread thread;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final PriorityQueue<Timer> timers = new PriorityQueue<>();
  private final Set<Endpoint> endpoints = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean woken = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final ByteBuffer received = ByteBuffer.allocateDirect(READ_BUFFER);

  /** Starts the thread. */
  public NetworkLoop(String name) throws IOException {
    selector = Selector.open();
    thread = new Thread(this::run, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Runs the task in the loop's thread: now when called there, else soon; not at all once closed. */
  void execute(Runnable task) {
    if (Thread.currentThread() == thread) {
      task.run();
      return;
    }
    tasks.add(task);
    if (woken.compareAndSet(false, true)) {
      selector.wakeup();
    }
  }

  /** Runs the task in the loop's thread and waits until that is done, 1 s at most. */
  void executeAndWait(Runnable task) {
    CountDownLatch done = new CountDownLatch(1);
    execute(
        () -> {
          task.run();
          done.countDown();
        });
    try {
      if (!closed.get()) {
        done.await(1, TimeUnit.SECONDS);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs a task that came too late for the thread, which has ended or is about to. */
  void executeWhenClosed(Runnable task) {
    try {
      thread.join(CLOSE_WAIT_MS);
      task.run();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether tasks still run. */
  boolean isClosed() {
    return closed.get();
  }

  Selector selector() {
    return selector;
  }

  /** For reading; shared by all endpoints, empty between two calls. */
  ByteBuffer received() {
    return received;
  }

  void add(Endpoint endpoint) {
    endpoints.add(endpoint);
  }

  void remove(Endpoint endpoint) {
    endpoints.remove(endpoint);
  }

  /** Calls the endpoint's timer at that time of {@code System.nanoTime}. */
  void wakeAt(long at, Endpoint endpoint) {
    timers.add(new Timer(at, endpoint));
  }

  private void run() {
    while (!closed.get()) {
      try {
        turn();
      } catch (ClosedSelectorException ended) {
        break;
      } catch (Throwable bug) { // thread start
        LOG.error(
            "{}: an error that should not happen; all links reconnect", thread.getName(), bug);
        abortAll(INTERNAL_ERROR);
      }
    }
    abortAll("the driver is stopped");
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      guarded(task, "a task of a link that ends");
    }
  }

  /** Whether all went well; an error goes no further than to the log. */
  private boolean guarded(Runnable call, String what) {
    try {
      call.run();
      return true;
    } catch (Throwable bug) { // thread start
      LOG.error("{}: an error that should not happen: {}", thread.getName(), what, bug);
      return false;
    }
  }

  /** What goes wrong in one endpoint ends that one only. */
  private void call(Endpoint endpoint, Runnable call) {
    if (!guarded(call, "one link reconnects")) {
      abort(endpoint, INTERNAL_ERROR);
    }
  }

  private void abort(Endpoint endpoint, String reason) {
    guarded(() -> endpoint.abort(reason), "a link does not end as it should");
  }

  private void turn() throws IOException {
    Timer first = timers.peek();
    if (first == null) {
      selector.select();
    } else {
      long left = first.at() - System.nanoTime();
      if (left > 0) {
        selector.select(left / 1_000_000 + 1);
      } else {
        selector.selectNow();
      }
    }
    woken.set(false);
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
    long now = System.nanoTime();
    Iterator<SelectionKey> keys = selector.selectedKeys().iterator();
    while (keys.hasNext()) {
      SelectionKey key = keys.next();
      keys.remove();
      if (key.isValid()) {
        Endpoint endpoint = (Endpoint) key.attachment();
        call(endpoint, () -> endpoint.ready(key, now));
      }
    }
    runTimers();
  }

  private void runTimers() {
    long now = System.nanoTime();
    while (!timers.isEmpty() && timers.peek().at() - now <= 0) {
      Endpoint endpoint = timers.poll().endpoint();
      call(endpoint, () -> endpoint.timer(now));
    }
  }

  private void abortAll(String reason) {
    for (Endpoint endpoint : endpoints) {
      abort(endpoint, reason);
    }
  }

  /** Ends all links and the thread. */
  @Override
  public void close() {
    closed.set(true);
    selector.wakeup();
    try {
      thread.join(CLOSE_WAIT_MS);
      selector.close();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (IOException problem) {
      LOG.debug("{}: selector", thread.getName(), problem);
    }
  }
}
