package org.penstock.flow.rules.rule;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Date;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.kura.message.KuraPayload;
import org.penstock.api.strand.Strand;

/**
 * The messages of one rule on their way to a publisher, in order. While there is none, they wait.
 * Everything but {@link #publisher} happens on the strand.
 */
final class Outgoing {

  /** More than this many do not wait: the oldest go. */
  static final int KEPT = 1000;

  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Strand strand;
  private final AtomicReference<CloudPublisher> publisher = new AtomicReference<>();
  private final Deque<KuraMessage> waiting = new ArrayDeque<>();
  private boolean retrying;
  private long published;
  private long lost;
  private String trouble = "";

  Outgoing(Strand strand) {
    this.strand = strand;
  }

  AtomicReference<CloudPublisher> publisher() {
    return publisher;
  }

  void send(String text, Date time, Map<String, Object> metrics) {
    KuraPayload payload = new KuraPayload();
    payload.setTimestamp(time);
    payload.setBody(text.getBytes(StandardCharsets.UTF_8));
    metrics.forEach(payload::addMetric);
    if (waiting.size() == KEPT) {
      waiting.poll();
      lost++;
    }
    waiting.add(new KuraMessage(payload, Map.copyOf(metrics)));
    if (!retrying) {
      pass();
    }
  }

  private void pass() {
    retrying = false;
    while (!waiting.isEmpty()) {
      CloudPublisher now = publisher.get();
      if (now == null || !passed(now)) {
        trouble = now == null ? "no cloud publisher: set CloudPublisher.target" : trouble;
        retrying = true;
        strand.after(RETRY, this::pass);
        return;
      }
    }
    trouble = "";
  }

  private boolean passed(CloudPublisher now) {
    try {
      now.publish(waiting.peek());
      published++;
    } catch (KuraException refusal) {
      trouble = "messages wait: " + refusal.getMessage();
      if (refusal.getCode() == KuraErrorCode.SERVICE_UNAVAILABLE) {
        return false;
      }
      lost++;
    }
    waiting.poll();
    return true;
  }

  long published() {
    return published;
  }

  long lost() {
    return lost;
  }

  String trouble() {
    return trouble;
  }
}
