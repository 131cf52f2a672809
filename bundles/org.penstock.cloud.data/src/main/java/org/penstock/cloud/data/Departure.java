package org.penstock.cloud.data;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.data.DataTransportService;
import org.penstock.api.strand.Strand;

/**
 * Ends a connection in order: last words are sent, and late confirmations are heard. Any thread but
 * the strand's own waits for that, a second or two at most.
 */
final class Departure {

  /** Everything that stops has 2 s; a transport takes up to 0.8 s after this. */
  static final long QUIESCE_MS = 500;

  private static final long STRAND_MS = 300;

  private final Strand strand;
  private final Pump pump;
  private final Runnable lastWords;
  private final long mostMs;

  /**
   * Makes one.
   *
   * @param lastWords tells listeners that the connection ends; they may publish
   * @param mostSeconds longest time to finish
   */
  Departure(Strand strand, Pump pump, Runnable lastWords, int mostSeconds) {
    this.strand = strand;
    this.pump = pump;
    this.lastWords = lastWords;
    this.mostMs = TimeUnit.SECONDS.toMillis(mostSeconds);
  }

  void leave(DataTransportService service, long quiesceMs) {
    if (!service.isConnected()) {
      service.disconnect(0); // it may be connecting
      return;
    }
    lastWords.run();
    pump.wake();
    strandIsDone();
    service.disconnect(Math.min(quiesceMs, mostMs));
    strandIsDone();
  }

  private void strandIsDone() {
    if (strand.isCurrent()) {
      return;
    }
    CountDownLatch done = new CountDownLatch(1);
    try {
      strand.execute(done::countDown);
      done.await(STRAND_MS, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      done.countDown(); // it is closed, so nothing is left to do
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
