package org.penstock.cloud.connection.form;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Lets pass what has changed by more than a deadband since it passed last, and what has been silent
 * for long. One thread at a time.
 */
public final class ChangeFilter {

  /** What passed last. */
  private record Last(Object value, String quality, long at) {}

  private final double deadband;
  private final long mostSilentMs;
  private final Map<String, Last> last = new HashMap<>();

  /**
   * A new filter.
   *
   * @param deadband of numbers; 0 lets every change pass
   * @param mostSilentMs after so long a value passes unchanged; 0: never
   */
  public ChangeFilter(double deadband, long mostSilentMs) {
    this.deadband = deadband;
    this.mostSilentMs = mostSilentMs;
  }

  /** What is worth sending. */
  public List<Sample> pass(List<Sample> samples) {
    List<Sample> passed = new ArrayList<>();
    for (Sample sample : samples) {
      String key = key(sample);
      if (isNews(last.get(key), sample)) {
        last.put(key, new Last(sample.value(), sample.quality(), sample.timestamp()));
        passed.add(sample);
      }
    }
    return passed;
  }

  /** These were let pass and went nowhere: whatever comes next of them is worth sending. */
  public void forget(List<Sample> samples) {
    samples.forEach(sample -> last.remove(key(sample)));
  }

  private static String key(Sample sample) {
    return sample.asset() + '/' + sample.channel();
  }

  private boolean isNews(Last before, Sample now) {
    if (before == null || !before.quality().equals(now.quality())) {
      return true;
    }
    long silentMs = now.timestamp() - before.at(); // below 0 when a clock was set back
    if (mostSilentMs > 0 && (silentMs < 0 || silentMs >= mostSilentMs)) {
      return true;
    }
    if (before.value() instanceof Number a && now.value() instanceof Number b) {
      double change = Math.abs(a.doubleValue() - b.doubleValue());
      boolean wasNumber = Double.isFinite(a.doubleValue());
      return Double.isNaN(change)
          ? wasNumber || Double.isFinite(b.doubleValue())
          : change > deadband;
    }
    return before.value() instanceof byte[] a && now.value() instanceof byte[] b
        ? !Arrays.equals(a, b)
        : !Objects.equals(before.value(), now.value());
  }
}
