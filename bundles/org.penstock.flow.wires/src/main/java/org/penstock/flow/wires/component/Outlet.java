package org.penstock.flow.wires.component;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.penstock.api.health.HealthState.Level;
import org.penstock.api.outbox.Unwaited;
import org.penstock.api.strand.Strand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives messages to a publisher in the thread that brings them, which does not wait for the disk after each:
 * a few hundred may be on their way there. While there is no publisher, or it has no connection to belong
 * to, messages are kept in order; the strand passes them on later. Any thread may call.
 */
final class Outlet {

  /** More than this many are not kept: the oldest go. */
  static final int KEPT = 1000;

  /** On their way to the disk; then who brings one waits, as long as the disk may take. */
  private static final int WINDOW = 256;

  private static final long DISK_LIMIT_S = 60;

  private static final Logger LOG = LoggerFactory.getLogger(Outlet.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private enum Result {
    PUBLISHED,
    REFUSED,
    NOT_NOW
  }

  /** What changes, under the lock of the queue. */
  private static final class Stage {
    private CloudPublisher publisher;
    private boolean passing;
    private boolean closed;
    private String target = "";
  }

  private final String pid;
  private final Strand strand;
  private final Condition condition;
  private final Deque<KuraMessage> kept = new ArrayDeque<>();
  private final Stage stage = new Stage();
  private final Semaphore window = new Semaphore(WINDOW);
  private final LongAdder published = new LongAdder();
  private final LongAdder metrics = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder dropped = new LongAdder();

  Outlet(String pid, Strand strand) {
    this.pid = pid;
    this.strand = strand;
    this.condition = new Condition("flow/publish/" + pid, this::figures);
  }

  Condition condition() {
    return condition;
  }

  /** The filter that names the publisher, for messages to people. */
  void target(String filter) {
    synchronized (kept) {
      stage.target = filter;
      if (stage.publisher == null) {
        condition.is(Level.DEGRADED, waiting(kept.size()));
      }
    }
  }

  void publisher(CloudPublisher publisher) {
    synchronized (kept) {
      stage.publisher = publisher;
      if (kept.isEmpty()) {
        condition.isWell();
      } else {
        pass(Duration.ZERO);
      }
    }
  }

  /** The publisher is gone, unless another took its place. */
  void gone(CloudPublisher publisher) {
    synchronized (kept) {
      if (stage.publisher == publisher) {
        stage.publisher = null;
        condition.is(Level.DEGRADED, waiting(kept.size()));
      }
    }
  }

  private String waiting(int count) {
    return "no cloud publisher %s: create it or correct %s; up to %d messages are kept"
        .formatted(stage.target, CloudPublisherConfig.TARGET, Math.max(KEPT, count));
  }

  /** Publishes the message, or keeps it. */
  void send(KuraMessage message) {
    CloudPublisher publisher;
    synchronized (kept) {
      if (stage.publisher == null || stage.passing || !kept.isEmpty()) {
        keep(message);
        return;
      }
      publisher = stage.publisher;
    }
    if (publish(publisher, message) == Result.NOT_NOW) {
      synchronized (kept) {
        keep(message);
        pass(RETRY);
      }
    }
  }

  private void keep(KuraMessage message) {
    if (kept.size() == KEPT) {
      kept.poll();
      dropped.increment();
      if (condition.is(
          Level.FAILED, "messages are lost: more than " + KEPT + " wait for a publisher")) {
        LOG.error("{} loses messages: more than {} wait for {}", pid, KEPT, stage.target);
      }
    }
    kept.add(message);
  }

  /** Called with the lock held. */
  private void pass(Duration delay) {
    if (!stage.passing && !stage.closed) {
      stage.passing = true;
      strand.after(delay, this::passOn);
    }
  }

  private void passOn() {
    boolean again = true;
    try {
      KuraMessage message = next();
      while (message != null) {
        CloudPublisher publisher;
        synchronized (kept) {
          publisher = stage.publisher;
        }
        if (publisher == null || publish(publisher, message) == Result.NOT_NOW) {
          synchronized (kept) {
            if (kept.size() < KEPT) {
              kept.addFirst(message);
            } else {
              dropped.increment();
            }
          }
          again = publisher != null;
          message = null;
        } else {
          message = next();
          again = message != null;
        }
      }
    } finally {
      synchronized (kept) {
        stage.passing = false;
        if (!kept.isEmpty() && stage.publisher != null) {
          pass(again ? RETRY : Duration.ZERO);
        }
      }
    }
  }

  private KuraMessage next() {
    synchronized (kept) {
      return kept.poll();
    }
  }

  private Result publish(CloudPublisher publisher, KuraMessage message) {
    boolean placed = false;
    boolean interrupted = false;
    try {
      placed = window.tryAcquire(DISK_LIMIT_S, TimeUnit.SECONDS);
    } catch (InterruptedException toBeQuick) {
      // no message is lost for that; told later, since an interrupted write is a closed file
      interrupted = true;
    }
    try {
      return publish(publisher, message, placed);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Result publish(CloudPublisher publisher, KuraMessage message, boolean placed) {
    boolean given = false;
    try (Unwaited open = Unwaited.begin()) {
      publisher.publish(message);
      given = true;
      open.durable().whenComplete((done, failure) -> ended(message, placed, failure));
      return Result.PUBLISHED;
    } catch (KuraException refusal) {
      if (refusal.getCode() == KuraErrorCode.SERVICE_UNAVAILABLE) {
        condition.is(Level.DEGRADED, "messages wait: " + refusal.getMessage());
        return Result.NOT_NOW;
      }
      return refused(refusal);
    } catch (RuntimeException | LinkageError fault) { // foreign code: the publisher's
      return refused(fault);
    } finally {
      if (!given) {
        leave(placed);
      }
    }
  }

  /** The disk has it, or could not take it. In whichever thread knows. */
  private void ended(KuraMessage message, boolean placed, Throwable failure) {
    leave(placed);
    if (failure != null) {
      refused(failure instanceof CompletionException wrapped ? wrapped.getCause() : failure);
      return;
    }
    published.increment();
    metrics.add(message.getPayload().metrics().size());
    if (condition.isWell()) {
      LOG.info("{} publishes again", pid);
    }
  }

  private void leave(boolean placed) {
    if (placed) {
      window.release();
    }
  }

  private Result refused(Throwable why) {
    failed.increment();
    if (condition.is(Level.FAILED, "messages are lost: " + why)) {
      LOG.error("{} cannot publish and loses messages", pid, why);
    }
    return Result.REFUSED;
  }

  private Map<String, Object> figures() {
    Map<String, Object> figures = new TreeMap<>();
    synchronized (kept) {
      figures.put("buffered", kept.size());
    }
    figures.put("published", published.sum());
    figures.put("metrics", metrics.sum());
    figures.put("failed", failed.sum());
    figures.put("dropped", dropped.sum());
    return figures;
  }

  /** Ends; what is still kept is lost, and said so. */
  void close() {
    synchronized (kept) {
      stage.closed = true;
      if (!kept.isEmpty()) {
        LOG.warn("{} ends with {} messages that no publisher took", pid, kept.size());
      }
    }
  }
}
