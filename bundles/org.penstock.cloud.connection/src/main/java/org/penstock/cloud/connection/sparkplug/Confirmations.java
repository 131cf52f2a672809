package org.penstock.cloud.connection.sparkplug;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraTimeoutException;
import org.eclipse.kura.data.DataTransportService;
import org.eclipse.kura.data.DataTransportToken;
import org.penstock.api.strand.Strand;

/**
 * Sparkplug's messages are QoS 0, which nobody confirms. The outbox wants to know all the same what
 * the broker has: it answers in order, so its answer to a question that was asked after a message
 * says that it has got the message, too. The question is to end a subscription that never was. Any
 * thread may call.
 */
final class Confirmations implements AutoCloseable {

  private final Strand strand;
  private final String question;
  private final Supplier<Optional<DataTransportService>> transport;
  private final Consumer<DataTransportToken> confirmed;
  private final ConcurrentLinkedQueue<DataTransportToken> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean asking = new AtomicBoolean();
  private final AtomicInteger numbers = new AtomicInteger();

  /**
   * Nothing waits yet.
   *
   * @param question topic that nobody subscribes to
   * @param confirmed hears of what the broker has
   */
  Confirmations(
      Strand strand,
      String question,
      Supplier<Optional<DataTransportService>> transport,
      Consumer<DataTransportToken> confirmed) {
    this.strand = strand;
    this.question = question;
    this.transport = transport;
    this.confirmed = confirmed;
  }

  /** A message was handed to the transport. */
  DataTransportToken sent() {
    DataTransportToken token = new DataTransportToken(numbers.incrementAndGet(), question);
    waiting.add(token);
    ask();
    return token;
  }

  private void ask() {
    if (asking.compareAndSet(false, true)) {
      strand.execute(this::answer);
    }
  }

  private void answer() {
    asking.set(false);
    List<DataTransportToken> asked = new ArrayList<>();
    for (DataTransportToken each = waiting.poll(); each != null; each = waiting.poll()) {
      asked.add(each);
    }
    if (asked.isEmpty()) {
      return;
    }
    try {
      Optional<DataTransportService> service = transport.get();
      if (service.isPresent()) {
        service.get().unsubscribe(question);
        asked.forEach(confirmed);
      }
    } catch (KuraTimeoutException e) {
      waiting.addAll(asked); // asked again; the link may be slow, or dead and soon seen to be
      ask();
    } catch (KuraException e) {
      waiting.clear(); // the connection is gone, and the outbox sends them again
    }
  }

  /** The connection ended: what waits is the outbox's again. */
  void forget() {
    waiting.clear();
  }

  @Override
  public void close() {
    strand.close();
  }
}
