package org.penstock.cloud.data;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** Events per second, over the last ten seconds or so. Any thread may count. */
final class Rate {

  private static final double SPAN_NANOS = 10e9;

  private final LongSupplier nanos;
  private final LongAdder count = new LongAdder();
  private long sinceCount;
  private long since;
  private double rate;

  Rate(LongSupplier nanos) {
    this.nanos = nanos;
    this.since = nanos.getAsLong();
  }

  void count() {
    count.increment();
  }

  /** To a tenth. */
  synchronized double perSecond() {
    long now = nanos.getAsLong();
    long passed = now - since;
    if (passed > 0) {
      long total = count.sum();
      double current = (total - sinceCount) * 1e9 / passed;
      double weight = Math.min(1, passed / SPAN_NANOS);
      rate += (current - rate) * weight;
      since = now;
      sinceCount = total;
    }
    return Math.round(rate * 10) / 10.0;
  }
}
